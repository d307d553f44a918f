import { type Outcome, undecided } from './table.ts';
import { stopped } from './targets/target.ts';

/** The part of `process.stdout` that is used. */
export interface Terminal {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';

/**
 * Prints failures immediately, and on a terminal one line of progress. Elsewhere, and with `CI` set, nothing is ever
 * overwritten; `NO_COLOR` disables colour.
 */
export const createProgress = ({
  terminal,
  cases,
  env = process.env,
}: {
  terminal: Terminal;
  /** The number of cases per target. */
  cases: number;
  env?: Record<string, string | undefined>;
}) => {
  const isTerminal = terminal.isTTY === true && env['TERM'] !== 'dumb';
  const isLive = isTerminal && (!isSet(env['CI']) || env['CI'] === 'false');
  const red = (text: string): string =>
    isTerminal && !isSet(env['NO_COLOR']) ? `\x1b[31m${text}\x1b[39m` : text;
  const done = new Map<string, number>();
  const told = new Set<string | undefined>();
  let failed = 0;
  const clear = (): void => void (isLive && terminal.write('\r\x1b[K'));
  return {
    add: (outcome: Outcome): void => {
      const { target, state, reason, error } = outcome;
      const number = (done.get(target) ?? 0) + 1;
      done.set(target, number);
      clear();
      const isNews = [undecided, stopped].some((start) => reason?.startsWith(start)) && !told.has(reason);
      if (isNews) {
        told.add(reason);
        terminal.write(`– ${target}: ${outcome.case}: ${reason}\n\n`);
      }
      if (state === 'failed') {
        failed += 1;
        terminal.write(`${red(`✗ ${target}:`)} ${error?.trimEnd() || outcome.case}\n\n`);
      }
      if (isLive)
        terminal.write(
          `${number}/${cases} ${target} … ${failed} failed`.slice(0, (terminal.columns || 80) - 1),
        );
    },
    /** Clears the progress line. */
    end: (): void => {
      clear();
      // vitest hides the cursor and cannot show it again when it is killed.
      if (isLive) terminal.write('\x1b[?25h');
    },
  };
};
