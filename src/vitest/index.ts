/** For tests with vitest: a tenant for each test, and a matcher, which importing this registers. */
import { expect } from 'vitest';
import type { TokenType } from '../../generated/types.d.ts';
import type { OperationId } from '../contract/index.ts';
import { toSatisfyContract } from './to-satisfy-contract.ts';

export type { OperationId } from '../contract/index.ts';
export {
  type MockTenant,
  type MockTenantFixture,
  type MockTenantOptions,
  mockTenant,
} from './mock-tenant.ts';
export type { ContractResponse, ReadResponse, ResponseParts } from './read-response.ts';

declare global {
  namespace Chai {
    /** What `expect` of vitest 3, 4 and 5 takes its matchers from. Their own `Matchers` differ in type parameters. */
    interface Assertion {
      /**
       * Whether an answer is what the document says of it: the status is one of the operation's, and content type,
       * headers and body are those of that status. A failure names the place by JSON Pointer, and the rule. To be
       * awaited.
       *
       * Takes a `Response` (a clone is read, so that it can still be read), what `withResponse()` of the client answers,
       * or `{ status, headers, body }`.
       *
       * @param operationId - `operationId` in the document, for example `UpdateJwtCustomizer`
       * @param tokenType - whose customizer was answered; without it either variant will do
       */
      toSatisfyContract(operationId: OperationId, tokenType?: TokenType): Promise<void>;
    }
  }
}

expect.extend({ toSatisfyContract });
