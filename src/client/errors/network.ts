import { type ErrorDetails, LogtoJwtCustomizerError } from './base.ts';

type Cause = Error & { readonly code?: string };

/**
 * What fetch threw, by name, message and code, with its causes. What else there is stays behind: a parser's error of
 * Node holds the bytes of the response, tokens included (`cause.cause.data`).
 */
const plain = (thrown: unknown, depth = 0): Cause | undefined => {
  if (thrown === undefined || depth > 4) return undefined;
  // Not by `instanceof`: test tools run this in a realm of its own, with an `Error` of its own.
  const { name = 'Error', message = String(thrown), code, cause } = Object(thrown) as Partial<Cause>;
  const copy = new Error(message, { cause: plain(cause, depth + 1) });
  return Object.assign(copy, {
    name,
    stack: `${name}: ${message}`,
    ...(typeof code === 'string' && { code }),
  });
};

/** A system's error code such as `ECONNREFUSED`, wherever it is in the chain of causes. */
const codeOf = (cause: Cause | undefined): string | undefined =>
  cause && (cause.code ?? codeOf(cause.cause as Cause | undefined));

/**
 * No answer, or only a part of one: nothing listens, a name does not resolve, a connection was cut. `cause` is what
 * fetch threw by its name, message and code, `code` the system's code, if it says one.
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
  static from(method: string, path: string, thrown: unknown, option = 'endpoint'): NetworkError {
    const cause = plain(thrown);
    const code = codeOf(cause);
    return new NetworkError(
      `${code ?? cause?.name ?? 'unknown'} (see \`cause\`). Check that the option \`${option}\` is right and can be reached from here.`,
      { method, path, code, cause },
    );
  }
}
