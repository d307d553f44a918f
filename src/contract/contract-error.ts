import type { Case } from './case.ts';
import { type Exchange, type Finding, judge } from './judge.ts';

/** An answer that breaks the contract. Its message is what a person reads in a report. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
  readonly findings: readonly Finding[];

  constructor(contract: Case, findings: readonly Finding[]) {
    super(`${contract.name}\n${findings.map(({ check, message }) => `  ${check}: ${message}`).join('\n')}`);
    this.findings = findings;
    // Where in the suite it was thrown tells nobody anything.
    this.stack = `${this.name}: ${this.message}`;
  }
}

/** @throws {ContractError} when the answer is not what the document and the case say. */
export const assertConforms = (contract: Case, exchange: Exchange): void => {
  const findings = judge(contract, exchange);
  if (findings.length > 0) throw new ContractError(contract, findings);
};
