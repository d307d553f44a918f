import type { JwtCustomizerClient } from '../../src/client/index.ts';
import type { RawClient } from '../../src/client/raw.ts';
import type { Reply } from './http.ts';
import type { Script, WireRequest } from './wire.ts';

/** The actions of a call and a script outside the connection. */
export interface World {
  /** The signal of the caller, which `abort` aborts. */
  readonly signal: AbortSignal;
  abort(): void;
  /** Advances the fake clock step by step: the effects of timers happen in time. */
  advance(milliseconds: number): Promise<void>;
  /** Lets a long time pass at once. */
  leap(milliseconds: number): Promise<void>;
  /** Shifts the wall clock by this many milliseconds. */
  shiftWall(milliseconds: number): void;
  /** Resolves when the server has received a request of this kind. */
  arrives(kind: string): Promise<void>;
  /** Closes the idle connections of the server. */
  closeIdle(): Promise<void>;
  /** The raw client, with the options of the fault. */
  readonly raw: RawClient;
  /** Another origin, which counts its requests. */
  readonly elsewhere: string;
}

/** How the server responds to a request: completely, by a script, or depending on the request. */
export type Responder = Reply | Script | ((request: WireRequest, world: World) => Reply | Script);

/**
 * How a call ends: with this value, or with an error of this class and with these fields. `cause` is given by its name;
 * `pointers` are those of the issues.
 */
export type Expected =
  | { readonly value: unknown }
  | { readonly fails: string; readonly [field: string]: unknown };

/** A way in which a server misbehaves, and how the client handles it. */
export interface Fault {
  /** A sentence that is true of the client. */
  readonly name: string;
  /** Responses to the API's requests in order; the last one repeats. */
  readonly api?: readonly Responder[];
  /** The same for token requests, which require `credentials`. */
  readonly token?: readonly Responder[];
  /**
   * Whether the client fetches its tokens itself.
   * @default false, a function provides them
   */
  readonly credentials?: boolean;
  /** Other options of the client. */
  readonly options?: Readonly<Record<string, unknown>>;
  /**
   * `never`: connections are refused. `after a fault`: they are refused until the client reports a retry. `full`: they
   * are neither accepted nor refused.
   * @default 'always'
   */
  readonly listens?: 'always' | 'never' | 'after a fault' | 'full';
  /** Results of the DNS lookups of the host name in order; the last one repeats. */
  readonly names?: readonly ('ENOTFOUND' | 'EAI_AGAIN' | 'found')[];
  /** When the caller aborts, unless a script or call does it. */
  readonly aborts?: 'before' | 'on retry';
  readonly call: (client: JwtCustomizerClient, world: World) => Promise<unknown>;
  readonly expects: Expected;
  /** The requests of the client in order: methods, and `token`. */
  readonly requests: string;
  /** The requests that reach the server. @default all */
  readonly arrived?: string;
  /** Milliseconds of the fake clock between them. Full jitter is always half of its range here. */
  readonly waits?: readonly number[];
  /** Milliseconds of the fake clock from the call to its end. */
  readonly took?: number;
  /** The minimum of these milliseconds. */
  readonly tookAtLeast?: number;
  /** The handling in the client that it proves: without it, it fails. A name in `handlings/handlings.yaml`. */
  readonly handling: string;
}

/** The faults of one kind, for a table. */
export interface FaultGroup {
  readonly title: string;
  readonly faults: readonly Fault[];
}

/** How a call ended. */
export type Result =
  | { readonly value: unknown }
  | { readonly fails: string; readonly error: Error }
  /** The call never ended. */
  | { readonly hangs: true };

/** The observed behaviour of a call. */
export interface Outcome {
  readonly result: Result;
  /** The requests of the client in order: methods, and `token`. */
  readonly requests: readonly string[];
  /** The requests that reached the server. */
  readonly arrived: readonly string[];
  /** Milliseconds of the fake clock between the requests. */
  readonly waits: readonly number[];
  /** Milliseconds of the fake clock from the call to its end. */
  readonly took: number;
  /** Problems of any call: revealed secrets, activity after its end. */
  readonly wrongs: readonly string[];
}
