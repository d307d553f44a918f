/**
 * Removes the client's handlings of faults, one at a time: `npm run client:mutants -- [--only TEXT] [--every N] [--why]`.
 * Exits with 1 if a fault or an ambiguous write does not detect the removal, or if no proof covers a handling.
 */
import { availableParallelism } from 'node:os';
import { handlings } from '../contracts/faults/handlings/handling.ts';
import { huntAll, runUnchanged } from '../contracts/faults/handlings/hunt.ts';
import { proofs } from '../contracts/faults/handlings/proofs.ts';
import { readOptions, usageError } from './options.ts';

const usage = `Options:
  --only TEXT  the handlings alone whose name has this text
  --every N    each N-th of them
  --why        what each proof found`;

/** Some mutants hang until their timeout; another one runs meanwhile. */
const atOnce = 2 * availableParallelism();

const {
  only = '',
  every = '1',
  why = false,
} = readOptions({ only: { type: 'string' }, every: { type: 'string' }, why: { type: 'boolean' } }, usage);
if (!/^[1-9]\d*$/.test(every)) usageError('--every must be an integer of at least 1', usage);
const chosen = Object.keys(handlings)
  .filter((name) => name.includes(only))
  .filter((_, index) => index % Number(every) === 0);
if (chosen.length === 0) usageError(`no name of a handling contains "${only}"`, usage);

const unknown = proofs.filter(({ handling }) => !Object.hasOwn(handlings, handling));
if (unknown.length > 0) {
  console.error(unknown.map(({ name, handling }) => `${name}: there is no handling ${handling}`).join('\n'));
  process.exit(1);
}

const unchanged = await runUnchanged();
console.log(`The unchanged client: ${unchanged.held} proofs pass, ${unchanged.problems.length} fail`);
if (unchanged.problems.length > 0) {
  console.error(`${unchanged.problems.join('\n')}\nFix this first: until then, the mutants prove nothing.`);
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
  `${verdicts.length} handlings removed, ${kills} proofs failed as they should, ${wrong.length} handlings with problems`,
);
if (wrong.length > 0) process.exitCode = 1;
