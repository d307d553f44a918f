/**
 * Takes from the client, one at a time, what it does about faults: `npm run client:mutants -- [--only TEXT] [--every N] [--why]`.
 * Exits with 1 when a fault or a cell of the table of ambiguous writes does not notice, or when nothing proves a handling.
 */
import { availableParallelism } from 'node:os';
import { handlings } from '../contracts/faults/handlings/handling.ts';
import { huntAll, runUnchanged } from '../contracts/faults/handlings/hunt.ts';
import { proofs } from '../contracts/faults/handlings/proofs.ts';
import { readOptions, wrongUse } from './options.ts';

const usage = `Options:
  --only TEXT  the handlings alone whose name has this text
  --every N    each N-th of them
  --why        what each proof found`;

/** Some mutants hang, and are waited for in vain: meanwhile another one runs. */
const atOnce = 2 * availableParallelism();

const {
  only = '',
  every = '1',
  why = false,
} = readOptions({ only: { type: 'string' }, every: { type: 'string' }, why: { type: 'boolean' } }, usage);
if (!/^[1-9]\d*$/.test(every)) wrongUse('--every takes a whole number from 1', usage);
const chosen = Object.keys(handlings)
  .filter((name) => name.includes(only))
  .filter((_, index) => index % Number(every) === 0);
if (chosen.length === 0) wrongUse(`no handling's name has "${only}"`, usage);

const unknown = proofs.filter(({ handling }) => !Object.hasOwn(handlings, handling));
if (unknown.length > 0) {
  console.error(unknown.map(({ name, handling }) => `${name}: no handling is called ${handling}`).join('\n'));
  process.exit(1);
}

const unchanged = await runUnchanged();
console.log(`The client as it is: ${unchanged.held} proofs hold, ${unchanged.problems.length} fail`);
if (unchanged.problems.length > 0) {
  console.error(`${unchanged.problems.join('\n')}\nThe mutants would prove nothing: this comes first.`);
  process.exit(1);
}

const verdicts = await huntAll(chosen, atOnce, ({ handling, killed, problems }) => {
  console.log(
    `${problems.length === 0 ? 'killed' : 'WRONG '}  ${handling}: ${killed.length} proofs fail without it`,
  );
  if (why) for (const { name, findings } of killed) console.log(`        ${name}: ${findings.join('; ')}`);
  for (const problem of problems) console.error(`        ${problem}`);
});
const wrong = verdicts.filter(({ problems }) => problems.length > 0);
const kills = verdicts.reduce((sum, { killed }) => sum + killed.length, 0);
console.log(
  `${verdicts.length} handlings, ${kills} proofs seen to fail without theirs, ${wrong.length} handlings wrong`,
);
if (wrong.length > 0) process.exitCode = 1;
