/** The run was refused before its first write. The message says what to change. */
export class RefusedRunError extends Error {
  override readonly name = 'RefusedRunError';
}

/** Another run has taken over and restores the customizers: retrying does not help. */
export class LostClaimError extends Error {
  override readonly name = 'LostClaimError';
}
