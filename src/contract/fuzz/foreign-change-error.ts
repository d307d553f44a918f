import type { TokenType } from '../../../generated/types.d.ts';

/** Somebody else wrote to the tenant: nothing more is written, what is theirs stays. */
export class ForeignChangeError extends Error {
  override readonly name = 'ForeignChangeError';
  readonly tokenType: TokenType;

  constructor(tokenType: TokenType) {
    super(`somebody else changed ${tokenType}`);
    this.tokenType = tokenType;
  }
}
