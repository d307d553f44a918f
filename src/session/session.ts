import type { TokenType } from '../../generated/types.d.ts';
import { tokenTypes } from '../client/call/engine.ts';
import { type Backup, backupPath, loadBackup, prepareFolder, saveBackup } from './backup.ts';
import { claim, type Holder, here } from './claim.ts';
import { type CustomizerTexts, customizerTexts, ResponseError, type SessionTokens } from './customizers.ts';
import { RefusedRunError } from './errors.ts';
import { fingerprint, isMarked, type LastSeen, type Left, restoreFrom } from './restore.ts';
import { mayPass, outlast, patienceAtStart } from './retry.ts';

export interface SessionOptions extends SessionTokens {
  endpoint: string;
  /** Returns why a stored text could not be restored unchanged; `undefined` if the tenant would accept it. */
  getObstacles: () => Promise<(tokenType: TokenType, text: string) => string | undefined>;
  /** Everything that a run, with or without `asWritten`, may store on the tenant. */
  storedByRun: (asWritten: boolean) => readonly unknown[];
  /** Whether existing customizers may be replaced while the suite runs. */
  allowOverwrite: boolean;
  /** Whether the scripts of the cases are stored unchanged. Then a tenant with customizers is refused. */
  asWritten: boolean;
  /** The number of cases, to estimate how long tokens lack their claims. */
  cases: number;
  /** Prints a line for the user, which never contains a customizer's text. */
  log: (line: string) => void;
}

/** A tenant that lends its customizers to the suite. */
export type Session = Awaited<ReturnType<typeof openSession>>;

/** The approximate number of requests per case: the preparation, the request, the reads afterwards. */
const requestsPerCase = 6;

const held = ({ pid, place }: Partial<Holder>, endpoint: string): RefusedRunError =>
  new RefusedRunError(
    place === here
      ? `Another run on this machine (process ${pid}) is using ${endpoint}. Wait until it has restored the customizers.`
      : `A run on another machine or container that shares this folder (process ${pid ?? 'unknown'} there) is using ${endpoint}. Wait until it has restored the customizers; if it was killed, start again in a minute.`,
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
      ? ' A tenant that always returns 500 has stored a value that it cannot read: PUT or DELETE that customizer.'
      : '';
    throw new Error(
      `Could not read the customizers of ${endpoint}: ${(cause as Error).message.replace(/\.$/, '')}. Nothing was changed.${advice}`,
      { cause },
    );
  }
};

/**
 * Estimates the duration of a run from the median request, without the first two, which also wait for a connection and a
 * token.
 */
export const durationOf = (took: readonly number[], cases: number): string => {
  const later = took.slice(2).sort((a, b) => a - b);
  const seconds = ((later[Math.floor(later.length / 2)] ?? 0) / 1000) * requestsPerCase * cases;
  return `about ${Math.max(1, Math.ceil(seconds))} s`;
};

const refuse = (endpoint: string, tokenType: TokenType, obstacle: string): never => {
  throw new RefusedRunError(
    `The ${tokenType} customizer of ${endpoint} ${obstacle}: once replaced, it could not be restored unchanged, so the run does not start. Store a version of it that the tenant accepts, or run the suite on another tenant.`,
  );
};

/** @throws {RefusedRunError} if a customizer could not be restored, or is one that the suite itself stores. */
const checkOriginals = async (
  { endpoint, getObstacles }: SessionOptions,
  customizers: Backup['customizers'],
): Promise<void> => {
  const obstacleOf = await getObstacles();
  for (const tokenType of tokenTypes) {
    const text = customizers[tokenType];
    if (text === null) continue;
    const obstacle = obstacleOf(tokenType, text);
    if (obstacle !== undefined) refuse(endpoint, tokenType, obstacle);
    if (isMarked(JSON.parse(text)))
      throw new RefusedRunError(
        `The ${tokenType} customizer of ${endpoint} is one that this suite stores while it runs: a run on another machine is using the tenant, or was killed. Wait until it has ended, or run the suite on that machine to restore the original; if that machine is gone, deploy your customizer again or delete this one.`,
      );
  }
};

/** Stores a customizer unchanged: if it does not read back the same, it could not be restored later. */
const rehearse = async (
  endpoint: string,
  tokenType: TokenType,
  text: string,
  texts: CustomizerTexts,
): Promise<void> => {
  // A deployment since the backup is not overwritten; the first case detects it.
  if ((await texts.read(tokenType)) !== text) return;
  try {
    await texts.write(tokenType, text);
  } catch (error) {
    if (mayPass(error)) throw error;
    refuse(endpoint, tokenType, `is not accepted unchanged (${(error as Error).message})`);
  }
  if ((await texts.read(tokenType)) !== text)
    refuse(endpoint, tokenType, 'read back differently after it was stored unchanged');
};

/** The number of measured requests, without the first two. */
const measured = 3;

/** @throws {RefusedRunError} if a stored customizer may not be replaced. */
const readReplaceable = async (
  options: SessionOptions,
  texts: CustomizerTexts,
): Promise<{ customizers: Backup['customizers']; existing: string }> => {
  const { endpoint } = options;
  const customizers = await readAll(texts, endpoint);
  const existing = tokenTypes.filter((tokenType) => customizers[tokenType] !== null).join(', ');
  if (existing === '') return { customizers, existing };
  if (options.asWritten)
    throw new RefusedRunError(
      `${endpoint} has customizers (${existing}). Recording stores the scripts of the cases unchanged, so tokens would be issued with their claims: it requires a dedicated tenant without customizers. Start one, or delete the customizers if they are not needed.`,
    );
  // Reasons that no flag overrides come first.
  await checkOriginals(options, customizers);
  while (texts.took.length < 2 + measured) await texts.read('access-token');
  if (!options.allowOverwrite)
    throw new RefusedRunError(
      `${endpoint} has customizers (${existing}). While the suite runs, ${durationOf(texts.took, options.cases)}, tokens are issued without their claims. Allow it with --allow-overwrite (or CONTRACT_ALLOW_OVERWRITE=1), preferably on a test tenant.`,
    );
  return { customizers, existing };
};

/**
 * Claims a tenant. If an earlier run was killed, its backup is restored first.
 *
 * @throws {RefusedRunError} if another run is using that tenant, if there are customizers and `allowOverwrite` is false,
 * or if one could not be restored unchanged.
 */
export const openSession = async (options: SessionOptions) => {
  const { endpoint, asWritten, storedByRun, log } = options;
  const path = backupPath(endpoint);
  await prepareFolder(path);
  const claimed = await claim(path);
  if ('heldBy' in claimed) throw held(claimed.heldBy, endpoint);
  const texts = customizerTexts(endpoint, options);
  const restoring = { texts, storedByRun, path, claim: claimed, log };
  try {
    const leftover = await loadBackup(path, endpoint);
    if (leftover !== undefined) {
      log(`An earlier run did not end (${leftover.savedAt}): restoring the customizers kept in ${path}.`);
      const left: Left = { lastSeen: {}, foreign: [], isCut: true };
      await restoreFrom(leftover, { ...restoring, left, patience: patienceAtStart });
    }
    await readReplaceable(options, texts);
  } catch (error) {
    await claimed.release();
    throw error;
  }
  let backup: Backup | undefined;
  return {
    /**
     * Saves the customizers right before the first write, and checks that the tenant accepts them unchanged.
     *
     * @throws {RefusedRunError} if nothing may be written.
     */
    begin: async (): Promise<LastSeen> => {
      const { customizers, existing } = await readReplaceable(options, texts);
      const savedAt = new Date().toISOString();
      const saved = { endpoint, savedAt, customizers, ...(asWritten && { asWritten }) };
      await saveBackup(path, saved);
      backup = saved;
      log(`The customizers of ${endpoint} are kept in ${path} until they are restored.`);
      if (existing !== '')
        log(
          `For ${durationOf(texts.took, options.cases)}, tokens are issued without the claims of: ${existing}.`,
        );
      const lastSeen: LastSeen = {};
      for (const tokenType of tokenTypes) {
        const text = customizers[tokenType];
        if (text !== null) await outlast(() => rehearse(endpoint, tokenType, text, texts), patienceAtStart);
        lastSeen[tokenType] = [fingerprint(JSON.parse(text ?? 'null'))];
      }
      return lastSeen;
    },
    /** Like `restoreFrom`. Does nothing before `begin`. */
    restore: async (left: Left): Promise<void> => {
      if (backup !== undefined) await restoreFrom(backup, { ...restoring, left });
    },
    /** Aborts when another run has taken over while this one was suspended. */
    lost: claimed.lost,
    /** Lets another run start. */
    release: claimed.release,
  };
};
