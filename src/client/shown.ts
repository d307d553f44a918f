import { printable } from './printable.ts';
import { redact } from './redact.ts';

/** Characters. Nobody reads more in an error, and looking for secrets in 16 MB takes seconds. */
const longest = 100_000;

/**
 * Text of a tenant as an error may show it: without the secrets, and nothing in it that a terminal obeys. One that is too
 * long is told by its length: half of it could end with half of a secret.
 */
export const shown = (text: string, secrets: readonly string[]): string =>
  text.length > longest ? `[${text.length} characters]` : printable(redact(text, secrets));
