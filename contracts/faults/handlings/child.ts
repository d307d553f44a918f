/**
 * Runs proofs against one client: `node child.ts <index.ts of a client> <handling, or all> <patience>`. Prints a
 * line of JSON for each: its name and what is not as it should be. The healthy calls come first.
 */
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Fault } from '../fault.ts';
import { json, noContent } from '../http.ts';
import { judge } from '../judge.ts';
import type { ClientModule } from '../observe.ts';
import { runFault } from '../run.ts';
import {
  before,
  claims,
  deleting,
  getting,
  granted,
  holdsBefore,
  holdsOurs,
  listed,
  listing,
  ours,
  putting,
  testing,
  update,
} from '../subjects.ts';
import { proofs } from './proofs.ts';

const updated = { ...before, script: ours.script };

/** Calls to a server that does everything right. A client that fails here was not mutated but broken. */
const healthyCalls = Object.entries({
  list: listing('token GET', [listed]),
  get: getting('token GET', [holdsBefore]),
  put: putting('token PUT', [holdsOurs]),
  update: listing('token PATCH', [json(200, updated)], { call: update, expects: { value: updated } }),
  delete: deleting('token DELETE', [noContent]),
  test: testing('token POST', [json(200, claims)]),
}).map(
  ([name, row]): Fault => ({
    ...row,
    name: `A healthy server: ${name}`,
    credentials: true,
    token: [granted()],
    handling: 'none',
  }),
);

/** What `child.ts` prints. */
export interface Line {
  readonly name: string;
  readonly isHealthy: boolean;
  readonly findings: readonly string[];
}

const [path = '', handling = '', patience = ''] = process.argv.slice(2);
const entry = async (file: string): Promise<object> => import(pathToFileURL(file).href);
const module = { ...(await entry(path)), ...(await entry(join(dirname(path), 'raw.ts'))) } as ClientModule;
const print = (line: Line): void => console.log(JSON.stringify(line));

for (const call of healthyCalls) {
  const findings = judge(call, await runFault(call, module, Number(patience)));
  print({ name: call.name, isHealthy: true, findings });
}
for (const proof of proofs) {
  if (handling !== 'all' && proof.handling !== handling) continue;
  print({ name: proof.name, isHealthy: false, findings: await proof.run(module, Number(patience)) });
}
// A mutated client may leave something open.
process.exit(0);
