/**
 * How much `ifUnchanged` lets through: `node bench/if-unchanged-gap.ts [--writes 400] [--pause 8]`. A tenant compares
 * nothing when it writes, so what somebody else writes between the client's read and the tenant's write can be lost.
 * Each of so many calls meets one foreign write, of another field, at a random moment; what became of it is counted.
 * `--pause` is how many milliseconds the tenant takes between its own read and its write: a real one takes about 8 ms
 * for a PATCH.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createConformingTenant, serve } from '../contracts/conforming/index.ts';
import {
  type ConflictError,
  createJwtCustomizerClient,
  type JwtCustomizerClient,
} from '../src/client/index.ts';

const path = '/api/configs/jwt-customizer/access-token';
const before = { script: '// before' };
const ours = { script: '// ours' };
const theirs = { script: '// before', environmentVariables: { BY: 'somebody else' } };

const { values } = parseArgs({
  options: { writes: { type: 'string', default: '400' }, pause: { type: 'string', default: '8' } },
});
const [writes, pause] = [Number(values.writes), Number(values.pause)];

type Call = (client: JwtCustomizerClient) => Promise<unknown>;
const calls: Record<string, Call> = {
  put: (client) => client.put('access-token', ours, { ifUnchanged: before }),
  update: (client) => client.update('access-token', ours, { ifUnchanged: before }),
};

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

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
  const answer = await next();
  if (method === 'GET') readAt = performance.now();
  else gap = performance.now() - readAt;
  return answer;
});
const { id: clientId, secret: clientSecret } = tenant.clients.withRole;
const client = createJwtCustomizerClient({ endpoint: served.url, clientId, clientSecret });
const headers = {
  authorization: `Bearer ${tenant.tokens.issue(['all'])}`,
  'content-type': 'application/json',
};

/** What somebody else writes, without a pause: its moment is what counts. */
const writeAsOther = async (customizer: object): Promise<void> => {
  isOther = true;
  const written = tenant.handle({ method: 'PUT', path, headers, body: JSON.stringify(customizer) });
  isOther = false;
  await written;
};

/** Milliseconds of an undisturbed call, and of its gap. */
const measure = async (call: Call): Promise<{ call: number; gap: number }> => {
  const took: number[] = [];
  const gaps: number[] = [];
  for (let run = 0; run < 60; run += 1) {
    await writeAsOther(before);
    const start = performance.now();
    await call(client);
    took.push(performance.now() - start);
    gaps.push(gap);
  }
  return { call: median(took), gap: median(gaps) };
};

const meet = async (call: Call, span: number) => {
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
    const isThere = tenant.customizers['access-token']?.['environmentVariables'] !== undefined;
    if (error !== undefined) counts[error.holdsSent ? 'noticed' : 'refused'] += 1;
    else counts[isThere ? 'after' : 'lost'] += 1;
  }
  return counts;
};

console.log(`A tenant that takes ${pause} ms between its read and its write; ${writes} foreign writes of another field at
random moments of as many calls.
  refused  it came before the client's read: ConflictError, nothing is lost
  noticed  the answer of the write shows it: ConflictError, both are stored
  lost     it came before the tenant's write, and nothing shows it
  after    it came after the tenant's write: it is stored
`);
for (const [name, call] of Object.entries(calls)) {
  await measure(call);
  const undisturbed = await measure(call);
  const { refused, noticed, lost, after } = await meet(call, undisturbed.call);
  const share = Math.round((100 * undisturbed.gap) / undisturbed.call);
  console.log(
    `${name.padEnd(6)}  refused ${refused}, noticed ${noticed}, lost ${lost}, after ${after}; the gap is ` +
      `${undisturbed.gap.toFixed(1)} ms of ${undisturbed.call.toFixed(1)} ms (medians), ${share} %`,
  );
}
await served.close();
