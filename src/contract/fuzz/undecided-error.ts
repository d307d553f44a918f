/** A tenant that is tired, or a network that fails: what was asked was neither kept nor broken. */
export class UndecidedError extends Error {
  override readonly name = 'UndecidedError';
}
