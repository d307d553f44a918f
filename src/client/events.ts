import type { ValidationIssue } from '../../generated/validators/issue.d.ts';
import type { LogtoJwtCustomizerError } from './errors.ts';

/** The request that an event or an error is about. */
export interface Exchanged {
  readonly method: string;
  /** The path of the URL, without the endpoint. */
  readonly path: string;
}

/**
 * The events of a client, in order, as `onEvent` receives them. Unless `redactEvents` is false, tokens, the client secret
 * and the values of environment variables are replaced by `[redacted]`, and a body that is not JSON, or longer than
 * 4 Mi characters, by its length.
 */
export type ClientEvent = Exchanged &
  (
    | { readonly type: 'request'; readonly headers: Readonly<Record<string, string>>; readonly body?: string }
    | {
        readonly type: 'response';
        readonly status: number;
        readonly requestId?: string | undefined;
        /** From the request to the end of the response. */
        readonly milliseconds: number;
        readonly headers: Readonly<Record<string, string>>;
        readonly body: string;
      }
    /** An attempt failed; the next one follows after `delay` milliseconds. */
    | {
        readonly type: 'retry';
        /** The number of the attempt that failed, from 1. */
        readonly attempt: number;
        readonly delay: number;
        readonly error: LogtoJwtCustomizerError;
      }
    /** It is unknown whether a write took effect, so the customizer is read. */
    | { readonly type: 'read-back'; readonly error: LogtoJwtCustomizerError }
    /** A write succeeded; the customizer is read again after `delay` milliseconds (`recheckAfter`). */
    | { readonly type: 'recheck'; readonly delay: number }
    /** The tenant silently drops these fields of `contextSample` or `context`. `issues` suggests known fields. */
    | {
        readonly type: 'dropped-fields';
        /** JSON Pointers. */
        readonly pointers: readonly string[];
        readonly issues: readonly ValidationIssue[];
      }
    /**
     * The script that is sent cannot work on any release of Logto. Only its text is tested: `logto-jwt-customizer check`
     * checks scripts.
     */
    | {
        readonly type: 'script-warning';
        /** As `logto-jwt-customizer rules CODE` explains it. */
        readonly code: 'no-function' | 'export' | 'import';
        readonly message: string;
      }
    /** The response has fields (JSON Pointers) that this version of the client does not know. They are kept. */
    | { readonly type: 'newer-fields'; readonly pointers: readonly string[] }
  );

export type Emit = (event: ClientEvent) => void;

/** A function that calls `listener` and ignores its exceptions: a log must not affect a write. */
export const emitTo =
  (listener: Emit): Emit =>
  (event) => {
    // An async listener that rejects would end the process.
    new Promise((resolve) => resolve(listener(event))).catch(() => {});
  };
