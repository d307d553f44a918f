/** Somebody else wrote to the tenant: nothing more is written, what is theirs stays. */
export class ForeignChangeError extends Error {
  override readonly name = 'ForeignChangeError';
}
