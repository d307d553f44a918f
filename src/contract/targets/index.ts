import { senderOf } from '../environment.ts';
import type { ContractPlan } from '../plan.ts';
import type { Target } from './target.ts';

/** Opens the targets of a plan, and loads no others: the mock is larger than all else. Whoever opens them closes them. */
export const openTargets = async ({ targets, allowDisruptive }: ContractPlan): Promise<Target[]> => {
  const opened: Target[] = [];
  if (targets.includes('mock')) opened.push(await (await import('./mock.ts')).openMock());
  if (targets.includes('recordings')) {
    const { openRecordings, recordedReleases } = await import('./recordings.ts');
    opened.push(...recordedReleases.map(openRecordings));
  }
  if (targets.includes('tenant')) {
    const { openTenant } = await import('./tenant.ts');
    opened.push(await openTenant({ sender: senderOf(process.env), allowDisruptive }));
  }
  return opened;
};
