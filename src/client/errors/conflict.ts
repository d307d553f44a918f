import { type ErrorDetails, LogtoJwtCustomizerError } from './base.ts';

/**
 * The tenant's customizer is another one than `ifUnchanged` says; or, with `recheckAfter`, than the write left behind:
 * then the write was carried out, and somebody else wrote at the same time.
 */
export class ConflictError extends LogtoJwtCustomizerError {
  static {
    ConflictError.prototype.name = 'ConflictError';
  }

  declare name: 'ConflictError';
  /** What `ifUnchanged` said, or the write left behind; `null`: no customizer. Not in the JSON, it holds environment variables. */
  declare readonly expected: unknown;
  /** What the tenant holds; `null`: no customizer. Not in the JSON either. */
  declare readonly found: unknown;
  /**
   * Whether what the tenant holds contains what was to be written: then the write was carried out, and somebody else
   * wrote as well.
   */
  declare readonly holdsSent: boolean;

  constructor(
    message: string,
    details: ErrorDetails & { readonly holdsSent: boolean },
    states: { readonly expected: unknown; readonly found: unknown },
  ) {
    super(message, details);
    Object.defineProperties(this, { expected: { value: states.expected }, found: { value: states.found } });
  }
}
