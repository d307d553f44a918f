/**
 * Runs the client against every fault and every ambiguous write: `npm run client:faults --
 * [--only TEXT]`. Prints both tables; exits with 1 if the client behaves differently.
 */
import { cells } from '../contracts/faults/ambiguous/cells.ts';
import { faultGroups } from '../contracts/faults/catalogue/index.ts';
import { proofs } from '../contracts/faults/handlings/proofs.ts';
import * as client from '../src/client/index.ts';
import * as raw from '../src/client/raw.ts';
import { readOptions, usageError } from './options.ts';

const usage = `Options:
  --only TEXT  only faults whose name or handling contains TEXT`;

/** The real milliseconds within which a run must make progress. */
const patience = 10_000;

const { only } = readOptions({ only: { type: 'string' } }, usage);
const chosen = proofs.filter(
  ({ name, handling }) => only === undefined || name.includes(only) || handling.includes(only),
);
if (chosen.length === 0) usageError(`no name or handling of a fault contains "${only}"`, usage);

let wrong = 0;
for (const proof of chosen) {
  const findings = await proof.run({ ...client, ...raw }, patience);
  console.log(`${findings.length === 0 ? 'pass' : 'FAIL'}  ${proof.name}`);
  console.log(`      ${proof.ends} · ${proof.requests} · ${proof.handling}`);
  for (const finding of findings) console.error(`      ${finding}`);
  if (findings.length > 0) wrong += 1;
}
const faults = faultGroups.flatMap((group) => group.faults).length;
console.log(`${chosen.length} of ${faults} faults and ${cells.length} ambiguous writes, ${wrong} failed`);
if (wrong > 0) process.exitCode = 1;
