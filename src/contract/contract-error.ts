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

/** The most findings of one exchange that are shown: a response of 160 kB can have 10,000s. */
export const mostFindings = 100;

/** Explains why a response breaks the contract, as shown in every report. */
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

/** Thrown when a response breaks the contract. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
  readonly findings: readonly Finding[];

  constructor(contract: Case, exchange: Exchange, findings: readonly Finding[]) {
    super(printable(explain(contract, exchange, findings)));
    // vitest also prints the properties of an error.
    this.findings = mapTexts(findings.slice(0, mostFindings), printable);
  }
}

/**
 * @param findings The problems of the response; by default, all its differences from the document and the case.
 * @throws {ContractError} when there are findings.
 */
export const assertConforms = (
  contract: Case,
  exchange: Exchange,
  findings: readonly Finding[] = validate(contract, exchange),
): void => {
  if (findings.length > 0) throw new ContractError(contract, exchange, findings);
};
