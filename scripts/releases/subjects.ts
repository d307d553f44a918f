import { readFileSync } from 'node:fs';
import { type Subject, schemas } from '../../contracts/guards/subjects.ts';
import { toPointer, valueAt } from '../../src/contract/json.ts';
import { newest } from '../../src/mock/document.ts';
import {
  type BodyGuard,
  type BodyGuards,
  guardsOfRelease,
  type JsonSchema,
  type JsonSchemas,
} from '../../src/tenant/index.ts';
import type { Described } from './guards.ts';
import { type Probe, probesOf } from './probes.ts';

/** Our document for a release. */
export const documentGuardsOf = (release: string): BodyGuards =>
  guardsOfRelease(release, schemas as JsonSchemas);

/** Our document for the newest release. */
export const documentGuards = documentGuardsOf(newest);

/** The JSON Schema of a release's guards for the body. */
export const describedOf = (described: Described, { tokenType, body }: Subject): JsonSchema => {
  if (body === 'customizer') return described[tokenType];
  const variants = described.testRequest.anyOf ?? [];
  return (
    variants.find(({ properties }) => properties?.['tokenType']?.const === tokenType) ?? described.testRequest
  );
};

export type Verdict = 'accepted' | 'dropped' | 'refused';

/** A field of a body, or one of its possible values. */
export interface Entry {
  pointer: string;
  value?: string;
  isList: boolean;
  /** More than one if several variants of a union have it. */
  probes: readonly Probe[];
}

/** The fields and values of a body, in the document's order. */
export const entriesOf = ({ schema }: Subject): Entry[] => {
  const probes = probesOf({ $ref: `#/components/schemas/${schema}` }, schemas as Record<string, JsonSchema>);
  const entries = new Map<string, Entry>();
  for (const probe of probes) {
    const { pointer, value, isList } = probe;
    const name = JSON.stringify([pointer, value]);
    const others = entries.get(name)?.probes ?? [];
    entries.set(name, { pointer, ...(value !== undefined && { value }), isList, probes: [...others, probe] });
  }
  return [...entries.values()];
};

const order: readonly Verdict[] = ['accepted', 'dropped', 'refused'];

/** How a guard treats a field: the best verdict of the variants that have it. */
export const verdictOf = (guard: BodyGuard, { probes }: Entry): Verdict => {
  const verdicts = probes.map(({ body, path }): Verdict => {
    const result = guard(structuredClone(body));
    if (!result.success) return 'refused';
    return valueAt(result.data, toPointer(path)) === undefined ? 'dropped' : 'accepted';
  });
  return order.find((verdict) => verdicts.includes(verdict)) ?? 'refused';
};

/** The verdict of all releases, or the releases that changed it. */
export type Verdicts = Verdict | Readonly<Record<string, Verdict>>;

export const toVerdicts = (
  byRelease: readonly (readonly [release: string, verdict: Verdict])[],
): Verdicts => {
  const changes = byRelease.filter(([, verdict], index) => byRelease[index - 1]?.[1] !== verdict);
  const [first, ...others] = changes;
  return first !== undefined && others.length === 0 ? first[1] : Object.fromEntries(changes);
};

/** No package has the guards of this release; `contracts/recordings/` has the responses of a tenant. */
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

/** An older tenant writes a literal as the `format` of a string. */
const known = (variant: JsonSchema): Set<string> =>
  new Set(probesOf(variant).map(({ pointer, value }) => JSON.stringify([pointer, value])));
const knownOf = { 'access-token': known(accessToken), 'client-credentials': known(clientCredentials) };

/**
 * @returns whether the tenant's document has it; `undefined` where that document is silent: test requests, single values
 * of a literal, and the fields of an object that it does not list
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

/** Whether the recording confirms the verdict. */
export const isBorneOut = (verdict: Verdict, recorded: boolean | undefined): boolean =>
  recorded === undefined || (verdict === 'accepted') === recorded;
