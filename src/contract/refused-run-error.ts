/** The run was refused before anything was sent that writes. The message says what to change. */
export class RefusedRunError extends Error {
  override readonly name = 'RefusedRunError';
}
