import {
  type BodyCompatibility,
  compatibility,
  type Verdict,
  type Verdicts,
} from '../../generated/compatibility.js';
import type { TokenType } from '../../generated/types.d.ts';
import { isBefore } from '../runner/release.ts';

/** The oldest release with known fields, `1.28`. */
export const oldestRelease: string = compatibility.releases[0]?.release ?? '';

/** Specifies the field where its JSON Pointer is ambiguous. */
export interface FieldOptions {
  /**
   * The token type of the customizer.
   * @default each that has the field; the worst verdict is returned
   */
  tokenType?: TokenType;
  /**
   * One of the field's possible values, for example `EmailVerificationCode` of
   * `/contextSample/user/mfaVerificationFactors/0`. Only fields that gained values after their first release accept this
   * option.
   */
  value?: string;
}

const worstFirst: readonly Verdict[] = ['refused', 'dropped', 'accepted'];

const tokensOf = (pointer: string): string[] => pointer.split('/').slice(1);

const quoted = (text: string | undefined): string => JSON.stringify(text);

/** Whether `pattern` matches the field of the pointer. */
const isOf = (pattern: string, pointer: string, arrays: readonly string[]): boolean => {
  const [expected, found] = [tokensOf(pattern), tokensOf(pointer)];
  const isOpen = expected.at(-1) === '**';
  if (isOpen ? found.length < expected.length : found.length !== expected.length) return false;
  return expected.every((token, index) => {
    if (token === '**' || token === found[index]) return true;
    if (token !== '*') return false;
    const parent = expected.slice(0, index).map((part) => `/${part}`);
    return !arrays.includes(parent.join('')) || /^(0|[1-9]\d*)$/.test(found[index] ?? '');
  });
};

/** The first match: in the document's order, named fields precede wildcards. */
const patternOf = ({ fields, arrays }: BodyCompatibility, pointer: string): string | undefined =>
  Object.keys(fields).find((pattern) => isOf(pattern, pointer, arrays));

const at = (verdicts: Verdicts, release: string): Verdict =>
  typeof verdicts === 'string'
    ? verdicts
    : (Object.entries(verdicts).findLast(([since]) => !isBefore(release, since))?.[1] ?? 'refused');

/** The fields of the deepest object that a mistyped pointer reaches. */
const neighbours = (bodies: readonly BodyCompatibility[], pointer: string): string => {
  if (!pointer.startsWith('/')) return 'a JSON Pointer begins with "/", for example "/contextSample/user"';
  const parent = pointer.slice(0, pointer.lastIndexOf('/'));
  const names = bodies.flatMap(({ fields, arrays }) =>
    Object.keys(fields)
      .filter((field) => isOf(field.slice(0, field.lastIndexOf('/')), parent, arrays))
      .map((field) => tokensOf(field).at(-1)),
  );
  if (names.length === 0) return neighbours(bodies, parent);
  return `${parent === '' ? 'the body' : quoted(parent)} has ${[...new Set(names)].join(', ')}`;
};

/**
 * How a release of Logto treats a field, according to its own guards. For releases between the tested ones
 * (docs/compatibility.md), `x-logto-since` in the document decides.
 *
 * @param release - `1.42` or `1.42.0`; patch versions are ignored. A release newer than {@link newestRelease} is treated
 * like that one.
 * @param pointer - JSON Pointer into a customizer (`/contextSample/organization`) or into the body of `POST …/test`
 * (`/context/organization`), with an index or key, or `*` for any of them
 * @returns `accepted`, `dropped` (the request succeeds, and the field is gone from what is stored), or `refused` (400)
 * @throws {RangeError} for an invalid release or one older than {@link oldestRelease}, and for a field or value that the
 * document does not have
 *
 * @example
 * ```js
 * import { fieldVerdict } from 'logto-jwt-customizer/compatibility';
 *
 * console.log(fieldVerdict('1.38', '/blockIssuanceOnError')); // refused
 * console.log(fieldVerdict('1.40', '/contextSample/organization/id')); // dropped
 * ```
 */
export const fieldVerdict = (release: string, pointer: string, options: FieldOptions = {}): Verdict => {
  const { tokenType, value } = options;
  const refuse = (why: string): never => {
    throw new RangeError(why);
  };
  if (isBefore(release, oldestRelease))
    refuse(`Logto ${release} is not covered: ${oldestRelease} is the oldest recorded release`);
  const bodies = compatibility.bodies.filter((body) => (tokenType ?? body.tokenType) === body.tokenType);
  if (bodies.length === 0)
    refuse(`${quoted(tokenType)} is not a token type; expected access-token or client-credentials`);
  const found = bodies.flatMap((body) => {
    const pattern = pointer.startsWith('/') ? patternOf(body, pointer) : undefined;
    return pattern === undefined ? [] : [{ body, pattern }];
  });
  const ofType = tokenType === undefined ? '' : ` of ${tokenType}`;
  if (found.length === 0)
    refuse(`the document has no field ${quoted(pointer)}${ofType}: ${neighbours(bodies, pointer)}`);
  const verdicts = found.map(({ body: { fields, values }, pattern }) => {
    if (value === undefined) return at(fields[pattern] ?? 'refused', release);
    const known =
      values[pattern] ?? refuse(`no value of ${quoted(pointer)} is newer than the field: omit "value"`);
    if (Object.hasOwn(known, value)) return at(known[value] ?? 'refused', release);
    const names = Object.keys(known).join(', ');
    return refuse(`${quoted(value)} is not a value of ${quoted(pointer)}; expected ${names}`);
  });
  return worstFirst.find((verdict) => verdicts.includes(verdict)) ?? 'refused';
};

/**
 * Whether a release of Logto accepts and stores a field.
 *
 * @param release - as for {@link fieldVerdict}
 * @param pointer - as for {@link fieldVerdict}
 * @returns `false` also for a field that the release silently drops
 * @throws {RangeError} as for {@link fieldVerdict}
 *
 * @example
 * ```js
 * import { supportsField } from 'logto-jwt-customizer/compatibility';
 *
 * const release = '1.39.0';
 * const customizer = {
 *   script: 'const getCustomJwtClaims = async () => ({ plan: "pro" });',
 *   ...(supportsField(release, '/blockIssuanceOnError') && { blockIssuanceOnError: true }),
 * };
 * console.log(customizer.blockIssuanceOnError); // true
 * ```
 */
export const supportsField = (release: string, pointer: string, options: FieldOptions = {}): boolean =>
  fieldVerdict(release, pointer, options) === 'accepted';
