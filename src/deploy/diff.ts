/** What a push would change. */
import { version } from '../../generated/version.js';
import type { Project } from './config.ts';
import { readStored } from './connect.ts';
import { readDifferences, sourcesOf } from './differences.ts';
import type { TenantSettings } from './environment.ts';
import { assertVariables } from './folder.ts';
import { commitOf } from './git.ts';
import { mark } from './marker.ts';
import { type Plan, type PlannedTenant, planTenant } from './plan.ts';
import { tryOut } from './push.ts';
import { onTenant, undoInterrupted } from './tenant.ts';
import { type Change, tokenTypes } from './types.ts';

export interface TenantDiff {
  changes: Change[];
  /** The tenant's part of a plan. */
  planned: PlannedTenant;
  /** A text about the changes without secrets. */
  redact: (text: string) => string;
}

/**
 * Compares the folder with the tenant.
 *
 * @param plans Whether a plan is made of it: then each script is tried as for a push.
 * @throws {ConfigError}
 * @throws {RefusedPushError} for a script that cannot be built, or of which no plan can be made
 */
export const diffTenant = async (
  project: Project,
  settings: TenantSettings,
  log: (line: string) => void,
  plans: boolean,
): Promise<TenantDiff> => {
  assertVariables(project, settings);
  return onTenant(settings, log, async (tenant) => {
    await undoInterrupted(tenant);
    const differences = await readDifferences(project, tenant);
    for (const tokenType of tokenTypes)
      if (project.config.customizers[tokenType] === undefined) {
        const { customizer } = await readStored(tenant.client, tokenType);
        if (customizer !== null)
          tenant.say(
            `there is a ${tokenType} customizer, which the config does not name: push leaves it alone`,
          );
      }
    if (plans)
      for (const difference of differences) {
        const { customizer } = difference.wanted;
        if (difference.change.kind !== 'none' && customizer !== null)
          await tryOut(tenant, difference, mark(customizer, { time: new Date().toISOString() }));
      }
    return {
      changes: differences.map(({ change }) => change),
      planned: planTenant(
        { ...settings, endpoint: tenant.endpoint, release: tenant.release },
        differences.map(({ stored, wanted }) => ({ stored: stored.customizer, wanted })),
      ),
      redact: (text) => tenant.redact(text, sourcesOf(differences)),
    };
  });
};

/** A plan of the diffs of several tenants. */
export const planOf = async (
  project: Project,
  diffs: Readonly<Record<string, TenantDiff>>,
): Promise<Plan> => {
  const commit = await commitOf(project.folder);
  return {
    version: 1,
    by: version,
    madeAt: new Date().toISOString(),
    ...(commit !== undefined && { commit }),
    tenants: Object.fromEntries(Object.entries(diffs).map(([name, { planned }]) => [name, planned])),
  };
};
