/* Made by `npm run regenerate` from openapi.yaml. Do not edit. */
/** One problem with a body. Never contains a value that could be a secret. */
export interface ValidationIssue {
  /** JSON Pointer (RFC 6901) of the value, or of the missing or unknown property. */
  pointer: string;
  /** The JSON Schema keyword that the value violates. */
  keyword: string;
  expected: string;
  found: string;
  /** Pointer, expected and found in one sentence. */
  message: string;
}

export interface ValidateOptions {
  /**
   * The maximum number of issues returned.
   * @default 100
   */
  maxIssues?: number;
}

/** Returns the problems with a body; empty if it is valid. */
export type Validate = (body: unknown, options?: ValidateOptions) => ValidationIssue[];
