import type { TokenType } from '../../generated/types.d.ts';
import { tokenTypes } from '../client/call/engine.ts';
import type { Backup } from './backup.ts';
import type { CustomizerTexts } from './customizers.ts';
import { RefusedRunError } from './errors.ts';
import { isMarked } from './ours.ts';
import { mayPass, outlast, patienceAtStart } from './retry.ts';

const refuse = (endpoint: string, tokenType: TokenType, obstacle: string): never => {
  throw new RefusedRunError(
    `The ${tokenType} customizer of ${endpoint} ${obstacle}: once replaced, it could not be put back as it is, so the run does not start. Store a form of it that the tenant takes, or run the suite on another tenant.`,
  );
};

/**
 * Looks, before anything is written, whether the suite may replace what is stored.
 *
 * @throws {RefusedRunError} when one could not be put back, or is what the suite itself stores.
 */
export const checkOriginals = (
  endpoint: string,
  customizers: Backup['customizers'],
  obstacleOf: (tokenType: TokenType, text: string) => string | undefined,
): void => {
  for (const tokenType of tokenTypes) {
    const text = customizers[tokenType];
    if (text === null) continue;
    const obstacle = obstacleOf(tokenType, text);
    if (obstacle !== undefined) refuse(endpoint, tokenType, obstacle);
    if (isMarked(JSON.parse(text)))
      throw new RefusedRunError(
        `The ${tokenType} customizer of ${endpoint} is one that this suite stores while it runs: another machine's run is on the tenant, or was killed there. Wait until it has ended, or run the suite on that machine, which puts back what was there before; if it is gone for good, deploy your customizer again or delete this one.`,
      );
  }
};

/**
 * Puts each customizer back where it is, unchanged: what does not come back as it was could not be put back later.
 *
 * @throws {RefusedRunError} when the tenant does not take one as it is.
 */
export const rehearse = async (
  endpoint: string,
  customizers: Backup['customizers'],
  texts: CustomizerTexts,
): Promise<void> => {
  const putBack = async (tokenType: TokenType, text: string): Promise<void> => {
    // Whoever deployed since the backup is not overwritten: the first case finds that.
    if ((await texts.read(tokenType)) !== text) return;
    try {
      await texts.write(tokenType, text);
    } catch (error) {
      if (mayPass(error)) throw error;
      refuse(endpoint, tokenType, `is not taken as it is (${(error as Error).message})`);
    }
    if ((await texts.read(tokenType)) !== text)
      refuse(endpoint, tokenType, 'did not come back the same when it was stored unchanged');
  };
  for (const tokenType of tokenTypes) {
    const text = customizers[tokenType];
    if (text !== null) await outlast(() => putBack(tokenType, text), { patience: patienceAtStart });
  }
};
