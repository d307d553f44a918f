/** What the tenant has beside what the folder, or a plan, declares. */
import { compare } from './compare.ts';
import type { Project } from './config.ts';
import { readStored, type Stored } from './connect.ts';
import { variablesOf } from './environment.ts';
import { RefusedPushError } from './errors.ts';
import { wantedOf } from './folder.ts';
import { digest, openPlan, type PlannedTenant } from './plan.ts';
import type { Tenant } from './tenant.ts';
import { type Change, type Customizer, tokenTypes, type Wanted } from './types.ts';

export interface Difference {
  stored: Stored;
  wanted: Wanted;
  change: Change;
}

const differenceOf = async (tenant: Tenant, wanted: Wanted): Promise<Difference> => {
  const stored = await readStored(tenant.client, wanted.tokenType);
  tenant.hide(stored.customizer);
  tenant.hide(wanted.customizer);
  const change = compare(stored.customizer, wanted);
  return { stored, wanted: change.samples.length === 0 ? withSamples(stored, wanted) : wanted, change };
};

/** With the stored samples, which mean the same: a push does not rewrite what its diff does not show. */
const withSamples = ({ customizer: stored }: Stored, wanted: Wanted): Wanted => {
  if (stored === null || wanted.customizer === null) return wanted;
  const { tokenSample: _, contextSample: __, ...customizer } = wanted.customizer;
  const { tokenSample, contextSample } = stored;
  const samples = { ...(tokenSample && { tokenSample }), ...(contextSample && { contextSample }) };
  return { ...wanted, customizer: { ...customizer, ...samples } as Customizer };
};

/**
 * Compares the folder with the tenant.
 *
 * @throws {ConfigError}
 * @throws {RefusedPushError} for a script that cannot be built
 */
export const readDifferences = async (project: Project, tenant: Tenant): Promise<Difference[]> => {
  const differences: Difference[] = [];
  for (const tokenType of tokenTypes) {
    const wanted = await wantedOf(project, tenant.settings, tokenType, tenant.release);
    if (wanted !== undefined) differences.push(await differenceOf(tenant, wanted));
  }
  return differences;
};

/**
 * Compares a plan with the tenant.
 *
 * @throws {ConfigError} if the plan was not made for this tenant with this client secret
 * @throws {RefusedPushError} if the tenant or the value of a variable is not what it was when the plan was made
 */
export const readPlanned = async (planned: PlannedTenant, tenant: Tenant): Promise<Difference[]> => {
  const { settings, endpoint, release } = tenant;
  const { name, clientSecret } = settings;
  const again = 'Make the plan again with diff --out.';
  const opened = openPlan(name, planned, { endpoint, clientSecret }, (tokenType, names) =>
    variablesOf(settings, tokenType, names),
  );
  if (planned.release !== release)
    throw new RefusedPushError(
      `The plan is for Logto ${planned.release}, and the tenant is ${release}. ${again}`,
    );
  const differences: Difference[] = [];
  for (const { read: before, wanted } of opened) {
    const difference = await differenceOf(tenant, wanted);
    const isDone = difference.change.kind === 'none';
    if (!isDone && digest(clientSecret, difference.stored.customizer) !== before)
      throw new RefusedPushError(
        `The ${wanted.tokenType} customizer has changed since the plan was made. ${again}`,
      );
    differences.push(difference);
  }
  return differences;
};

/** The sources of the scripts, which people read beside a diff: what is in them is no secret there. */
export const sourcesOf = (differences: readonly Difference[]): string =>
  differences.map(({ wanted }) => wanted.source?.text ?? '').join('\n');
