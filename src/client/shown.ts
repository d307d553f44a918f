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

const few = 5;

/** The first few of `parts` in one line, then how many more there are. */
export const joinSome = (parts: readonly string[]): string => {
  const rest = parts.length - few;
  return parts.slice(0, few).join('; ') + (rest > 0 ? `; and ${rest} more` : '');
};
