import type { TokenType } from '../../generated/types.d.ts';
import { marker } from '../session/index.ts';
import type { Case, Customizers } from './case.ts';
import { operationsById } from './document.ts';
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

/** A case's form with what stands in it for the credentials of an application, and for the resource. */
export const filledForm = (
  form: Readonly<Record<string, string>>,
  { id, secret, resource }: { id: string; secret: string; resource: string },
): Record<string, string> => {
  const values = new Map([
    ['<id>', id],
    ['<id without role>', id],
    ['<secret>', secret],
    ['<resource>', resource],
  ]);
  return Object.fromEntries(Object.entries(form).map(([key, value]) => [key, values.get(value) ?? value]));
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

/**
 * The same script, kept as a comment of one that adds no claim. A tenant's tokens change the moment a script is
 * stored, so a live tenant only ever gets these. A script that does not name `getCustomJwtClaims` adds no claim as
 * it stands (recording "test: no entry function"; tokens are issued without claims) and stays what it is.
 */
export const inertScript = (script: string): string =>
  script.includes('getCustomJwtClaims')
    ? `const getCustomJwtClaims = async () => ({});\n/* ${marker}, so that no token changes:\n${script.replaceAll('*/', '* /')}\n*/\n`
    : script;

const inertCustomizer = (customizer: Json): Json =>
  isObject(customizer) && typeof customizer['script'] === 'string'
    ? { ...customizer, script: inertScript(customizer['script']) }
    : customizer;

/**
 * The case with every script that it would store made inert, and without the document's example where that shows
 * the script as it was. Scripts for `POST /test` stay: it stores nothing.
 */
export const inert = (original: Case): Case => {
  const { given, request, expect } = original;
  const { example, ...rest } = expect;
  const isStored = ['UpdateJwtCustomizer', 'UpsertJwtCustomizer'].includes(request.operation);
  const givenInert = Object.entries(given).map(([type, customizer]) => [type, inertCustomizer(customizer)]);
  return {
    ...original,
    expect: expect.body !== undefined && example !== undefined ? rest : expect,
    given: Object.fromEntries(givenInert) as Customizers,
    request:
      isStored && request.body !== undefined ? { ...request, body: inertCustomizer(request.body) } : request,
  };
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
