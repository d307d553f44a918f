/** One thing that is wrong with a body. Never holds a value that could be a secret. */
export interface ValidationIssue {
  /** JSON Pointer (RFC 6901) of the value, or of the property that is missing or not known. */
  pointer: string;
  /** The JSON Schema keyword that does not hold. */
  keyword: string;
  expected: string;
  found: string;
  /** Pointer, expected and found in one sentence. */
  message: string;
}

export interface ValidateOptions {
  /**
   * How many issues are returned at most.
   * @default 100
   */
  maxIssues?: number;
}

/** Returns what is wrong with a body; nothing when it is valid. */
export type Validate = (body: unknown, options?: ValidateOptions) => ValidationIssue[];
