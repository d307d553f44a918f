/**
 * Runs proofs against one client: `node child.ts <index.ts of a client> <handling, or all> <patience>`. Prints a line
 * of JSON for each, with its name and findings. The healthy calls come first.
 */
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readGroup } from '../catalogue/index.ts';
import { judge } from '../judge.ts';
import type { ClientModule } from '../observe.ts';
import { runFault } from '../run.ts';
import { proofs } from './proofs.ts';

/** A line of the output of `child.ts`. */
export interface Line {
  readonly name: string;
  readonly isHealthy: boolean;
  readonly findings: readonly string[];
}

const [path = '', handling = '', patience = ''] = process.argv.slice(2);
const entry = async (file: string): Promise<object> => import(pathToFileURL(file).href);
const module = { ...(await entry(path)), ...(await entry(join(dirname(path), 'raw.ts'))) } as ClientModule;
const print = (line: Line): void => console.log(JSON.stringify(line));

// A client that fails here is broken rather than mutated.
for (const call of readGroup('healthy').faults) {
  const findings = judge(call, await runFault(call, module, Number(patience)));
  print({ name: call.name, isHealthy: true, findings });
}
for (const proof of proofs) {
  if (handling !== 'all' && proof.handling !== handling) continue;
  print({ name: proof.name, isHealthy: false, findings: await proof.run(module, Number(patience)) });
}
// A mutated client may leave something open.
process.exit(0);
