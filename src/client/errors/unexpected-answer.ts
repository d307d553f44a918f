import { type ErrorDetails, LogtoJwtCustomizerError } from './base.ts';

/** The call was answered, and not refused, but not as Logto answers: a proxy's page, an empty body, a redirect. */
export class UnexpectedAnswerError extends LogtoJwtCustomizerError {
  static {
    UnexpectedAnswerError.prototype.name = 'UnexpectedAnswerError';
  }

  declare name: 'UnexpectedAnswerError';
  declare readonly method: string;
  declare readonly path: string;
  /** 0 for a redirect in a browser, which does not tell. */
  declare readonly status: number;
  declare readonly contentType?: string;

  constructor(what: string, details: ErrorDetails & { readonly contentType: string | undefined }) {
    const { method, path, status, contentType = 'none' } = details;
    super(`${method} ${path} was answered ${status} with ${what} (content type: ${contentType}).`, details);
  }
}

/** The error for a response that is no refusal, and not Logto's: it says what the response is instead. */
export const unexpected = (
  { method, path }: { readonly method: string; readonly path: string },
  response: Pick<ErrorDetails, 'status' | 'requestId'> & { readonly contentType: string | undefined },
  what: string,
): UnexpectedAnswerError => {
  const { status, contentType, requestId } = response;
  return new UnexpectedAnswerError(what, { method, path, status, contentType, requestId });
};
