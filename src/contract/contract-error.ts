import type { Case } from './case.ts';
import { curlOf } from './curl.ts';
import { type Exchange, type Finding, judge } from './judge.ts';
import { ruleOf } from './rules.ts';

const indented = (text: string): string => text.replaceAll('\n', '\n    ');

const givenOf = ({ given }: Case): string =>
  Object.entries(given)
    .map(([tokenType, customizer]) => `${tokenType} (${Object.keys(customizer).join(', ')})`)
    .join(' and ') || 'no customizer';

/** Why an answer breaks the contract, as a person reads it in every report. */
const explain = (contract: Case, exchange: Exchange, findings: readonly Finding[]): string =>
  [
    `${contract.name}`,
    `  rule       ${contract.rule}: ${ruleOf(contract.rule)?.title}`,
    `  given      ${givenOf(contract)}`,
    '  request',
    `    ${indented(curlOf(contract))}`,
    '  findings',
    ...findings.map(({ check, message }) => `    ${check}: ${indented(message)}`),
    `  request id ${exchange.headers['logto-core-request-id'] ?? 'none'}`,
    `  explained by: logto-jwt-customizer rules ${contract.rule}`,
  ].join('\n');

/** An answer that breaks the contract. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
  readonly findings: readonly Finding[];

  constructor(contract: Case, exchange: Exchange, findings: readonly Finding[]) {
    super(explain(contract, exchange, findings));
    this.findings = findings;
  }
}

/**
 * @param findings What is wrong with the answer; by default, all that is not what the document and the case say.
 * @throws {ContractError} when there is a finding.
 */
export const assertConforms = (
  contract: Case,
  exchange: Exchange,
  findings: readonly Finding[] = judge(contract, exchange),
): void => {
  if (findings.length > 0) throw new ContractError(contract, exchange, findings);
};
