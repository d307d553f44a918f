/** Whether a tenant has what the folder declares. */

import type { Project } from './config.ts';
import { type Difference, readDifferences } from './differences.ts';
import type { TenantSettings } from './environment.ts';
import { assertVariables } from './folder.ts';
import { onTenant, undoInterrupted } from './tenant.ts';
import type { Change } from './types.ts';

/** `changed by hand`: since the last push. `absent`: the tenant has no customizer, and the folder declares one. */
export type State = 'in step' | 'differs' | 'changed by hand' | 'absent';

export interface TokenTypeStatus extends Pick<Change, 'tokenType' | 'pushed'> {
  state: State;
}

const stateOf = ({ kind, pushed }: Change): State => {
  if (kind === 'none') return 'in step';
  if (kind === 'create') return 'absent';
  return pushed?.changed ? 'changed by hand' : 'differs';
};

/** The status of each declared token type, after an interrupted push is undone. */
export const statusOf = async (
  project: Project,
  settings: TenantSettings,
  log: (line: string) => void,
): Promise<TokenTypeStatus[]> => {
  assertVariables(project, settings);
  return onTenant(settings, log, async (tenant) => {
    await undoInterrupted(tenant);
    const differences: Difference[] = await readDifferences(project, tenant);
    return differences.map(({ change }) => ({
      tokenType: change.tokenType,
      state: stateOf(change),
      ...(change.pushed && { pushed: change.pushed }),
    }));
  });
};
