import { once } from 'node:events';
import { BroadcastChannel } from 'node:worker_threads';
import type { Fingerprints } from '../../session/index.ts';
import { senderOf } from '../environment.ts';
import { type Begun, beginChannel, type ContractPlan } from '../plan.ts';
import { recordedReleases } from '../recordings/index.ts';
import { StoppedError, type Target } from './target.ts';

/**
 * Asks for permission to write to the live tenant, whose customizers are saved first.
 *
 * @returns the stored customizers, by fingerprint.
 * @throws {StoppedError} when nothing may be written.
 */
const askToBegin = async (): Promise<Fingerprints> => {
  const channel = new BroadcastChannel(beginChannel);
  const response = once(channel as unknown as EventTarget, 'message') as Promise<[{ data: Begun }]>;
  channel.postMessage('begin');
  const [{ data: begun }] = await response;
  channel.close();
  if ('refused' in begun) throw new StoppedError(begun.refused);
  return begun.lastSeen;
};

/** Opens the targets of a plan without loading the others: the mock is large. The caller closes them. */
export const openTargets = async ({ targets, allowDisruptive, record }: ContractPlan): Promise<Target[]> => {
  const opened: Target[] = [];
  if (targets.includes('prism')) opened.push(await (await import('./prism.ts')).openPrism());
  if (targets.includes('mock')) opened.push(await (await import('./mock.ts')).openMock());
  if (targets.includes('recordings')) {
    const { openRecordings } = await import('./recordings.ts');
    opened.push(...recordedReleases.map((release) => openRecordings(release)));
  }
  if (targets.includes('tenant') && record !== undefined) {
    const { openRecordedTenant } = await import('./recorded-tenant.ts');
    opened.push(await openRecordedTenant(senderOf(process.env), record, askToBegin));
  } else if (targets.includes('tenant')) {
    const { openTenant } = await import('./tenant.ts');
    opened.push(await openTenant({ sender: senderOf(process.env), allowDisruptive, begin: askToBegin }));
  }
  return opened;
};
