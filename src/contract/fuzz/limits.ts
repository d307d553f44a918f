/** How much is asked of a tenant, at most. In a file without fast-check: the types of `/contract` lead here. */
export interface Limits {
  /** Sequences tried to make a failing one smaller. */
  tries: number;
  /** Milliseconds for that. */
  shrinking: number;
  /** Sequences in a row that could not be decided, after which a tenant is left alone. */
  undecidedInARow: number;
}

export const usualLimits: Limits = { tries: 400, shrinking: 60_000, undecidedInARow: 10 };

/** What a person asked for. */
export interface FuzzPlan {
  /** How many sequences. */
  sequences: number;
  /** A 32-bit whole number. */
  seed: number;
}
