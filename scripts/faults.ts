/**
 * Plays every fault and every cell of the table of ambiguous writes to the client: `npm run client:faults --
 * [--only TEXT]`. Prints both tables; exits with 1 when something is not as they say.
 */
import { cells } from '../contracts/faults/ambiguous/cells.ts';
import { faultGroups } from '../contracts/faults/catalogue/index.ts';
import { proofs } from '../contracts/faults/handlings/proofs.ts';
import * as client from '../src/client/index.ts';
import * as raw from '../src/client/raw.ts';
import { readOptions, wrongUse } from './options.ts';

const usage = `Options:
  --only TEXT  those alone whose name or handling has this text`;

/** Real milliseconds in which something must move. */
const patience = 10_000;

const { only } = readOptions({ only: { type: 'string' } }, usage);
const chosen = proofs.filter(
  ({ name, handling }) => only === undefined || name.includes(only) || handling.includes(only),
);
if (chosen.length === 0) wrongUse(`no fault's name or handling has "${only}"`, usage);

let wrong = 0;
for (const proof of chosen) {
  const findings = await proof.run({ ...client, ...raw }, patience);
  console.log(`${findings.length === 0 ? 'holds' : 'WRONG'}  ${proof.name}`);
  console.log(`       ${proof.ends} · ${proof.requests} · ${proof.handling}`);
  for (const finding of findings) console.error(`       ${finding}`);
  if (findings.length > 0) wrong += 1;
}
const faults = faultGroups.flatMap((group) => group.faults).length;
console.log(
  `${chosen.length} of ${faults} faults and ${cells.length} ambiguous writes, ${wrong} not as they should be`,
);
if (wrong > 0) process.exitCode = 1;
