import type { Operation } from './operation.ts';

/** Where a request leads. */
export interface Route {
  /** The operation of the request's method, if the path has it. */
  operation: Operation | undefined;
  /** What stands in the place of `{tokenTypePath}`, if the path has one. */
  tokenTypePath: string | undefined;
  /** Every operation of the path. */
  operations: [Operation, ...Operation[]];
}

/** The text itself when its percent-encoding is malformed, as Koa's router takes it. */
const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

const isParameter = (segment: string): boolean => /^\{.*\}$/.test(segment);

const matches = (template: string, segments: readonly string[]): boolean => {
  const expected = template.split('/');
  return (
    expected.length === segments.length &&
    expected.every((part, index) => part === segments[index] || (isParameter(part) && segments[index] !== ''))
  );
};

/**
 * The route of a path, without its query. HEAD is answered as GET. A path that is written out wins over one with a
 * parameter, but only for its own methods: `GET …/test` reads a customizer of the token type `test`.
 */
export const findRoute = (
  operations: readonly Operation[],
  method: string,
  path: string,
): Route | undefined => {
  const segments = path.split('/');
  const [first, ...others] = operations
    .filter((operation) => matches(operation.path, segments))
    .sort((a, b) => Number(a.path.includes('{')) - Number(b.path.includes('{')));
  if (first === undefined) return undefined;
  const found: Route['operations'] = [first, ...others];
  const wanted = method === 'HEAD' ? 'get' : method.toLowerCase();
  const operation = found.find((candidate) => candidate.method === wanted);
  const index = (operation ?? first).path.split('/').findIndex(isParameter);
  const segment = segments[index];
  return { operation, tokenTypePath: segment === undefined ? undefined : decode(segment), operations: found };
};

/** The methods of a path, for the header `Allow`. */
export const allowOf = (operations: readonly Operation[]): string => {
  const methods = operations.map(({ method }) => method.toUpperCase());
  return [...new Set(methods.includes('GET') ? ['HEAD', ...methods] : methods)].join(', ');
};
