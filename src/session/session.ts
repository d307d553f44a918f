import type { TokenType } from '../../generated/types.d.ts';
import { tokenTypes } from '../client/call/engine.ts';
import type { Backup, Fingerprints } from './backup.ts';
import { type CustomizerTexts, ResponseError } from './customizers.ts';
import { RefusedRunError } from './errors.ts';
import { type HoldOptions, holdTenant } from './hold.ts';
import { fingerprint, isMarked, type Left } from './restore.ts';
import { mayPass, outlast, patienceAtStart } from './retry.ts';

type Originals = Record<TokenType, string | null>;

export interface SessionOptions extends HoldOptions {
  /** Returns why a stored text could not be restored unchanged; `undefined` if the tenant would accept it. */
  getObstacles: () => Promise<(tokenType: TokenType, text: string) => string | undefined>;
  storedByRun: NonNullable<HoldOptions['storedByRun']>;
  /** Whether existing customizers may be replaced while the suite runs. */
  allowOverwrite: boolean;
  /** Whether the scripts of the cases are stored unchanged. Then a tenant with customizers is refused. */
  asWritten: boolean;
  /** The number of cases, to estimate how long tokens lack their claims. */
  cases: number;
}

/** A tenant that lends its customizers to the suite. */
export type Session = Awaited<ReturnType<typeof openSession>>;

/** The approximate number of requests per case: the preparation, the request, the reads afterwards. */
const requestsPerCase = 6;

const readAll = async (texts: CustomizerTexts, endpoint: string): Promise<Originals> => {
  try {
    return {
      'access-token': await texts.read('access-token'),
      'client-credentials': await texts.read('client-credentials'),
    };
  } catch (cause) {
    const isServerError = cause instanceof ResponseError && cause.status === 500;
    const advice = isServerError
      ? ' If the tenant always returns 500, it has stored a value that it cannot read: PUT or DELETE that customizer.'
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
  customizers: Originals,
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
    refuse(endpoint, tokenType, 'differs when it is stored again and read back');
};

/** The number of measured requests, without the first two. */
const measured = 3;

/** @throws {RefusedRunError} if a stored customizer may not be replaced. */
const readReplaceable = async (
  options: SessionOptions,
  texts: CustomizerTexts,
): Promise<{ customizers: Originals; existing: string }> => {
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
  const { endpoint, asWritten, log } = options;
  const held = await holdTenant(options);
  const { texts, path } = held;
  try {
    await readReplaceable(options, texts);
  } catch (error) {
    await held.release();
    throw error;
  }
  let backup: Backup | undefined;
  return {
    /**
     * Saves the customizers right before the first write, and checks that the tenant accepts them unchanged.
     *
     * @throws {RefusedRunError} if nothing may be written.
     */
    begin: async (): Promise<Fingerprints> => {
      const { customizers, existing } = await readReplaceable(options, texts);
      const savedAt = new Date().toISOString();
      const saved = { endpoint, savedAt, customizers, ...(asWritten && { asWritten }) };
      await held.save(saved);
      backup = saved;
      log(`The customizers of ${endpoint} are kept in ${path} until they are restored.`);
      if (existing !== '')
        log(
          `For ${durationOf(texts.took, options.cases)}, tokens are issued without the claims of: ${existing}.`,
        );
      const lastSeen: Fingerprints = {};
      for (const tokenType of tokenTypes) {
        const text = customizers[tokenType];
        if (text !== null) await outlast(() => rehearse(endpoint, tokenType, text, texts), patienceAtStart);
        lastSeen[tokenType] = [fingerprint(JSON.parse(text ?? 'null'))];
      }
      return lastSeen;
    },
    /** Like `restoreFrom`. Does nothing before `begin`. */
    restore: async (left: Left): Promise<void> => {
      if (backup !== undefined) await held.restore(backup, { left });
    },
    /** Aborts when another run has taken over while this one was suspended. */
    lost: held.lost,
    /** Lets another run start. */
    release: held.release,
  };
};
