import { LogtoJwtCustomizerError } from './base.ts';

/** A system's error code such as `ECONNREFUSED`, wherever it is in the chain of causes; else the error's name. */
const faultOf = (thrown: unknown): string => {
  let link = thrown;
  for (let depth = 0; depth < 5 && link instanceof Error; depth += 1) {
    if ('code' in link && /^[A-Z][A-Z0-9_]+$/.test(String(link.code))) return String(link.code);
    link = link.cause;
  }
  return thrown instanceof Error ? thrown.name : 'unknown';
};

/**
 * No answer, or only a part of one: nothing listens, a name does not resolve, a connection was cut. Whether the tenant
 * carried out the call is not known. `cause` is what fetch threw.
 */
export class NetworkError extends LogtoJwtCustomizerError {
  static {
    NetworkError.prototype.name = 'NetworkError';
  }

  readonly method: string;
  /** The path of the URL, without the endpoint. */
  readonly path: string;

  constructor(method: string, path: string, cause: unknown) {
    super(
      `${method} ${path} got no whole answer: ${faultOf(cause)} (see \`cause\`). ` +
        'Check that the option `endpoint` is right and can be reached from here.',
      { cause },
    );
    this.method = method;
    this.path = path;
  }
}
