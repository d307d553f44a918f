import type { BodyGuards, Customizers, TokenType } from '../tenant/index.ts';

const tokenTypes: Record<string, TokenType> = {
  'access-token': 'access-token',
  'client-credentials': 'client-credentials',
  'jwt.accessToken': 'access-token',
  'jwt.clientCredentials': 'client-credentials',
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What `GET /api/configs/jwt-customizer` answers is a seed, too. */
const entriesOf = (seed: unknown): [string, unknown][] => {
  if (isObject(seed)) return Object.entries(seed);
  if (Array.isArray(seed) && seed.every(isObject)) return seed.map(({ key, value }) => [String(key), value]);
  throw new Error('a seed is an object of customizers by token type, or the list that a tenant answers');
};

/**
 * Judges a seed as a tenant judges what is sent to it.
 *
 * @returns the customizers without what a tenant drops
 * @throws {Error} that says what is wrong, and where
 */
export const checkSeed = (seed: unknown, { customizers }: BodyGuards): Customizers =>
  Object.fromEntries(
    entriesOf(seed).map(([key, customizer]) => {
      const tokenType = Object.hasOwn(tokenTypes, key) ? tokenTypes[key] : undefined;
      if (tokenType === undefined) {
        throw new Error(
          `a seed has no key ${JSON.stringify(key)}; its keys are access-token, client-credentials`,
        );
      }
      const result = customizers[tokenType](customizer);
      if (result.success) return [tokenType, result.data];
      const issues = result.issues.map(
        ({ path, message }) => `/${[tokenType, ...path].join('/')}: ${message}`,
      );
      throw new Error(`the seed is not what a tenant can hold: ${issues.join('; ')}`);
    }),
  );
