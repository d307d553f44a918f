import type { TokenType } from '../../generated/types.d.ts';
import type { Case, Customizers } from './case.ts';
import { operationsById } from './document.ts';
import { inert } from './inert.ts';
import { isObject, type Json, without } from './json.ts';

/** The keys of the list, in its order (recording "list: both"). */
const listKeys = { 'access-token': 'jwt.accessToken', 'client-credentials': 'jwt.clientCredentials' };

/** The body that a case sends as JSON, `bytes` written out. */
export const bodyOf = ({ request }: Pick<Case, 'request'>): Json | undefined =>
  request.bytes === undefined
    ? request.body
    : { script: 'x'.repeat(request.bytes - JSON.stringify({ script: '' }).length) };

/** The request of a case as it is sent, credentials and form aside. */
export const wireOf = (contract: Pick<Case, 'request'>) => {
  const { request } = contract;
  const operation = operationsById[request.operation];
  const body = bodyOf(contract);
  return {
    method: request.method ?? operation.method,
    path: operation.path.replace('{tokenTypePath}', encodeURIComponent(request.tokenType ?? '')),
    body,
    text: request.raw ?? (body === undefined ? undefined : JSON.stringify(body)),
  };
};

/** What a case's rule says of the response's body and of what is stored afterwards. */
export const expectedOf = (contract: Case): { body: Json | undefined; after: Customizers } => {
  const { given, request, expect } = contract;
  const tokenType = request.tokenType as TokenType;
  const stored = given[tokenType];
  const sent = without(bodyOf(contract) ?? {}, expect.drops ?? []);
  switch (expect.body) {
    case 'merged': {
      const body = { ...stored, ...(isObject(sent) ? sent : {}) };
      return { body, after: { ...given, [tokenType]: body } };
    }
    case 'replaced':
      return { body: sent, after: { ...given, [tokenType]: sent as { [field: string]: Json } } };
    case 'stored':
      return { body: stored as Json, after: given };
    case 'list':
      return {
        body: Object.entries(listKeys).flatMap(([type, key]) => {
          const value = given[type as TokenType];
          return value === undefined ? [] : [{ key, value }];
        }),
        after: given,
      };
    case 'deleted': {
      const { [tokenType]: _, ...after } = given;
      return { body: '', after };
    }
    default:
      return { body: undefined, after: given };
  }
};

/** Everything that cases store on a live tenant. */
export const storedBy = (cases: readonly Case[], asWritten: boolean): Json[] =>
  cases
    .map((contract) => (asWritten ? contract : inert(contract)))
    .flatMap((contract) => [
      ...Object.values(contract.given),
      ...Object.values(expectedOf(contract).after),
      bodyOf(contract) ?? null,
    ]);
