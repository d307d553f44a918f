/** Replaces customizers on a tenant so that afterwards the new ones are there whole, or the old ones. */
import type { TokenType } from '../../generated/types.d.ts';
import { ConflictError, isLogtoJwtCustomizerError, RequestRefusedError } from '../client/index.ts';
import { obstacleOf } from '../contract/obstacle.ts';
import { isBefore } from '../runner/release.ts';
import { type Backup, fingerprint, type Held, leftOf } from '../session/index.ts';
import { asStored, type Connection } from './connect.ts';
import { RefusedPushError } from './errors.ts';
import type { Customizer } from './types.ts';

export interface Replacement {
  tokenType: TokenType;
  /** The text of GET's response that is replaced; `null` if there is no customizer. */
  before: string | null;
  after: Customizer | null;
  /**
   * Stores `after`, unless the tenant has something else than `before`. Returns what the tenant says that it stored.
   *
   * @param onSend Called right before the write is sent: from then on it can take effect.
   */
  write: (onSend: () => void) => Promise<Customizer | null>;
}

/** Milliseconds: a write whose response did not arrive may take effect late, even one that was retried and then succeeded. */
const late = 10_000;

/** Milliseconds. The next command restores what this one cannot. */
const patience = 120_000;

/**
 * A tenant can have what it would refuse: two PATCHes can exceed the size of one body, and a body in the database passes no
 * guard. Where our own guards find such a thing, it is stored once more, unchanged, which shows whether it could be restored.
 *
 * @throws {RefusedPushError} if it could not
 */
const assertRestorable = async (
  { texts }: Held,
  release: string,
  { tokenType, before }: Replacement,
): Promise<void> => {
  const named = { name: release, has: (other: string) => !isBefore(release, other) };
  const obstacle = before === null ? undefined : obstacleOf(named, tokenType, before);
  if (obstacle === undefined) return;
  const refusal = new RefusedPushError(
    `The stored ${tokenType} customizer ${obstacle}. The tenant does not take it unchanged, so it could not be restored. Save it in the Console first, or delete it.`,
  );
  if ((await texts.read(tokenType)) !== before)
    throw new RefusedPushError(`Someone else has just changed the ${tokenType} customizer.`);
  await texts.write(tokenType, before).catch((error: Error & { status?: number }) => {
    throw error.status !== undefined && error.status < 500 ? refusal : error;
  });
  if ((await texts.read(tokenType)) !== before) throw refusal;
};

/**
 * Saves what is stored, writes, verifies, and restores if any of it fails.
 *
 * @param verify Throws if the tenant does not do what it should with what is stored now.
 * @returns the path of what was replaced
 * @throws {RefusedPushError} if the old customizers are stored again
 */
export const replaceOn = async (
  { endpoint, release }: Pick<Connection, 'endpoint' | 'release'>,
  held: Held,
  replacements: readonly Replacement[],
  verify: () => Promise<void>,
  log: (line: string) => void,
): Promise<string> => {
  const backup: Backup = { endpoint, savedAt: new Date().toISOString(), customizers: {}, pushed: {} };
  for (const { tokenType, before, after } of replacements) {
    Object.assign(backup.customizers, { [tokenType]: before });
    Object.assign(backup.pushed ?? {}, { [tokenType]: [fingerprint(after)] });
  }
  await held.save(backup);
  log(`saved what is stored in ${held.path}`);
  const sent = new Set<TokenType>();
  try {
    for (const one of replacements) await assertRestorable(held, release, one);
    for (const { tokenType, after, write } of replacements) {
      if (!(await held.isHeld()))
        throw new RefusedPushError('This push was suspended, and another one has taken over.');
      try {
        // A tenant silently drops fields of a sample that it does not know.
        await addStored(backup, tokenType, await write(() => sent.add(tokenType)), held);
      } catch (error) {
        if (isLogtoJwtCustomizerError(error) && error.name === 'NotStoredAsSentError')
          await addChanged(backup, tokenType, after, held);
        throw error;
      }
      log(after === null ? `deleted ${tokenType}` : `stored ${tokenType}`);
    }
    await verify();
    return await held.complete();
  } catch (cause) {
    if (sent.size === 0) {
      await held.discard();
      throw failure(cause, 'Nothing was written.');
    }
    const foreign = await restore(backup, [...sent], held, cause);
    throw failure(
      cause,
      foreign.length === 0
        ? 'The customizers are as they were before.'
        : `The change that someone else made to ${foreign.join(' and ')} stays.`,
    );
  }
};

/** What a tenant stored in place of what was sent is ours all the same: it may be replaced by what was there before. */
const addStored = async (
  backup: Backup,
  tokenType: TokenType,
  stored: Customizer | null,
  held: Held,
): Promise<void> => {
  const ours = backup.pushed?.[tokenType] ?? [];
  if (ours.includes(fingerprint(stored))) return;
  ours.push(fingerprint(stored));
  await held.save(backup);
};

/** The error does not have what the tenant stored. */
const addChanged = async (
  backup: Backup,
  tokenType: TokenType,
  after: Customizer | null,
  held: Held,
): Promise<void> => {
  const { customizer } = asStored(await held.texts.read(tokenType));
  if (customizer?.script === after?.script) await addStored(backup, tokenType, customizer, held);
};

const restore = async (
  backup: Backup,
  sent: readonly TokenType[],
  held: Held,
  cause: unknown,
): Promise<TokenType[]> => {
  const customizers = Object.fromEntries(sent.map((tokenType) => [tokenType, backup.customizers[tokenType]]));
  try {
    return await held.restore({ ...backup, customizers }, { left: leftOf(backup), patience, again: late });
  } catch (error) {
    throw new Error(`${messageOf(cause)} ${(error as Error).message}`, { cause });
  }
};

const messageOf = (cause: unknown): string => {
  const { message } = cause as Error;
  if (cause instanceof ConflictError)
    return `Someone else has changed the ${cause.path?.split('/').at(-1)} customizer since it was read.`;
  return /[.!?]$/.test(message) ? message : `${message}.`;
};

/** Whether trying again would lead to the same. */
const isAboutPush = (cause: unknown): boolean =>
  cause instanceof ConflictError ||
  cause instanceof RefusedPushError ||
  (cause instanceof RequestRefusedError && [400, 422].includes(cause.status ?? 0)) ||
  (isLogtoJwtCustomizerError(cause) && cause.name === 'NotStoredAsSentError');

const failure = (cause: unknown, now: string): Error => {
  const message = `${messageOf(cause)} ${now}`;
  return isAboutPush(cause) ? new RefusedPushError(message) : new Error(message, { cause });
};
