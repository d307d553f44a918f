/** What was given, as JSON writes it at the moment of the call: what the caller does to it later changes nothing. */
export interface Written {
  /** `undefined` when JSON cannot hold it. */
  readonly text: string | undefined;
  /** What writing it threw. */
  readonly cause?: unknown;
}

export const written = (given: unknown): Written => {
  try {
    return { text: JSON.stringify(given) };
  } catch (cause) {
    return { text: undefined, cause };
  }
};
