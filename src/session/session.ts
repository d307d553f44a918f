import type { TokenType } from '../../generated/types.d.ts';
import { tokenTypes } from '../client/call/engine.ts';
import { type Backup, backupPath, loadBackup, prepareFolder, saveBackup } from './backup.ts';
import { type Claim, claim, type Holder, here } from './claim.ts';
import { type CustomizerTexts, customizerTexts, ResponseError, type SessionTokens } from './customizers.ts';
import { RefusedRunError } from './errors.ts';
import { checkOriginals, rehearse } from './originals.ts';
import { fingerprint, type LastSeen, type Left } from './ours.ts';
import { restoreFrom } from './restore.ts';
import { patienceAtStart } from './retry.ts';

export interface SessionOptions extends SessionTokens {
  endpoint: string;
  /** Tells what keeps a stored text from being put back as it is; nothing when the tenant would take it. */
  getObstacles: () => Promise<(tokenType: TokenType, text: string) => string | undefined>;
  /**
   * Everything that a run may store on the tenant.
   *
   * @param asWritten Whether it was a run of `asWritten`.
   */
  storedByRun: (asWritten: boolean) => readonly unknown[];
  /** Whether customizers that exist may be replaced while the suite runs. */
  allowOverwrite: boolean;
  /**
   * Whether scripts will be stored as the cases write them. Then a tenant that has customizers is refused.
   * @default false
   */
  asWritten?: boolean;
  /** How many cases will run, to tell for how long tokens go without their claims. */
  cases: number;
  /** What a person should know. Never holds a customizer's text. */
  log: (line: string) => void;
  env?: NodeJS.ProcessEnv;
}

/** A tenant that lends its customizers to the suite. */
export interface Session {
  /**
   * Saves what is stored now, right before the first write, and shows that the tenant takes it back as it is.
   *
   * @returns what is stored, by fingerprint.
   * @throws {RefusedRunError} when it may not or could not be put back: then nothing may be written.
   */
  begin(): Promise<LastSeen>;
  /**
   * Puts everything back as it was, checks that it is, byte for byte, and removes the backup. What somebody else
   * stored meanwhile stays; then the original is kept in a file of its own, and said so. Without `begin`, there is
   * nothing to do.
   *
   * @throws {LostClaimError} when another run has taken over while this one was suspended.
   * @throws {Error} when that failed; the backup stays, and the next run tries again first.
   */
  restore(left: Left): Promise<void>;
  /** Aborted when another run has taken over while this one was suspended. */
  readonly lost: AbortSignal;
  /** Lets another run begin. */
  release(): Promise<void>;
}

/** A case takes about so many requests: to arrange what is given, the request, to read back. */
const requestsPerCase = 6;

const held = ({ pid, place }: Partial<Holder>, endpoint: string): RefusedRunError =>
  new RefusedRunError(
    place === here
      ? `Another run of this machine (process ${pid}) is on ${endpoint}. Wait until it has put the customizers back.`
      : `A run of another machine or container that shares this folder (there process ${pid ?? 'unknown'}) is on ${endpoint}. Wait until it has put the customizers back; if it was killed, start again in a minute.`,
  );

const readAll = async (texts: CustomizerTexts, endpoint: string): Promise<Backup['customizers']> => {
  try {
    return {
      'access-token': await texts.read('access-token'),
      'client-credentials': await texts.read('client-credentials'),
    };
  } catch (cause) {
    const isServerError = cause instanceof ResponseError && cause.status === 500;
    const advice = isServerError
      ? ' A tenant that answers 500 each time holds a value that it cannot read back: PUT or DELETE that customizer.'
      : '';
    throw new Error(
      `Could not read the customizers of ${endpoint}: ${(cause as Error).message.replace(/\.$/, '')}. Nothing was changed.${advice}`,
      { cause },
    );
  }
};

/**
 * How long the run may take. The first requests pay for a connection and a token, and one alone may be slow: the middle
 * one of the later counts.
 */
export const durationOf = (took: readonly number[], cases: number): string => {
  const later = took.slice(2).sort((a, b) => a - b);
  const seconds = ((later[Math.floor(later.length / 2)] ?? 0) / 1000) * requestsPerCase * cases;
  return `about ${Math.max(1, Math.ceil(seconds))} s`;
};

/** Requests that are measured, the first two aside. */
const measured = 3;

/**
 * Claims a tenant. If an earlier run was killed, what it saved is put back first.
 *
 * @throws {RefusedRunError} when another run is on that tenant, when there are customizers and `allowOverwrite` is
 * false, and when one could not be put back as it is.
 */
export const openSession = async (options: SessionOptions): Promise<Session> => {
  const { endpoint } = options;
  const path = backupPath(endpoint, options.env);
  await prepareFolder(path);
  const claimed = await claim(path);
  if ('heldBy' in claimed) throw held(claimed.heldBy, endpoint);
  try {
    return { ...(await prepare(options, path, claimed)), lost: claimed.lost, release: claimed.release };
  } catch (error) {
    await claimed.release();
    throw error;
  }
};

const prepare = async (
  options: SessionOptions,
  path: string,
  claim: Claim,
): Promise<Pick<Session, 'begin' | 'restore'>> => {
  const { endpoint, allowOverwrite, asWritten = false, storedByRun, log } = options;
  const texts = customizerTexts(endpoint, options);
  const leftover = await loadBackup(path, endpoint);
  if (leftover !== undefined) {
    log(`An earlier run did not end (${leftover.savedAt}): putting back the customizers kept in ${path}.`);
    const left: Left = { lastSeen: {}, foreign: [], isCut: true };
    await restoreFrom(leftover, { texts, storedByRun, path, left, claim, log, patience: patienceAtStart });
  }
  const duration = (): string => durationOf(texts.took, options.cases);

  /** What is stored, when all of it may be replaced. */
  const read = async (): Promise<{ customizers: Backup['customizers']; existing: TokenType[] }> => {
    const customizers = await readAll(texts, endpoint);
    const existing = tokenTypes.filter((tokenType) => customizers[tokenType] !== null);
    if (existing.length > 0 && asWritten)
      throw new RefusedRunError(
        `${endpoint} has customizers (${existing.join(', ')}). A recording stores scripts as the cases write them, so tokens would be issued with their claims: it wants a tenant of its own, without customizers. Bring one up, or delete there what is not needed.`,
      );
    if (existing.length > 0) {
      // A reason that no flag takes away comes before one that a flag does.
      checkOriginals(endpoint, customizers, await options.getObstacles());
      while (texts.took.length < 2 + measured) await texts.read('access-token');
      if (!allowOverwrite)
        throw new RefusedRunError(
          `${endpoint} has customizers (${existing.join(', ')}). While the suite runs, ${duration()}, tokens are issued without their claims. Allow it with --allow-overwrite (or CONTRACT_ALLOW_OVERWRITE=1), better on a tenant for tests.`,
        );
    }
    return { customizers, existing };
  };

  await read();
  let backup: Backup | undefined;
  return {
    begin: async () => {
      const { customizers, existing } = await read();
      const saved = {
        endpoint,
        savedAt: new Date().toISOString(),
        customizers,
        ...(asWritten && { asWritten }),
      };
      await saveBackup(path, saved);
      backup = saved;
      log(`The customizers of ${endpoint} are kept in ${path} until they are put back.`);
      if (existing.length > 0)
        log(`For ${duration()} tokens are issued without the claims of: ${existing.join(', ')}.`);
      await rehearse(endpoint, customizers, texts);
      return Object.fromEntries(
        tokenTypes.map((tokenType) => [
          tokenType,
          [fingerprint(JSON.parse(customizers[tokenType] ?? 'null'))],
        ]),
      );
    },
    restore: async (left) => {
      if (backup !== undefined) await restoreFrom(backup, { texts, storedByRun, path, left, claim, log });
    },
  };
};
