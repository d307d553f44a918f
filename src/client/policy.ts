import { InvalidOptionError } from './errors/invalid-option.ts';

/** How patient a call is. */
export interface CallPolicy {
  /**
   * How often one request is sent at most.
   * @default 3
   */
  readonly attempts: number;
  /**
   * Milliseconds. Before attempt n + 1, a random time from 0 to `retryDelay` × 2ⁿ⁻¹ passes.
   * @default 500
   */
  readonly retryDelay: number;
  /**
   * Milliseconds. What `retryDelay` is after 429.
   * @default 1_000
   */
  readonly rateLimitDelay: number;
  /**
   * Milliseconds. No wait is longer, unless `Retry-After` asks for it.
   * @default 8_000
   */
  readonly maxRetryDelay: number;
  /**
   * Milliseconds until an attempt's answer must be there whole.
   * @default 30_000
   */
  readonly attemptTimeout: number;
  /**
   * Milliseconds for a call in all: its attempts, what it reads to be sure, the waits between, and an access token. A
   * write that waits for an earlier one to the same customizer does so before.
   * @default 120_000
   */
  readonly totalTimeout: number;
  /**
   * Bytes. A tenant's longest answers are those of `list`: two customizers, each made of fields of up to 1 MiB.
   * @default 16_777_216
   */
  readonly maxResponseBytes: number;
}

/** How patient a client is when it asks for an access token. */
export interface TokenPolicy {
  /**
   * Milliseconds until the token endpoint's answer must be there.
   * @default 10_000
   */
  readonly tokenTimeout: number;
  /**
   * How often a token is asked for at most, before the calls that wait for it fail.
   * @default 3
   */
  readonly tokenAttempts: number;
  /**
   * Milliseconds before its end in which a token is no longer used.
   * @default 30_000
   */
  readonly tokenMargin: number;
}

export type Policy = CallPolicy & TokenPolicy;

export const defaultPolicy: Policy = {
  attempts: 3,
  retryDelay: 500,
  rateLimitDelay: 1_000,
  maxRetryDelay: 8_000,
  attemptTimeout: 30_000,
  totalTimeout: 120_000,
  maxResponseBytes: 16_777_216,
  tokenTimeout: 10_000,
  tokenAttempts: 3,
  tokenMargin: 30_000,
};

/** 0 is a number of milliseconds to wait, but neither a limit nor a number of attempts. */
const mayBeZero = /(Delay|Margin)$/;

/**
 * The numbers that `given` holds, the rest from `base`.
 *
 * @throws InvalidOptionError
 */
export const policyOf = (base: Policy, given: object): Policy => {
  const policy: Record<string, number> = { ...base };
  for (const name of Object.keys(base)) {
    const value: unknown = (given as Record<string, unknown>)[name];
    if (value === undefined) continue;
    if (typeof value !== 'number' || !(mayBeZero.test(name) ? value >= 0 : value > 0)) {
      throw new InvalidOptionError(name, 'must be a positive number');
    }
    policy[name] = value;
  }
  return policy as unknown as Policy;
};
