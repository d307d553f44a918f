import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  type Benchmark,
  compare,
  interleave,
  median,
  middleHalf,
  type Row,
  samplesOf,
  times,
} from './measure.ts';
import { startTenant } from './tenant.ts';
import { kinds, type ManyUpdates } from './update-many.ts';

const file = join(import.meta.dirname, 'update-many.ts');

const clients = { ours: 'ours', official: '@logto/api' } as const;
type Client = keyof typeof clients;

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

export const concurrent: Benchmark = {
  name: 'concurrent',
  title: '1,000 concurrent updates to one mock',
  run: async (isQuick) => {
    const updates = isQuick ? 50 : 1_000;
    const options = isQuick ? { rounds: 1, warmUp: 0 } : { rounds: 6, warmUp: 1 };
    const tenant = await startTenant('mock');
    const rows: Row[] = [];
    const notes = [
      `A fresh process for each run, full bodies, against the package's mock in another process; ${options.rounds} rounds. Our client sends updates of one token type one after another, because a tenant loses one of two simultaneous updates; the official client opens a connection for each.`,
    ];
    try {
      for (const kind of kinds) {
        const memory: Record<Client, number[]> = { ours: [], official: [] };
        const tokens: Record<Client, number[]> = { ours: [], official: [] };
        const faults: Record<Client, number> = { ours: 0, official: 0 };
        const turn = (client: Client) => async (): Promise<number> => {
          const { stdout } = await promisify(execFile)(process.execPath, [
            file,
            client,
            kind,
            `${updates}`,
            tenant.url,
          ]);
          const { milliseconds, bytes, failed }: ManyUpdates = JSON.parse(stdout);
          const counts = await tenant.takeCounts();
          // A thousand connections at once, which the official client opens, can be too many for a server.
          if (
            failed.length > (client === 'ours' ? 0 : updates / 10) ||
            counts.writes < updates - failed.length
          )
            throw new Error(`${clients[client]}: ${failed.length} updates failed: ${failed[0]}`);
          faults[client] += failed.length;
          memory[client].push(bytes);
          tokens[client].push(counts.tokens);
          return milliseconds;
        };
        const samples = await interleave({ ours: turn('ours'), official: turn('official') }, options);
        const { ratio, figure, spread } = compare(samples, 'ours', 'official');
        rows.push(
          {
            what: `time, ${kind}`,
            against: clients.official,
            figure,
            spread,
            target: 'at most 1 ×',
            isReached: ratio <= 1,
          },
          {
            what: `token requests, ${kind}`,
            against: `${clients.official}: ${Math.max(...tokens.official)}`,
            figure: `${Math.max(...tokens.ours)}`,
            target: '1',
            isReached: tokens.ours.every((count) => count === 1),
          },
          {
            what: `memory, ${kind}`,
            against: `${clients.official}: ${megabytes(median(memory.official))}`,
            figure: `${megabytes(median(memory.ours))}, ${times(median(memory.ours) / median(memory.official))}`,
            spread: middleHalf(memory.ours, megabytes),
          },
        );
        const milliseconds = (Object.keys(clients) as Client[]).map(
          (client) => `${clients[client]} ${median(samplesOf(samples, client)).toFixed(0)} ms`,
        );
        notes.push(
          `${kind}: ${milliseconds.join(', ')}. Updates that failed: ours ${faults.ours}, ${clients.official} ${faults.official}.`,
        );
      }
      notes.push('Memory is the peak of the process minus its memory before the first call.');
    } finally {
      await tenant.close();
    }
    return { rows, notes };
  },
};
