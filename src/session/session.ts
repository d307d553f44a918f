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
  /** Tells what keeps a stored text from being put back as it is; nothing when the tenant would take it. */
  getObstacles: () => Promise<(tokenType: TokenType, text: string) => string | undefined>;
  /** Everything that a run, of `asWritten` or not, may store on the tenant. */
  storedByRun: (asWritten: boolean) => readonly unknown[];
  /** Whether customizers that exist may be replaced while the suite runs. */
  allowOverwrite: boolean;
  /** Whether scripts will be stored as the cases write them. Then a tenant that has customizers is refused. */
  asWritten: boolean;
  /** How many cases will run, to tell for how long tokens go without their claims. */
  cases: number;
  /** What a person should know. Never holds a customizer's text. */
  log: (line: string) => void;
}

/** A tenant that lends its customizers to the suite. */
export type Session = Awaited<ReturnType<typeof openSession>>;

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

const refuse = (endpoint: string, tokenType: TokenType, obstacle: string): never => {
  throw new RefusedRunError(
    `The ${tokenType} customizer of ${endpoint} ${obstacle}: once replaced, it could not be put back as it is, so the run does not start. Store a form of it that the tenant takes, or run the suite on another tenant.`,
  );
};

/** @throws {RefusedRunError} when a customizer could not be put back, or is what the suite itself stores. */
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
        `The ${tokenType} customizer of ${endpoint} is one that this suite stores while it runs: another machine's run is on the tenant, or was killed there. Wait until it has ended, or run the suite on that machine, which puts back what was there before; if it is gone for good, deploy your customizer again or delete this one.`,
      );
  }
};

/** Puts a customizer back where it is, unchanged: what does not come back as it was could not be put back later. */
const rehearse = async (
  endpoint: string,
  tokenType: TokenType,
  text: string,
  texts: CustomizerTexts,
): Promise<void> => {
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

/** Requests that are measured, the first two aside. */
const measured = 3;

/** @throws {RefusedRunError} when not all that is stored may be replaced. */
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
      `${endpoint} has customizers (${existing}). A recording stores scripts as the cases write them, so tokens would be issued with their claims: it wants a tenant of its own, without customizers. Bring one up, or delete there what is not needed.`,
    );
  // A reason that no flag takes away comes before one that a flag does.
  await checkOriginals(options, customizers);
  while (texts.took.length < 2 + measured) await texts.read('access-token');
  if (!options.allowOverwrite)
    throw new RefusedRunError(
      `${endpoint} has customizers (${existing}). While the suite runs, ${durationOf(texts.took, options.cases)}, tokens are issued without their claims. Allow it with --allow-overwrite (or CONTRACT_ALLOW_OVERWRITE=1), better on a tenant for tests.`,
    );
  return { customizers, existing };
};

/**
 * Claims a tenant. If an earlier run was killed, what it saved is put back first.
 *
 * @throws {RefusedRunError} when another run is on that tenant, when there are customizers and `allowOverwrite` is
 * false, and when one could not be put back as it is.
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
      log(`An earlier run did not end (${leftover.savedAt}): putting back the customizers kept in ${path}.`);
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
     * Saves what is stored right before the first write, and shows that the tenant takes it back as it is.
     *
     * @throws {RefusedRunError} when nothing may be written.
     */
    begin: async (): Promise<LastSeen> => {
      const { customizers, existing } = await readReplaceable(options, texts);
      const savedAt = new Date().toISOString();
      const saved = { endpoint, savedAt, customizers, ...(asWritten && { asWritten }) };
      await saveBackup(path, saved);
      backup = saved;
      log(`The customizers of ${endpoint} are kept in ${path} until they are put back.`);
      if (existing !== '')
        log(
          `For ${durationOf(texts.took, options.cases)} tokens are issued without the claims of: ${existing}.`,
        );
      const lastSeen: LastSeen = {};
      for (const tokenType of tokenTypes) {
        const text = customizers[tokenType];
        if (text !== null) await outlast(() => rehearse(endpoint, tokenType, text, texts), patienceAtStart);
        lastSeen[tokenType] = [fingerprint(JSON.parse(text ?? 'null'))];
      }
      return lastSeen;
    },
    /** As `restoreFrom`. Without `begin`, there is nothing to do. */
    restore: async (left: Left): Promise<void> => {
      if (backup !== undefined) await restoreFrom(backup, { ...restoring, left });
    },
    /** Aborted when another run has taken over while this one was suspended. */
    lost: claimed.lost,
    /** Lets another run begin. */
    release: claimed.release,
  };
};
