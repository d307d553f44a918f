import type { Finding } from '../claims/index.ts';

/** The config, the environment or the arguments are wrong. Nothing was sent. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** A problem was found, and the tenant is as it was: the message says what to change. */
export class RefusedPushError extends Error {
  override readonly name = 'RefusedPushError';
  /** What `check` found, if that is the problem. */
  readonly findings: readonly Finding[];

  constructor(message: string, findings: readonly Finding[] = []) {
    super(message);
    this.findings = findings;
  }
}
