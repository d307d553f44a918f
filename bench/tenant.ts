import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Counts } from './tenant-server.ts';

export interface Tenant {
  url: string;
  /** How many requests of each kind came since this was last asked. */
  takeCounts(): Promise<Counts>;
  close(): Promise<void>;
}

/** A server in a process of its own: one that echoes writes, or the package's mock. */
export const startTenant = async (kind: 'echo' | 'mock'): Promise<Tenant> => {
  const file = fileURLToPath(new URL('./tenant-server.ts', import.meta.url));
  const child = fork(file, kind === 'mock' ? ['--mock'] : []);
  const exited = once(child, 'exit');
  const answer = async (): Promise<unknown> => {
    const [message] = await Promise.race([
      once(child, 'message'),
      exited.then(() => {
        throw new Error('the server to measure against ended');
      }),
    ]);
    return message;
  };
  const { url } = (await answer()) as { url: string };
  return {
    url,
    takeCounts: async () => {
      const counts = answer();
      child.send({});
      return (await counts) as Counts;
    },
    close: async () => {
      child.disconnect();
      await exited;
    },
  };
};

export const credentials = { clientId: 'bench', clientSecret: 'secret-of-the-bench' };
