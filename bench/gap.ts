/** Measures how many concurrent writes `ifUnchanged` misses. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createConformingTenant, serve } from '../contracts/conforming/index.ts';
import {
  type ConflictError,
  createJwtCustomizerClient,
  type JwtCustomizerClient,
} from '../src/client/index.ts';
import { type Benchmark, median, middleHalf, type Row } from './measure.ts';

const path = '/api/configs/jwt-customizer/access-token';
const before = { script: '// before' };
const ours = { script: '// ours' };
const theirs = { script: '// before', environmentVariables: { BY: 'someone else' } };

/** Milliseconds between the tenant's own read and its write: a real one takes about 8 ms for a PATCH. */
const pauses = [8, 0];

const calls: Record<string, (client: JwtCustomizerClient) => Promise<unknown>> = {
  put: (client) => client.put('access-token', ours, { ifUnchanged: before }),
  update: (client) => client.update('access-token', ours, { ifUnchanged: before }),
};
type Call = (typeof calls)[string];

const open = async (pause: number) => {
  let isOther = false;
  const tenant = createConformingTenant({
    release: '1.43',
    pause: async () => {
      if (pause > 0 && !isOther) await sleep(pause);
    },
  });
  let readAt = 0;
  let gap = 0;
  const served = await serve(tenant, async ({ method }, next) => {
    const response = await next();
    if (method === 'GET') readAt = performance.now();
    else gap = performance.now() - readAt;
    return response;
  });
  const headers = {
    authorization: `Bearer ${tenant.tokens.issue(['all'])}`,
    'content-type': 'application/json',
  };
  return {
    client: createJwtCustomizerClient(served.credentials),
    stored: () => tenant.customizers['access-token'],
    /** Writes as someone else, without a pause, since the exact time matters. */
    writeAsOther: async (customizer: object): Promise<void> => {
      isOther = true;
      const written = tenant.handle({ method: 'PUT', path, headers, body: JSON.stringify(customizer) });
      isOther = false;
      await written;
    },
    /** Milliseconds from the response to the client's read to the tenant's write, in the last call. */
    gap: () => gap,
    close: () => served.close(),
  };
};
type Setting = Awaited<ReturnType<typeof open>>;

/** The durations of undisturbed calls and of their gaps in milliseconds. */
const measure = async ({ client, gap, writeAsOther }: Setting, call: Call, runs: number) => {
  const took: number[] = [];
  const gaps: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    await writeAsOther(before);
    const start = performance.now();
    await call(client);
    took.push(performance.now() - start);
    gaps.push(gap());
  }
  return { took, gaps };
};

/** The outcomes of writes by others, each at a random time during a call. */
const meet = async ({ client, stored, writeAsOther }: Setting, call: Call, span: number, writes: number) => {
  const counts = { refused: 0, noticed: 0, lost: 0, after: 0 };
  for (let run = 0; run < writes; run += 1) {
    await writeAsOther(before);
    const foreign = sleep(Math.random() * span).then(() => writeAsOther(theirs));
    const error = await call(client).then(
      () => undefined,
      (thrown: ConflictError) => thrown,
    );
    await foreign;
    if (error !== undefined && error.name !== 'ConflictError') throw error;
    const isThere = stored()?.['environmentVariables'] !== undefined;
    if (error !== undefined) counts[error.holdsSent ? 'noticed' : 'refused'] += 1;
    else counts[isThere ? 'after' : 'lost'] += 1;
  }
  return counts;
};

export const gap: Benchmark = {
  name: 'gap',
  title: 'What `ifUnchanged` does not prevent',
  run: async (isQuick) => {
    const writes = isQuick ? 20 : 400;
    const rows: Row[] = [];
    for (const pause of pauses) {
      const setting = await open(pause);
      try {
        for (const [name, call] of Object.entries(calls)) {
          await measure(setting, call, isQuick ? 5 : 60);
          const { took, gaps } = await measure(setting, call, isQuick ? 5 : 60);
          const shares = gaps.map(
            (milliseconds, index) => (100 * milliseconds) / (took[index] ?? Number.NaN),
          );
          const counts = await meet(setting, call, median(took), writes);
          const what = `\`${name}\`, a tenant that takes ${pause} ms between its read and its write`;
          rows.push(
            {
              what: `${what}: the gap`,
              figure: `${median(shares).toFixed(0)} % of the call`,
              spread: middleHalf(shares, (share) => `${share.toFixed(0)} %`),
            },
            {
              what: `${what}: of ${writes} writes by others`,
              figure: Object.entries(counts)
                .map(([became, count]) => `${became} ${count}`)
                .join(', '),
            },
          );
        }
      } finally {
        await setting.close();
      }
    }
    const notes = [
      "The gap is the time from the response to the client's read until the tenant's write, which compares nothing. During each call, another client writes another field at a random moment. Refused: it wrote before the client's read, and nothing is lost. Noticed: the response to our write shows the other write, and both are stored. Lost: it wrote before the tenant's write, and no response shows it. After: it wrote after the tenant's write, and its change is stored.",
    ];
    return { rows, notes };
  },
};
