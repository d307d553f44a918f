import { LogtoJwtCustomizerError } from '../client/index.ts';
import { ContractError } from './contract-error.ts';
import { FuzzError } from './fuzz/fuzz.ts';
import { internal, undecided } from './table.ts';
import { StoppedError, UntriedError } from './targets/target.ts';

/** vitest throws this for a skipped case. */
const isSkip = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 'VITEST_PENDING';

/**
 * Why an error of a case proves nothing about the tenant; `undefined` when it does. A bug of the suite is never the
 * tenant's.
 */
export const undecidedReason = (error: unknown): string | undefined => {
  if (error instanceof ContractError || error instanceof FuzzError || isSkip(error)) return undefined;
  const { name, message, stack = '' } = error as Error;
  if (error instanceof StoppedError) return message;
  if (error instanceof UntriedError || error instanceof LogtoJwtCustomizerError)
    return `${undecided} ${message}`;
  // A parser quotes its input, which may contain secrets.
  const what = error instanceof SyntaxError ? name : `${name}: ${message}`;
  const [, where] = /^\s*(at .*)$/m.exec(stack) ?? [];
  return `${internal} please report it: ${what}${where === undefined ? '' : ` (${where})`}`;
};
