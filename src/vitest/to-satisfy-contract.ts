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

/** @throws {TypeError} for an unknown operation or token type */
const checkArguments = (operationId: unknown, tokenType: unknown): void => {
  if (!Object.hasOwn(operationsById, String(operationId)))
    throw new TypeError(
      `unknown operation ${String(operationId)}; the document has ${Object.keys(operationsById).join(', ')}`,
    );
  if (tokenType !== undefined && !isTokenType(tokenType))
    throw new TypeError(`unknown token type ${String(tokenType)}; expected ${tokenTypes.join(' or ')}`);
};

/** Formats the findings, grouped by rule. */
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
  const subject = `the response ${exchange.status} to ${asked}`;
  return findings.length === 0
    ? { pass: true, message: () => `expected ${subject} not to satisfy the contract, but it does` }
    : { pass: false, message: () => explain(subject, operationId, exchange, findings) };
};

/**
 * The matcher. It returns a promise, since it reads the body.
 *
 * @throws {TypeError} for an unknown operation or token type, for a value that is not a response, for a response that was
 * already read, and inside another matcher, which cannot wait
 */
export function toSatisfyContract(
  this: object,
  received: unknown,
  operationId: OperationId,
  tokenType?: TokenType,
): ReturnType<typeof validate> {
  // `expect.toSatisfyContract()` has neither, and vitest would treat the promise as a pass. Vitest 3 has only the first.
  if (!('promise' in this || 'assertion' in this))
    throw new TypeError(
      'toSatisfyContract cannot be used inside another matcher: write await expect(response).toSatisfyContract(…)',
    );
  checkArguments(operationId, tokenType);
  return validate(received, operationId, tokenType);
}
