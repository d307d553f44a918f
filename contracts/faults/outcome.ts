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
