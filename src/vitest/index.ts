/** For tests with vitest: a mock tenant for each test, and a matcher, which importing this module registers. */
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
    /** Where `expect` of vitest 3, 4 and 5 looks for matchers. Their own `Matchers` differ in type parameters. */
    interface Assertion {
      /**
       * Whether a response matches the OpenAPI document: the operation documents its status, and content type, headers
       * and body are those of that status. A failure shows the JSON Pointer and the rule. Returns a promise, which you
       * must await.
       *
       * Accepts a `Response` (only a clone is read), the result of the client's `withResponse()`, or
       * `{ status, headers, body }`.
       *
       * @param operationId - `operationId` in the document, for example `UpdateJwtCustomizer`
       * @param tokenType - the token type of the customizer in the response; if omitted, either variant passes
       */
      toSatisfyContract(operationId: OperationId, tokenType?: TokenType): Promise<void>;
    }
  }
}

expect.extend({ toSatisfyContract });
