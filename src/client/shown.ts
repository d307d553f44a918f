import { printable } from './printable.ts';
import { redact } from './redact.ts';

/** Characters. Longer text in an error is unreadable, and searching 16 MB for secrets takes seconds. */
const longest = 100_000;

/**
 * A tenant's text as an error may show it: without secrets, and without characters that control a terminal. Text that is
 * too long is replaced by its length: cut text could end with half of a secret.
 */
export const shown = (text: string, secrets: readonly string[]): string =>
  text.length > longest ? `[${text.length} characters]` : printable(redact(text, secrets));

const few = 5;

/** The first few of `parts` in one line, followed by the number of the others. */
export const joinSome = (parts: readonly string[]): string => {
  const rest = parts.length - few;
  return parts.slice(0, few).join('; ') + (rest > 0 ? `; and ${rest} more` : '');
};
