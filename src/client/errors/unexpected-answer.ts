import { LogtoJwtCustomizerError } from './base.ts';

/** The call was answered, and not refused, but not as Logto answers: a proxy's page, an empty body, a redirect. */
export class UnexpectedAnswerError extends LogtoJwtCustomizerError {
  static {
    UnexpectedAnswerError.prototype.name = 'UnexpectedAnswerError';
  }

  readonly method: string;
  /** The path of the URL, without the endpoint. */
  readonly path: string;
  /** 0 for a redirect in a browser, which does not tell. */
  readonly status: number;
  readonly contentType: string | undefined;
  /** `Logto-Core-Request-Id`. Without it, the answer is hardly Logto's. */
  readonly requestId: string | undefined;

  constructor(what: string, fields: Omit<UnexpectedAnswerError, keyof LogtoJwtCustomizerError>) {
    const type = fields.contentType ?? 'none';
    super(
      `${fields.method} ${fields.path} was answered ${fields.status} with ${what} (content type: ${type}).`,
    );
    this.method = fields.method;
    this.path = fields.path;
    this.status = fields.status;
    this.contentType = fields.contentType;
    this.requestId = fields.requestId;
  }
}
