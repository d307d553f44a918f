/** Which fields the oldest release has, by the document that its tenant serves of itself. */
import { readFileSync } from 'node:fs';
import type { Subject } from '../../contracts/guards/subjects.ts';
import type { JsonSchema } from '../../src/tenant/index.ts';
import { probesOf } from './probes.ts';
import type { Entry, Verdict } from './verdicts.ts';

/** No package has its guards; `contracts/recordings/` has what a tenant of it answered. */
export const recordedRelease = '1.28';

const path = new URL(`../../contracts/recordings/logto-${recordedRelease}.openapi.json`, import.meta.url);
const { paths } = JSON.parse(readFileSync(path, 'utf8')) as {
  paths: Record<
    string,
    { get: { responses: Record<string, { content: Record<string, { schema: JsonSchema }> }> } }
  >;
};
const schema =
  paths['/api/configs/jwt-customizer/{tokenTypePath}']?.get.responses['200']?.content['application/json']
    ?.schema;
const [accessToken, clientCredentials] = schema?.oneOf ?? [];
if (accessToken === undefined || clientCredentials === undefined)
  throw new Error(`${path.pathname} has no schema of the two customizers`);

/** An older tenant spells a literal as the `format` of a string. */
const known = (variant: JsonSchema): Set<string> =>
  new Set(probesOf(variant).map(({ pointer, value }) => JSON.stringify([pointer, value])));
const knownOf = { 'access-token': known(accessToken), 'client-credentials': known(clientCredentials) };

/**
 * @returns whether the tenant's document has it; nothing for what that document leaves open: all of a request to test,
 * single values of a literal, and what is in an object of which it names no field
 */
export const isRecorded = ({ tokenType, body }: Subject, { pointer, value }: Entry): boolean | undefined => {
  if (body !== 'customizer') return undefined;
  const fields = knownOf[tokenType];
  const parents = pointer.split('/').map((_, index, tokens) => tokens.slice(0, index).join('/'));
  if (parents.some((parent) => fields.has(JSON.stringify([`${parent}/**`, undefined])))) return undefined;
  if (value === undefined) return fields.has(JSON.stringify([pointer, undefined]));
  const hasValues = [...fields].some((field) => JSON.parse(field)[0] === pointer && JSON.parse(field)[1]);
  return hasValues ? fields.has(JSON.stringify([pointer, value])) : undefined;
};

/** Whether the recording bears the verdict out. */
export const isBorneOut = (verdict: Verdict, recorded: boolean | undefined): boolean =>
  recorded === undefined || (verdict === 'accepted') === recorded;
