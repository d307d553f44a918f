import { LogtoJwtCustomizerError } from './base.ts';

/** One thing that the tenant found wrong with a request. */
export interface RefusalIssue {
  /** JSON Pointer (RFC 6901) into the body; of a path parameter, `/` and its name. */
  readonly pointer: string;
  /** The tenant's own words, in the language that `Accept-Language` asked for. */
  readonly message: string;
}

/** The tenant, or something in front of it, answered a call with a status of 400 or more. */
export class RequestRefusedError extends LogtoJwtCustomizerError {
  static {
    RequestRefusedError.prototype.name = 'RequestRefusedError';
  }

  readonly method: string;
  /** The path of the URL, without the endpoint. */
  readonly path: string;
  readonly status: number;
  /** Logto's stable code, for example `entity.not_exists_with_id`. Some answers have none. */
  readonly code: string | undefined;
  /** What is wrong with the body, when the tenant says so; else empty. */
  readonly issues: readonly RefusalIssue[];
  /** `Logto-Core-Request-Id`: names the exchange in the tenant's logs. */
  readonly requestId: string | undefined;

  constructor(message: string, fields: Omit<RequestRefusedError, keyof LogtoJwtCustomizerError>) {
    super(message);
    this.method = fields.method;
    this.path = fields.path;
    this.status = fields.status;
    this.code = fields.code;
    this.issues = fields.issues;
    this.requestId = fields.requestId;
  }
}
