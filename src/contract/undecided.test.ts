import { expect, test } from 'vitest';
import { NetworkError } from '../client/index.ts';
import { loadCases } from './cases.ts';
import { ContractError } from './contract-error.ts';
import { StoppedError, UntriedError } from './targets/target.ts';
import { undecidedReason } from './undecided.ts';

const [contract] = loadCases();
const exchange = { status: 500, headers: {}, body: '', hasAllHeaders: true, after: {} };

test('a response that breaks the contract fails its case', () => {
  expect(undecidedReason(new ContractError(contract as never, exchange, []))).toBeUndefined();
});

test.each([
  [new NetworkError('ECONNRESET', {}), /^inconclusive: .*ECONNRESET/],
  [new UntriedError('reading returned 502', 502), /^inconclusive: reading returned 502$/],
  [new StoppedError('somebody else changed access-token'), /^stopped: somebody else/],
  [new TypeError('no function'), /internal error, please report it: TypeError: no function \(at .*undecided/],
  [new SyntaxError('"a secret" is not valid JSON'), /internal error, please report it: SyntaxError \(at/],
])('%s is inconclusive', (error, reason) => {
  expect(undecidedReason(error)).toMatch(reason);
});
