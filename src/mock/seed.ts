import { InvalidOptionError } from '../client/errors.ts';
import { isRecord, pointerTo } from '../client/json.ts';
import {
  type BodyGuards,
  type Customizer,
  type Customizers,
  configKeys,
  type TokenType,
  tokenTypes,
  type ZodIssue,
} from '../tenant/index.ts';

type Path = readonly (string | number)[];

/** The token type that a key names: as paths do, or as a tenant's list does. */
const tokenTypeOf = (key: string): TokenType | undefined =>
  tokenTypes.find((tokenType) => key === tokenType || key === configKeys[tokenType]);

/** The response of `GET /api/configs/jwt-customizer` is a seed, too. */
const entriesOf = (seed: unknown): [key: string, value: unknown, at: Path][] | undefined => {
  if (isRecord(seed)) return Object.entries(seed).map(([key, value]) => [key, value, [key]]);
  if (Array.isArray(seed) && seed.every(isRecord))
    return seed.map(({ key, value }, index) => [String(key), value, [index, 'value']]);
  return undefined;
};

/** How many places are named. */
const named = 10;

const reasonsOf = (issues: readonly ZodIssue[], at: Path): string => {
  if (issues.length === 0) return `${at.reduce(pointerTo, '')}: nested too deep`;
  const reasons = issues
    .slice(0, named)
    .map(({ path, message }) => `${[...at, ...path].reduce(pointerTo, '')}: ${message}`);
  const others = issues.length - reasons.length;
  return [...reasons, ...(others > 0 ? [`and ${others} more`] : [])].join('; ');
};

/**
 * Validates a seed as a tenant validates a request.
 *
 * @param file - the file that the seed is in, if it is not the option's value
 * @returns the customizers without the fields that a tenant drops
 * @throws {Error} an `InvalidOptionError` for the option: what is wrong, and where (JSON Pointer)
 */
export const checkSeed = (seed: unknown, { customizers }: BodyGuards, file?: string): Customizers => {
  const refuse = (why: string): Error =>
    file === undefined ? new InvalidOptionError('seed', why) : new Error(`${file} ${why}`);
  const checked = new Map<TokenType, Customizer>();
  const entries = entriesOf(seed);
  if (entries === undefined)
    throw refuse('must be an object of customizers by token type, or the list that a tenant returns');
  for (const [key, value, at] of entries) {
    const tokenType = tokenTypeOf(key);
    if (tokenType === undefined)
      throw refuse(`has a key ${JSON.stringify(key)}; its keys are access-token, client-credentials`);
    if (checked.has(tokenType))
      throw refuse(`names the ${tokenType} customizer twice; leave one of them out`);
    const result = customizers[tokenType](value);
    if (!result.success) throw refuse(`cannot be stored by a tenant: ${reasonsOf(result.issues, at)}`);
    checked.set(tokenType, result.data as Customizer);
  }
  return Object.fromEntries(checked);
};
