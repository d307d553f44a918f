/** One change of a source file, by its text. */
export interface Mutation {
  /** In `src/client/`. */
  readonly file: string;
  /** Stands there once. */
  readonly from: string;
  readonly to: string;
}

/** Something that the client does about faults, and how to take it away. */
export interface Handling {
  /** Completes "The client …". */
  readonly what: string;
  /** Without it, healthy calls go as before, and what proves it fails. */
  readonly mutations: readonly Mutation[];
}

/** A handling that one change takes away. */
export const handling = (what: string, file: string, from: string, to: string): Handling => ({
  what,
  mutations: [{ file, from, to }],
});
