import { type ErrorDetails, LogtoJwtCustomizerError } from './base.ts';

/** A system's error code such as `ECONNREFUSED`, wherever it is in the chain of causes. */
const codeOf = (thrown: unknown): string | undefined => {
  let link = thrown;
  for (let depth = 0; depth < 5 && link instanceof Error; depth += 1) {
    if ('code' in link && typeof link.code === 'string') return link.code;
    link = link.cause;
  }
  return undefined;
};

/**
 * No answer, or only a part of one: nothing listens, a name does not resolve, a connection was cut. `cause` is what
 * fetch threw, `code` the system's code, if it says one.
 */
export class NetworkError extends LogtoJwtCustomizerError {
  static {
    NetworkError.prototype.name = 'NetworkError';
  }

  declare name: 'NetworkError' | 'TimeoutError';

  constructor(why: string, details: ErrorDetails) {
    super(`${details.method} ${details.path} got no whole answer: ${why}`, details);
  }

  /** Of what fetch threw. */
  static from(method: string, path: string, cause: unknown, option = 'endpoint'): NetworkError {
    const code = codeOf(cause);
    const fault = code ?? (cause instanceof Error ? cause.name : 'unknown');
    return new NetworkError(
      `${fault} (see \`cause\`). Check that the option \`${option}\` is right and can be reached from here.`,
      { method, path, code, cause },
    );
  }
}
