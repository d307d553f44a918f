import type { TokenType } from '../../generated/types.d.ts';
import { isTokenType, tokenTypes } from '../client/call/engine.ts';
import {
  type Exchange,
  type Finding,
  type OperationId,
  operationsById,
  ruleOf,
  validateByDocument,
} from '../contract/index.ts';
import { readExchange } from './read-response.ts';
import { ruleOfFinding } from './rule-of.ts';

/** @throws {TypeError} for an operation or a token type that there is not */
const checkArguments = (operationId: unknown, tokenType: unknown): void => {
  if (!Object.hasOwn(operationsById, String(operationId)))
    throw new TypeError(
      `the document has no operation ${String(operationId)}; it has ${Object.keys(operationsById).join(', ')}`,
    );
  if (tokenType !== undefined && !isTokenType(tokenType))
    throw new TypeError(`there is no token type ${String(tokenType)}; there are ${tokenTypes.join(' and ')}`);
};

/** The findings, those about the same rule together, as a person reads them. */
const explain = (
  subject: string,
  operation: OperationId,
  { status, headers }: Omit<Exchange, 'after'>,
  findings: readonly Finding[],
): string => {
  const documented = Object.keys(operationsById[operation].object.responses).join(', ');
  const ruled = findings.map((finding) => ({
    code: ruleOfFinding(operation, status, finding),
    line: `  ${finding.check}: ${finding.message}${finding.check === 'status' ? `, but ${documented}` : ''}`,
  }));
  return [
    `expected ${subject} to satisfy the contract`,
    ...[...new Set(ruled.map(({ code }) => code))].flatMap((code) => [
      ...ruled.filter((finding) => finding.code === code).map(({ line }) => line),
      `    rule ${code}: ${ruleOf(code)?.title}`,
      `    explained by: npx logto-jwt-customizer rules ${code}`,
    ]),
    `  request id ${headers['logto-core-request-id'] ?? 'none'}`,
  ].join('\n');
};

const validate = async (received: unknown, operationId: OperationId, tokenType: TokenType | undefined) => {
  const exchange = await readExchange(received);
  const findings = validateByDocument({ operation: operationId, tokenType }, exchange);
  const asked = tokenType === undefined ? operationId : `${operationId} for ${tokenType}`;
  const subject = `the answer ${exchange.status} to ${asked}`;
  return findings.length === 0
    ? { pass: true, message: () => `expected ${subject} not to satisfy the contract, and it does` }
    : { pass: false, message: () => explain(subject, operationId, exchange, findings) };
};

/**
 * The matcher. A body is read in time, so it answers a promise.
 *
 * @throws {TypeError} for an operation or a token type that there is not, for what is no answer, a response that was
 * read before, and when it is used inside another matcher, which cannot wait
 */
export function toSatisfyContract(
  this: object,
  received: unknown,
  operationId: OperationId,
  tokenType?: TokenType,
): ReturnType<typeof validate> {
  // `expect.toSatisfyContract()`, which has neither: vitest would take the promise for a verdict. Vitest 3 has the first.
  if (!('promise' in this || 'assertion' in this))
    throw new TypeError(
      'toSatisfyContract cannot stand inside another matcher: write await expect(response).toSatisfyContract(…)',
    );
  checkArguments(operationId, tokenType);
  return validate(received, operationId, tokenType);
}
