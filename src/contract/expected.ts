import type { TokenType } from '../../generated/types.d.ts';
import { marker } from '../session/index.ts';
import type { Case, Customizers } from './case.ts';
import { operationsById } from './document.ts';
import { isObject, type Json, without } from './json.ts';

/** The keys of the list, in order (recording "list: both"). */
const listKeys = { 'access-token': 'jwt.accessToken', 'client-credentials': 'jwt.clientCredentials' };

/** The body that a case sends as JSON, with `bytes` expanded. */
export const bodyOf = ({ request }: Pick<Case, 'request'>): Json | undefined =>
  request.bytes === undefined
    ? request.body
    : { script: 'x'.repeat(request.bytes - JSON.stringify({ script: '' }).length) };

/** The request of a case as it is sent, except for credentials and form. */
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

/** A case's form with its placeholders replaced by the credentials of an application and the resource. */
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

/** The response body and the stored customizers that a case's rule requires. */
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
 * Turns a script into one that adds no claims and keeps the original as a comment. A tenant's tokens change as soon as
 * a script is stored, so a live tenant gets only these. A script without `getCustomJwtClaims` adds no claims (recording
 * "test: no entry function"; tokens are issued without claims) and is unchanged.
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
 * The case with every script that it would store made inert, and without the document's example if that shows the
 * original script. Scripts for `POST /test` are unchanged: it stores nothing.
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

/** All customizers that cases store on a live tenant. */
export const storedBy = (cases: readonly Case[], asWritten: boolean): Json[] =>
  cases
    .map((contract) => (asWritten ? contract : inert(contract)))
    .flatMap((contract) => [
      ...Object.values(contract.given),
      ...Object.values(expectedOf(contract).after),
      bodyOf(contract) ?? null,
    ]);
