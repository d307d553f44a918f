import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Counts } from './tenant-server.ts';

export interface Tenant {
  url: string;
  /** Returns the number of requests of each kind since the last call. */
  takeCounts(): Promise<Counts>;
  close(): Promise<void>;
}

/** A server in a separate process: one that echoes writes, or the package's mock. */
export const startTenant = async (kind: 'echo' | 'mock'): Promise<Tenant> => {
  const file = fileURLToPath(new URL('./tenant-server.ts', import.meta.url));
  const child = fork(file, kind === 'mock' ? ['--mock'] : []);
  const exited = once(child, 'exit');
  const message = async (): Promise<unknown> => {
    const [message] = await Promise.race([
      once(child, 'message'),
      exited.then(() => {
        throw new Error('the server of the benchmark ended');
      }),
    ]);
    return message;
  };
  const { url } = (await message()) as { url: string };
  return {
    url,
    takeCounts: async () => {
      const counts = message();
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
