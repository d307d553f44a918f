/** The run was refused before anything was sent that writes. The message says what to change. */
export class RefusedRunError extends Error {
  override readonly name = 'RefusedRunError';
}

/** Another run has taken over, and puts back what this one stored: trying again does not help. */
export class LostClaimError extends Error {
  override readonly name = 'LostClaimError';
}
