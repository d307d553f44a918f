import type { ErrorObject } from 'ajv';
import { distance } from '../../src/claims/distance.ts';
import type { ValidateOptions, ValidationIssue } from './issue.d.ts';

const escapeKey = (key: string): string =>
  key.includes('~') || key.includes('/') ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;
const unescapeKey = (key: string): string =>
  key.includes('~') ? key.replaceAll('~1', '/').replaceAll('~0', '~') : key;

const at = (body: unknown, pointer: string): unknown => {
  let value = body;
  for (let from = 1; from <= pointer.length; ) {
    const slash = pointer.indexOf('/', from);
    const to = slash === -1 ? pointer.length : slash;
    value = (value as Record<string, unknown> | undefined)?.[unescapeKey(pointer.slice(from, to))];
    from = to + 1;
  }
  return value;
};

const typeOf = (value: unknown): string =>
  value === undefined ? 'nothing' : value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

const quoted = (value: unknown): string =>
  typeof value === 'string' && value.length <= 60 ? JSON.stringify(value) : typeOf(value);

const list = (values: unknown): string => (Array.isArray(values) ? values.join(' or ') : String(values));

/** The known property nearest to a misspelt one; none for a long name. */
const nearestOf = (name: string, known: readonly string[]): string | undefined => {
  if (name.length > 40) return undefined;
  const [nearest] = known
    // Each character more or less is one step: the others are too far, and need not be compared.
    .filter(({ length }) => Math.abs(length - name.length) < 3)
    .map((candidate) => ({ candidate, far: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, far }) => far <= Math.min(2, candidate.length / 3))
    .sort((a, b) => a.far - b.far);
  return nearest?.candidate;
};

/** Quotes only values in place of a literal of the document; all others are described by type and size. */
const explain = (error: ErrorObject, body: unknown): [expected: string, found: string] => {
  if (error.keyword === 'required') return ['a required value', 'nothing'];
  if (error.keyword === 'additionalProperties') {
    const { additionalProperty, known } = error.params as { additionalProperty: string; known: string[] };
    const nearest = nearestOf(additionalProperty, known);
    return ['a known property', `an unknown one${nearest === undefined ? '' : `; did you mean ${nearest}?`}`];
  }
  const params = error.params as Record<string, unknown>;
  const value = at(body, error.instancePath);
  switch (error.keyword) {
    case 'type':
      return [list(params['type']), typeOf(value)];
    case 'const':
      return [JSON.stringify(params['allowedValue']), quoted(value)];
    case 'enum':
      return [
        `one of ${(params['allowedValues'] as unknown[]).map((v) => JSON.stringify(v)).join(', ')}`,
        quoted(value),
      ];
    case 'discriminator':
      return [`a known ${String(params['tag'])}`, quoted(params['tagValue'])];
    case 'minLength':
    case 'maxLength':
      return [
        `${error.keyword === 'minLength' ? 'at least' : 'at most'} ${String(params['limit'])} UTF-16 code units`,
        String((value as string).length),
      ];
    case 'minItems':
    case 'maxItems':
      return [
        `${error.keyword === 'minItems' ? 'at least' : 'at most'} ${String(params['limit'])} items`,
        String((value as unknown[]).length),
      ];
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
      return [`${String(params['comparison'])} ${String(params['limit'])}`, String(value)];
    case 'pattern':
      return ['text without U+0000 and lone surrogates', 'text that storage refuses'];
    case 'format':
      return [`format ${String(params['format'])}`, 'a string in another format'];
    default:
      return [error.keyword, typeOf(value)];
  }
};

const pointerOf = (error: ErrorObject): string => {
  const params = error.params as Record<string, string>;
  const key =
    error.keyword === 'required'
      ? params['missingProperty']
      : error.keyword === 'additionalProperties'
        ? params['additionalProperty']
        : error.keyword === 'discriminator'
          ? params['tag']
          : undefined;
  return key === undefined ? error.instancePath : `${error.instancePath}/${escapeKey(key)}`;
};

/** All ancestors of these pointers. */
const parentsOf = (pointers: readonly string[]): Set<string> => {
  const parents = new Set<string>();
  for (const pointer of pointers)
    for (let end = pointer.lastIndexOf('/'); end >= 0; end = pointer.lastIndexOf('/', end - 1)) {
      const parent = pointer.slice(0, end);
      if (parents.has(parent)) break;
      parents.add(parent);
      if (end === 0) break;
    }
  return parents;
};

const isUnion = ({ keyword }: ErrorObject): boolean => keyword === 'anyOf' || keyword === 'oneOf';

/**
 * For a failed `anyOf`, the errors inside the value are more useful than the fact that no branch matches. Each error is
 * visited a fixed number of times: a hostile body has 100,000 of them.
 */
const withoutBranches = (errors: readonly ErrorObject[]): readonly ErrorObject[] => {
  const unions = new Map(errors.filter(isUnion).map((union) => [union.instancePath, union]));
  if (unions.size === 0) return errors;
  const isBranch = (error: ErrorObject): boolean =>
    unions.has(error.instancePath) && pointerOf(error) === error.instancePath;
  const types = new Map<string, string[]>();
  for (const { keyword, instancePath, params } of errors)
    if (keyword === 'type' && unions.has(instancePath))
      types.set(instancePath, [...(types.get(instancePath) ?? []), params['type'] as string]);
  const parents = parentsOf(errors.map(pointerOf));
  const merged = [...unions.values()]
    .filter(({ instancePath }) => !parents.has(instancePath))
    .map((union) => ({ ...union, keyword: 'type', params: { type: types.get(union.instancePath) ?? [] } }));
  return [...errors.filter((error) => !isBranch(error)), ...merged];
};

const defaultMaxIssues = 100;

/** Keywords that some callers ignore: a client keeps newer fields, and the guards of a tenant have no patterns. */
const isPassable = ({ keyword }: ErrorObject): boolean =>
  keyword === 'additionalProperties' || keyword === 'pattern';

/** The others come first, so that unknown properties never hide another error when the list is cut. */
const weighed = (errors: readonly ErrorObject[], maxIssues: number): readonly ErrorObject[] =>
  errors.length <= maxIssues
    ? errors
    : [...errors.filter((error) => !isPassable(error)), ...errors.filter(isPassable)];

/** Converts ajv's errors about `body` to issues, each pair of pointer and keyword once. */
export const toIssues = (
  errors: readonly ErrorObject[] | null | undefined,
  body: unknown,
  { maxIssues = defaultMaxIssues }: ValidateOptions = {},
): ValidationIssue[] => {
  const issues = new Map<string, ValidationIssue>();
  for (const error of weighed(withoutBranches(errors ?? []), maxIssues)) {
    if (issues.size >= maxIssues) break;
    const pointer = pointerOf(error);
    const [expected, found] = explain(error, body);
    const message = `${pointer === '' ? 'the body' : pointer}: expected ${expected}, found ${found}`;
    issues.set(`${pointer} ${error.keyword}`, { pointer, keyword: error.keyword, expected, found, message });
  }
  return [...issues.values()];
};
