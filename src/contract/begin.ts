import { BroadcastChannel } from 'node:worker_threads';
import type { LastSeen } from '../session/index.ts';
import type { Begun } from './plan.ts';
import { StoppedError } from './targets/target.ts';

/** Between the thread that runs the cases and the process around it, where each hears the other. */
const name = 'logto-jwt-customizer: begin';

/**
 * Asks for leave to write to the live tenant, in the thread that runs the cases: what is stored is saved first.
 *
 * @returns what is stored, by fingerprint.
 * @throws {StoppedError} when nothing may be written.
 */
export const askToBegin = async (): Promise<LastSeen> => {
  const channel = new BroadcastChannel(name);
  const begun = await new Promise<Begun>((resolve) => {
    channel.onmessage = ({ data }) => resolve(data as Begun);
    channel.postMessage('begin');
  });
  channel.close();
  if ('refused' in begun) throw new StoppedError(begun.refused);
  return begun.lastSeen;
};

/** The other side, in the process around it: passes the question on, and what it is told. */
export const passOn = (ask: () => Promise<Begun>): { close(): void } => {
  const channel = new BroadcastChannel(name);
  channel.onmessage = () => void ask().then((begun) => channel.postMessage(begun));
  return channel;
};
