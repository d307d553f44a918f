import { printable } from '../client/printable.ts';
import type { Case } from './case.ts';
import { ruleOf } from './cases.ts';
import { curlOf } from './curl.ts';
import type { Exchange, Finding } from './exchange.ts';
import { mapTexts } from './json.ts';
import { validate } from './validate.ts';

const indented = (text: string): string => text.replaceAll('\n', '\n    ');

const givenOf = ({ given }: Case): string =>
  Object.entries(given)
    .map(([tokenType, customizer]) => `${tokenType} (${Object.keys(customizer).join(', ')})`)
    .join(' and ') || 'no customizer';

/** How many findings of one exchange a person reads: a response of 160 kB can have 10,000s. */
export const mostFindings = 100;

/** Why a response breaks the contract, as a person reads it in every report. */
const explain = (contract: Case, exchange: Exchange, findings: readonly Finding[]): string =>
  [
    contract.name,
    `  rule       ${contract.rule}: ${ruleOf(contract.rule)?.title}`,
    `  given      ${givenOf(contract)}`,
    '  request',
    `    ${indented(curlOf(contract))}`,
    '  findings',
    ...findings.slice(0, mostFindings).map(({ check, message }) => `    ${check}: ${indented(message)}`),
    ...(findings.length > mostFindings ? [`    and ${findings.length - mostFindings} more`] : []),
    `  request id ${exchange.headers['logto-core-request-id'] ?? 'none'}`,
    `  explained by: logto-jwt-customizer rules ${contract.rule}`,
  ].join('\n');

/** A response that breaks the contract. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
  readonly findings: readonly Finding[];

  constructor(contract: Case, exchange: Exchange, findings: readonly Finding[]) {
    super(printable(explain(contract, exchange, findings)));
    // vitest prints what hangs on an error, too.
    this.findings = mapTexts(findings.slice(0, mostFindings), printable);
  }
}

/**
 * @param findings What is wrong with the response; by default, all that is not what the document and the case say.
 * @throws {ContractError} when there is a finding.
 */
export const assertConforms = (
  contract: Case,
  exchange: Exchange,
  findings: readonly Finding[] = validate(contract, exchange),
): void => {
  if (findings.length > 0) throw new ContractError(contract, exchange, findings);
};
