import type { Case } from '../case.ts';
import { ContractError } from '../contract-error.ts';
import type { Break } from './player.ts';
import { describeStep } from './step.ts';

/** What became of the failing step when it was tried again. */
export type Retried =
  /** by itself, on the same bytes: it is a case */
  | 'fails'
  /** not by itself, but the sequence breaks again */
  | 'fails in this sequence alone'
  /** neither */
  | 'passes'
  /** the tenant was tired */
  | 'undecided';

/** As it stands in a file of `contracts/cases/`. */
const asFile = ({ group: _, ...written }: Case): string => JSON.stringify([written], null, 2);

const say = (retried: Retried, contract: Case): string[] => {
  switch (retried) {
    case 'fails':
      return ['fails again. As a case, for a file of contracts/cases/:', asFile(contract)];
    case 'fails in this sequence alone':
      return ['not reproducible by itself: the same request passes. The sequence breaks again.'];
    case 'passes':
      return ['not reproducible: neither the same request nor the sequence broke again.'];
    case 'undecided':
      return ['could not be tried again: the tenant gave no clear answer.'];
  }
};

/** A sequence of requests that a tenant answered otherwise than the model of a tenant. */
export class FuzzError extends Error {
  override readonly name = 'FuzzError';
  /** The failing step, and what is stored before it, as a case. */
  readonly contract: Case;
  readonly retried: Retried;

  constructor({ contract, exchange, findings, steps }: Break, retried: Retried, summary: string) {
    const [first = '', ...lines] = say(retried, contract);
    super(
      [
        new ContractError(contract, exchange, findings).message,
        `  found by   --fuzz: ${summary}`,
        '  sequence   (each customizer put and deleted before)',
        ...steps.map((step, index) => `    ${index + 1}. ${describeStep(step)}`),
        `  again      ${first}`,
        ...lines,
      ].join('\n'),
    );
    this.contract = contract;
    this.retried = retried;
    // Where in the suite it was thrown tells nobody anything.
    this.stack = `${this.name}: ${this.message}`;
  }
}
