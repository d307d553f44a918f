/** The operation that a request calls. */
export type Operation = 'put' | 'patch' | 'list' | 'get' | 'delete' | 'test' | 'token';

/** The route of a request: an operation, or the methods allowed on a path that exists. */
export type Route =
  | { operation: Operation; tokenTypePath: string }
  /** The value of the header `Allow`. */
  | { allow: string }
  | undefined;

const customizers = '/api/configs/jwt-customizer';

const item = new RegExp(`^${customizers}/([^/]+)/?$`);

/** In the order in which Logto registers them: the first match responds, and `Allow` lists methods in this order. */
const layers: readonly [method: string, pattern: RegExp, operation: Operation][] = [
  ['PUT', item, 'put'],
  ['PATCH', item, 'patch'],
  ['GET', new RegExp(`^${customizers}/?$`), 'list'],
  ['GET', item, 'get'],
  ['DELETE', item, 'delete'],
  ['POST', new RegExp(`^${customizers}/test/?$`), 'test'],
];

/** Decodes as Koa's router does: badly encoded text stays as it is. */
const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/**
 * HEAD has the route of GET. `GET …/test` reads a customizer of the token type `test`, as in a tenant.
 * No recording shows a method other than POST at the token endpoint: here it has no route.
 */
export const findRoute = (method: string, path: string): Route => {
  const [pathname = ''] = path.split('?');
  if (pathname === '/oidc/token' && method === 'POST') return { operation: 'token', tokenTypePath: '' };
  const fitting = layers.filter(([, pattern]) => pattern.test(pathname));
  const wanted = method === 'HEAD' ? 'GET' : method;
  const found = fitting.find(([candidate]) => candidate === wanted);
  if (found !== undefined) {
    const [, pattern, operation] = found;
    return { operation, tokenTypePath: decoded(pattern.exec(pathname)?.[1] ?? '') };
  }
  if (fitting.length === 0) return undefined;
  const allow = fitting.flatMap(([candidate]) => (candidate === 'GET' ? ['HEAD', 'GET'] : [candidate]));
  return { allow: allow.join(', ') };
};
