import type { JwtCustomizerClient } from '../../src/client/index.ts';
import type { RawClient } from '../../src/client/raw.ts';
import type { Reply } from './http.ts';
import type { Script, WireRequest } from './wire.ts';

/** What a call and a script can do beside the wire. */
export interface World {
  /** The signal of the caller, who gives up by `abort`. */
  readonly signal: AbortSignal;
  abort(): void;
  /** Lets the fake clock go on, step by step: what follows from a timer happens in time. */
  advance(milliseconds: number): Promise<void>;
  /** Lets a long time pass at once. */
  leap(milliseconds: number): Promise<void>;
  /** Sets the wall clock so many milliseconds off. */
  shiftWall(milliseconds: number): void;
  /** Once the server has a request of this kind. */
  arrives(kind: string): Promise<void>;
  /** Ends the connections that the server keeps for a next request. */
  closeIdle(): Promise<void>;
  /** The raw client, with the options of the fault. */
  readonly raw: RawClient;
  /** Another origin, which counts what it is asked. */
  readonly elsewhere: string;
}

/** How the server answers one request: whole, by a script, or by what the request is. */
export type Responder = Reply | Script | ((request: WireRequest, world: World) => Reply | Script);

/**
 * How a call ends: with this value, or with an error of this class that has these fields. `cause` is by its name, and
 * `pointers` are those of the issues.
 */
export type Expected =
  | { readonly value: unknown }
  | { readonly fails: string; readonly [field: string]: unknown };

/** A way in which a server misbehaves, and what the client makes of it. */
export interface Fault {
  /** A sentence that is true of the client. */
  readonly name: string;
  /** Answers to the API's requests in their order, the last one to all that follow. */
  readonly api?: readonly Responder[];
  /** The same for token requests. Given or not, they need `credentials`. */
  readonly token?: readonly Responder[];
  /**
   * The client fetches its tokens itself.
   * @default false: a function gives them
   */
  readonly credentials?: boolean;
  /** Further options of the client. */
  readonly options?: Readonly<Record<string, unknown>>;
  /**
   * `never`: connections are refused. `after a fault`: until the client says that it tries again. `full`: they are
   * neither accepted nor refused.
   * @default 'always'
   */
  readonly listens?: 'always' | 'never' | 'after a fault' | 'full';
  /** What the system answers to the look-ups of the host's name, in their order, the last one to all that follow. */
  readonly names?: readonly ('ENOTFOUND' | 'EAI_AGAIN' | 'found')[];
  /** When the caller gives up, if no script and no call says so. */
  readonly aborts?: 'before' | 'on retry';
  readonly call: (client: JwtCustomizerClient, world: World) => Promise<unknown>;
  readonly expects: Expected;
  /** The requests that the client made, in their order: methods, and `token`. */
  readonly requests: string;
  /** Those of them that the server got. @default all */
  readonly arrived?: string;
  /** Milliseconds of the fake clock between them. Full jitter is always half of its span here. */
  readonly waits?: readonly number[];
  /** Milliseconds of the fake clock from the call to its end. */
  readonly took?: number;
  /** Those that it takes at least. */
  readonly tookAtLeast?: number;
  /** What in the client this proves: without it, this fails. A name of `handlings/handlings.yaml`. */
  readonly handling: string;
}

/** Those of one kind, for a table. */
export interface FaultGroup {
  readonly title: string;
  readonly faults: readonly Fault[];
}

/** How a call ended. */
export type Result =
  | { readonly value: unknown }
  | { readonly fails: string; readonly error: Error }
  /** Neither the client nor the server did anything more. */
  | { readonly hangs: true };

/** What was seen of a call. */
export interface Outcome {
  readonly result: Result;
  /** The requests that the client made, in their order: methods, and `token`. */
  readonly requests: readonly string[];
  /** Those that the server got. */
  readonly arrived: readonly string[];
  /** Milliseconds of the fake clock between the requests. */
  readonly waits: readonly number[];
  /** Milliseconds of the fake clock from the call to its end. */
  readonly took: number;
  /** What is wrong with any call: secrets told, something done after the end. */
  readonly wrongs: readonly string[];
}
