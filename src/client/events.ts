import type { ValidationIssue } from '../../generated/validators/issue.d.ts';
import type { LogtoJwtCustomizerError } from './errors.ts';

/** What an event is about. */
export interface Exchanged {
  readonly method: string;
  /** The path of the URL, without the endpoint. */
  readonly path: string;
}

/**
 * What a client tells `onEvent`, in order. Tokens, the client secret and the values of environment variables are
 * replaced by `[redacted]`, and a body that is not JSON, or longer than 4 Mi characters, by its length, unless
 * `redactEvents` is false.
 */
export type ClientEvent = Exchanged &
  (
    | { readonly type: 'request'; readonly headers: Readonly<Record<string, string>>; readonly body?: string }
    | {
        readonly type: 'response';
        readonly status: number;
        readonly requestId?: string | undefined;
        /** From the request to the end of the answer. */
        readonly milliseconds: number;
        readonly headers: Readonly<Record<string, string>>;
        readonly body: string;
      }
    /** An attempt failed and is followed by another one after `delay` milliseconds. */
    | {
        readonly type: 'retry';
        /** The number of the attempt that failed, from 1. */
        readonly attempt: number;
        readonly delay: number;
        readonly error: LogtoJwtCustomizerError;
      }
    /** Whether a write was carried out is not known: the customizer is read to find out. */
    | { readonly type: 'read-back'; readonly error: LogtoJwtCustomizerError }
    /** A write was carried out: the customizer is read once more after `delay` milliseconds (`recheckAfter`). */
    | { readonly type: 'recheck'; readonly delay: number }
    /** The tenant silently drops these fields of `contextSample` or `context`. `issues` suggests what was meant. */
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
    /** The tenant answered fields, JSON Pointers, that this version of the client does not know. They are kept. */
    | { readonly type: 'newer-fields'; readonly pointers: readonly string[] }
  );

export type Emit = (event: ClientEvent) => void;

/** A function that tells `listener` and keeps what it throws from the call: a log must not decide what a write does. */
export const emitTo =
  (listener: Emit): Emit =>
  (event) => {
    // An async listener rejects, which would end the process.
    new Promise((resolve) => resolve(listener(event))).catch(() => {});
  };
