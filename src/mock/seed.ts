import { type BodyGuards, type Customizers, isObject, pointerTo, type TokenType } from '../tenant/index.ts';

const tokenTypes: Record<string, TokenType> = {
  'access-token': 'access-token',
  'client-credentials': 'client-credentials',
  'jwt.accessToken': 'access-token',
  'jwt.clientCredentials': 'client-credentials',
};

/** What `GET /api/configs/jwt-customizer` answers is a seed, too. */
const entriesOf = (
  seed: unknown,
  name: string,
): { key: string; customizer: unknown; at: (string | number)[] }[] => {
  if (isObject(seed))
    return Object.entries(seed).map(([key, customizer]) => ({ key, customizer, at: [key] }));
  if (Array.isArray(seed) && seed.every(isObject))
    return seed.map(({ key, value }, index) => ({
      key: String(key),
      customizer: value,
      at: [index, 'value'],
    }));
  throw new Error(
    `${name} has to be an object of customizers by token type, or the list that a tenant answers`,
  );
};

/**
 * Judges a seed as a tenant judges what is sent to it.
 *
 * @param name - what the messages call it
 * @returns the customizers without what a tenant drops
 * @throws {Error} that says what is wrong, and where (JSON Pointer)
 */
export const checkSeed = (seed: unknown, { customizers }: BodyGuards, name = 'the seed'): Customizers =>
  Object.fromEntries(
    entriesOf(seed, name).map(({ key, customizer, at }) => {
      const tokenType = Object.hasOwn(tokenTypes, key) ? tokenTypes[key] : undefined;
      if (tokenType === undefined) {
        throw new Error(
          `${name} has a key ${JSON.stringify(key)}; its keys are access-token, client-credentials`,
        );
      }
      const result = customizers[tokenType](customizer);
      if (result.success) return [tokenType, result.data];
      const issues = result.issues.map(
        ({ path, message }) => `${[...at, ...path].reduce(pointerTo, '')}: ${message}`,
      );
      throw new Error(`${name} is not what a tenant can hold: ${issues.join('; ')}`);
    }),
  );
