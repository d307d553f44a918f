import { InvalidOptionError } from './errors.ts';
import type { JwtCustomizerClientOptions } from './options.ts';

/** The options of a call with their defaults, keyed by the path that errors show. */
export const defaultPolicy = {
  maxRetries: 2,
  attemptTimeout: 30_000,
  totalTimeout: 120_000,
  maxResponseBytes: 16_777_216,
  'retry.delay': 500,
  'retry.rateLimitDelay': 1_000,
  'retry.maxDelay': 8_000,
  'token.timeout': 10_000,
  'token.maxRetries': 2,
  'token.margin': 30_000,
  recheckAfter: 0,
  'validate.request': true as boolean,
  'validate.response': true as boolean | 'strict',
};

export type Policy = Readonly<typeof defaultPolicy>;

/** Each option of a call with its path: `retry.delay` is in `retry`. */
const places = Object.keys(defaultPolicy).map((name) => [name, ...name.split('.')] as const);

type Unchecked = Readonly<Record<string, unknown>>;

const check = (isRight: boolean, name: string, expected: string): void => {
  if (!isRight) throw new InvalidOptionError(name, expected);
};

/** 0 is valid as a delay or a number of retries, but not as a limit. */
const mayBeZero = /(elay|margin|maxRetries|After)$/;

const checkPolicy = (name: string, value: unknown): void => {
  const isZeroRight = mayBeZero.test(name);
  if (!name.startsWith('validate')) {
    const isRight = typeof value === 'number' && (value > 0 || (value === 0 && isZeroRight));
    check(isRight, name, `must be a positive number${isZeroRight ? ' or 0' : ''}`);
  } else if (value !== 'strict' || name !== 'validate.response') {
    check(typeof value === 'boolean', name, 'must be a boolean or, for `validate.response`, `strict`');
  }
};

/**
 * The options in `given`; the rest come from `base`.
 *
 * @throws InvalidOptionError
 */
export const policyOf = (base: Policy, given: object): Policy => {
  const policy: Record<string, unknown> = { ...base };
  for (const [name, first = '', second] of places) {
    const option = (given as Unchecked)[first];
    if (option === undefined) continue;
    if (second !== undefined) check(Object(option) === option, first, 'must be an object');
    const value = second === undefined ? option : (option as Unchecked)[second];
    if (value === undefined) continue;
    checkPolicy(name, value);
    policy[name] = value;
  }
  return policy as unknown as Policy;
};

/** Files and shells append a line break to a value. No secret contains one, and `fetch` throws for it in a header. */
const text = /^\S(.*\S)?$/;
const texts = { clientId: text, clientSecret: text, resource: text, tokenEndpoint: text };
const header = /^[!-~]([ -~]*[!-~])?$/;

const types = { fetch: 'function', onEvent: 'function', getToken: 'function' };
const flags = { allowHttp: 'boolean', redactEvents: 'boolean' };

/**
 * Checks the options against the types, for callers without a compiler.
 *
 * @throws InvalidOptionError
 */
export const checkOptions = (given: object): Policy => {
  const options = Object(given) as Unchecked;
  for (const [name, pattern] of Object.entries({ endpoint: text, userAgent: header, ...texts })) {
    const value = options[name];
    const isRight =
      typeof value === 'string' ? pattern.test(value) : value === undefined && name !== 'endpoint';
    check(isRight, name, 'must be a non-empty string without line breaks or surrounding spaces');
  }
  for (const [name, type] of Object.entries({ ...types, ...flags }))
    check(options[name] === undefined || typeof options[name] === type, name, `must be a ${type}`);
  for (const name of options['getToken'] === undefined ? [] : [...Object.keys(texts), 'token'])
    check(options[name] === undefined, name, 'cannot be combined with `getToken`');
  return policyOf(defaultPolicy, options);
};

/**
 * Also checks that the client has exactly one way to get access tokens.
 *
 * @throws InvalidOptionError
 */
export const checkClientOptions = (given: JwtCustomizerClientOptions): Policy => {
  const policy = checkOptions(given);
  for (const name of given.getToken === undefined ? (['clientId', 'clientSecret'] as const) : [])
    check(given[name] !== undefined, name, 'is missing: pass `clientId` and `clientSecret`, or `getToken`');
  return policy;
};
