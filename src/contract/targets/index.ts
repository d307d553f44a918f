import { senderOf } from '../environment.ts';
import type { ContractPlan } from '../plan.ts';
import { openMock } from './mock.ts';
import { openRecordings, recordedReleases } from './recordings.ts';
import type { Target } from './target.ts';
import { openTenant } from './tenant.ts';

/** Opens the targets of a plan. Whoever opens them closes them. */
export const openTargets = async ({ targets, allowDisruptive }: ContractPlan): Promise<Target[]> => {
  const opened: Target[] = [];
  if (targets.includes('mock')) opened.push(await openMock());
  if (targets.includes('recordings')) opened.push(...recordedReleases.map(openRecordings));
  if (targets.includes('tenant'))
    opened.push(await openTenant({ sender: senderOf(process.env), allowDisruptive }));
  return opened;
};
