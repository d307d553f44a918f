import { LogtoJwtCustomizerError } from './base.ts';

/**
 * The caller's signal ended the call; `cause` is the signal's reason. A write that was under way may have been carried
 * out.
 */
export class AbortError extends LogtoJwtCustomizerError {
  static {
    AbortError.prototype.name = 'AbortError';
  }

  declare name: 'AbortError';

  constructor(method: string, path: string, reason: unknown) {
    super(`${method} ${path} was aborted by its \`signal\` (see \`cause\`).`, {
      method,
      path,
      cause: reason,
    });
  }
}
