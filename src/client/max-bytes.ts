/** Of a request body. Recordings "large: a body of exactly 1 MiB" and "large: a body of 1 MiB and one byte". */
export const maxBytes = 1_048_576;
