/** The run was refused before anything was sent that writes. The message says what to change. */
export class RefusedRunError extends Error {
  override readonly name = 'RefusedRunError';
}

/** Whatever is tried again, it does not help. */
export class GiveUpError extends Error {
  override readonly name: string = 'GiveUpError';
}

/** Another run has taken over, and puts back what this one stored. */
export class LostClaimError extends GiveUpError {
  override readonly name = 'LostClaimError';
}
