import { printable } from './printable.ts';
import { redact } from './redact.ts';

/** Text of a tenant as an error may show it: without the secrets, and nothing in it that a terminal obeys. */
export const shown = (text: string, secrets: readonly string[]): string => printable(redact(text, secrets));
