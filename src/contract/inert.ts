import { marker } from '../session/index.ts';
import type { Case, Customizers } from './case.ts';
import { isObject, type Json } from './json.ts';

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
