import { LogtoJwtCustomizerError } from './base.ts';

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
}
