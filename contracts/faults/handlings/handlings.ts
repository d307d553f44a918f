/** All that the client does about faults, by name, each with the change of the source that takes it away. */
import type { Handling } from './handling.ts';
import { aborts, answers } from './list/answers.ts';
import { attempts } from './list/attempts.ts';
import { tokens } from './list/tokens.ts';
import { writes } from './list/writes.ts';

export const handlings: Readonly<Record<string, Handling>> = {
  ...attempts,
  ...answers,
  ...tokens,
  ...writes,
  ...aborts,
};
