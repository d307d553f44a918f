/** The deploy of one tenant. It cannot leave the tenant worse than it was. */
import { findDroppedFields } from '../client/index.ts';
import { maxBytes } from '../client/json.ts';
import {
  type Backup,
  backupPath,
  fingerprint,
  type Held,
  holdTenant,
  loadBackup,
  replacedPath,
} from '../session/index.ts';
import type { Project } from './config.ts';
import type { Stored } from './connect.ts';
import { type Difference, readDifferences, readPlanned, sourcesOf } from './differences.ts';
import type { TenantSettings } from './environment.ts';
import { RefusedPushError } from './errors.ts';
import { assertVariables } from './folder.ts';
import { commitOf } from './git.ts';
import { mark } from './marker.ts';
import type { Plan } from './plan.ts';
import { renderText } from './render.ts';
import { type Replacement, replaceOn } from './replace.ts';
import { isInterrupted, onTenant, type Tenant, tokensOf } from './tenant.ts';
import { type Candidate, tryLocally, tryOnTenant, withOwnSample } from './trial.ts';
import { type Customizer, listed } from './types.ts';
import { readBack, verifyOwnToken } from './verify.ts';

export interface WriteOptions {
  /** Prints a line of progress. */
  log: (line: string) => void;
  /** Prints what would change. */
  show: (text: string) => void;
  /** Throws if there is no one to ask. Called as soon as something is to be written. */
  assertCanConfirm: () => void;
  /** Asks before the first write. */
  confirm: (question: string) => Promise<boolean>;
  /** Ends the command. What was written by then is undone. */
  signal: AbortSignal;
  /** Whether changes made by hand and undeclared removals are overwritten. */
  force: boolean;
}

export interface PushOptions extends WriteOptions {
  /** Whether nothing is written. */
  dryRun: boolean;
  /** Applied in place of the folder. */
  plan?: Plan;
}

export type PushResult = 'unchanged' | 'declined' | 'dry run' | 'pushed';

/** Whether a customizer without our comment is not what the last push from this machine stored. */
const isLost = ({ customizer }: Stored, pushed: readonly string[] | undefined): boolean =>
  pushed !== undefined && !pushed.includes(fingerprint(customizer));

/**
 * @param last The last push from this machine.
 * @throws {RefusedPushError}
 */
const refuseLosses = (differences: readonly Difference[], last: Backup | undefined, force: boolean): void => {
  const losses = differences.flatMap(({ stored, change: { tokenType, removes, pushed } }) => [
    ...((pushed?.changed ?? isLost(stored, last?.pushed?.[tokenType]))
      ? [`the ${tokenType} customizer was changed by hand since the last push`]
      : []),
    ...(removes.length === 0
      ? []
      : [`the ${tokenType} customizer has what the folder does not declare (${removes.join(', ')})`]),
  ]);
  if (losses.length > 0 && !force)
    throw new RefusedPushError(
      `${listed(losses)}. Bring it into the folder with pull, or overwrite it with --force.`,
    );
};

/** @throws {RefusedPushError} after Ctrl-C */
export const refuseAfter = (signal: AbortSignal): void => {
  if (signal.aborted) throw new RefusedPushError('Interrupted.');
};

/** A script that passed, here and on the tenant. */
interface Tried {
  candidate: Candidate;
  local: Awaited<ReturnType<typeof tryLocally>>;
}

/**
 * Checks a customizer with its comment, and runs it here and on the tenant.
 *
 * @throws {RefusedPushError} if it may not be stored
 */
export const tryOut = async (
  tenant: Tenant,
  { wanted }: Difference,
  customizer: Customizer,
  signal?: AbortSignal,
): Promise<Tried> => {
  const { settings, resource, release, client, say } = tenant;
  const { tokenType } = wanted;
  const whole = withOwnSample(wanted, settings.clientId, resource, release);
  const candidate = { ...whole, script: customizer.script, release };
  const bytes = Buffer.byteLength(JSON.stringify(customizer));
  if (bytes > maxBytes)
    throw new RefusedPushError(
      `The ${tokenType} customizer has ${bytes} bytes with the comment of the push, more than the ${maxBytes} that a tenant accepts.`,
    );
  const dropped = await findDroppedFields(tokenType, customizer);
  if (dropped.length > 0)
    throw new RefusedPushError(
      `Tenants drop ${listed(dropped)} of the ${tokenType} customizer silently: remove it from the sample.`,
    );
  const local = await tryLocally(candidate, settings.clientId);
  const count = Object.keys(whole.samples).length;
  const samples = `${count} sample${count === 1 ? '' : 's'}`;
  say(`checked ${tokenType} and ran it with ${samples} as Logto ${release} does`);
  for (const warning of local.warnings) say(`warning: ${warning}`);
  for (const warning of await tryOnTenant(client, candidate, local.runs, signal)) say(`warning: ${warning}`);
  say(`ran ${tokenType} with ${samples} on the tenant (POST /test)`);
  return { candidate, local };
};

/** The claims that the token of the deploying application is expected to have. */
const expectedClaims = (
  { candidate: { samples }, local: { outcomes } }: Tried,
  clientId: string,
): string[] | undefined => {
  const [name = ''] =
    Object.entries(samples).find(([, { token }]) => Object(token).clientId === clientId) ?? [];
  const outcome = outcomes[name];
  return outcome && 'claims' in outcome ? Object.keys(outcome.claims) : undefined;
};

/** Below, a token may expire before a failed push is undone. */
const shortLived = 15 * 60;

/**
 * Pushes the folder, or a plan, to a tenant: reads, checks, tries, asks, saves, writes and verifies. If anything fails
 * after the write, the old customizers are restored.
 *
 * @throws {ConfigError} before anything is sent
 * @throws {RefusedPushError} if the tenant is as it was before
 */
export const pushTenant = async (
  project: Project,
  settings: TenantSettings,
  options: PushOptions,
): Promise<PushResult> => {
  if (options.plan === undefined) assertVariables(project, settings);
  return onTenant(settings, options.log, async (tenant) => {
    const { token, endpoint, say } = tenant;
    const minutes = Math.round(token.seconds / 60);
    say(`got a token, valid for ${minutes} minutes`);
    if (token.seconds < shortLived) say('warning: it may expire before a failed push is undone');
    if (options.dryRun) {
      if (await isInterrupted(tenant))
        say('another push is running, or was interrupted: then the next command undoes it');
      return push(project, tenant, undefined, options);
    }
    const held = await holdTenant({ endpoint, ...tokensOf(tenant), log: say });
    try {
      return await push(project, tenant, held, options);
    } finally {
      // A claim that stays stops no one when this process has ended.
      await held.release().catch(() => {});
    }
  });
};

/** Whether what is stored now is what was tried, and does the same. */
const verifyAll = async (tenant: Tenant, steps: readonly Step[], signal: AbortSignal): Promise<void> => {
  const { client, settings, say } = tenant;
  for (const { tokenType, after, tried } of steps) {
    await readBack(tenant, tokenType, after);
    if (tried !== undefined) {
      await tryOnTenant(client, tried.candidate, tried.local.runs, signal);
      say(`ran ${tokenType} as stored with POST /test: the same`);
    }
    if (tokenType === 'client-credentials')
      await verifyOwnToken(tenant, tried && expectedClaims(tried, settings.clientId));
  }
  refuseAfter(signal);
};

interface Step extends Replacement {
  /** Not for a customizer that is deleted. */
  tried?: Tried;
}

const push = async (
  project: Project,
  tenant: Tenant,
  held: Held | undefined,
  { plan, dryRun, force, show, assertCanConfirm, confirm, signal }: PushOptions,
): Promise<PushResult> => {
  const { settings, endpoint, say } = tenant;
  const planned = plan?.tenants[settings.name];
  const all = planned ? await readPlanned(planned, tenant) : await readDifferences(project, tenant);
  say(
    `read ${listed(all.map(({ wanted }) => wanted.tokenType)) || 'nothing: the config names no customizer'}`,
  );
  const differences = all.filter(({ change }) => change.kind !== 'none');
  if (differences.length === 0) {
    say('nothing to change');
    return 'unchanged';
  }
  refuseLosses(differences, await loadBackup(replacedPath(backupPath(endpoint)), endpoint), force);
  if (!dryRun) assertCanConfirm();
  const commit = plan === undefined ? await commitOf(project.folder) : plan.commit;
  const lastPush = { ...(commit !== undefined && { commit }), time: new Date().toISOString() };
  const steps: Step[] = [];
  for (const difference of differences) {
    const { tokenType, customizer } = difference.wanted;
    const { text: before, customizer: present } = difference.stored;
    const after = customizer && mark(customizer, lastPush);
    const call = { ifUnchanged: present as never, signal };
    const write = async (onSend: () => void): Promise<Customizer | null> => {
      const writer = tenant.clientOf(tenant.token, ({ type, method }) => {
        if (type === 'request' && method !== 'GET') onSend();
      });
      if (after !== null) return writer.put(tokenType, after as never, call);
      await writer.delete(tokenType, call);
      return null;
    };
    const tried = after === null ? undefined : await tryOut(tenant, difference, after, signal);
    steps.push({ tokenType, before, after, write, ...(tried && { tried }) });
  }
  const text = renderText(
    settings.name,
    differences.map(({ change }) => change),
  );
  show(tenant.redact(text, sourcesOf(differences)));
  const types = listed(steps.map(({ tokenType }) => tokenType));
  if (dryRun || held === undefined) {
    say(`would push ${types}`);
    return 'dry run';
  }
  if (!(await confirm(`Push ${types} to ${settings.name} (${endpoint})?`))) return 'declined';
  refuseAfter(signal);
  const replaced = await replaceOn(tenant, held, steps, () => verifyAll(tenant, steps, signal), say);
  say(`pushed ${types}; rollback restores what ${replaced} has`);
  return 'pushed';
};
