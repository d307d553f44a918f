/** In what two guards disagree about one body, and where in the document that place of it is described. */
import { schemas } from '../../contracts/guards/subjects.ts';
import { differences, isObject, parsePointer, toPointer, valueAt } from '../../src/contract/json.ts';
import type { BodyGuard, JsonSchema, ZodIssue } from '../../src/tenant/index.ts';

/** A schema, and the file of `spec/` that it stands in. */
interface Located {
  schema: JsonSchema;
  file: string;
  /** The file and the tag of the union that it is a variant of. */
  union?: { file: string; tag: string };
}

export interface Place {
  /** `*` in place of each index, and of each key that may be any. It ends where anything may follow for one of the two. */
  pointer: string;
  /** The files of the objects that name the place, or lack it; of a tag, that of the union. */
  files: readonly string[];
  /** The files that say what may stand in the place. */
  own: readonly string[];
  /** What is said of it; nothing of a place that the schema does not know. */
  schema: JsonSchema | undefined;
}

const fileOf = (name: string): string => `spec/schemas/${name}.yaml`;

/** A schema as all that it can be: what it points to, and each variant that the value may be of. */
const expand = (located: Located, value: unknown): Located[] => {
  const { schema, file } = located;
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return expand({ ...located, schema: (schemas[name] ?? {}) as JsonSchema, file: fileOf(name) }, value);
  }
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants === undefined) return [located];
  const tag = schema.discriminator?.propertyName;
  const all = variants.flatMap((variant) =>
    expand({ schema: variant, file, ...(tag && { union: { file, tag } }) }, value),
  );
  const told = all.filter((variant) => isTold(variant, value));
  return told.length > 0 ? told : all;
};

/** Whether the value says by its literals that it is of this variant. */
const isTold = ({ schema }: Located, value: unknown): boolean => {
  const literals = Object.entries(schema.properties ?? {}).filter(([, field]) => field.const !== undefined);
  return (
    isObject(value) && literals.length > 0 && literals.every(([name, field]) => field.const === value[name])
  );
};

const isOpen = ({ schema }: Located): boolean =>
  schema.type === undefined && schema.const === undefined && schema.enum === undefined;

const step = (located: readonly Located[], token: string) => {
  const known = located.flatMap(({ schema, file, union }) => {
    const property = schema.properties?.[token];
    return property === undefined ? [] : [{ schema: property, file, ...(union && { union }) }];
  });
  if (known.length > 0) return { token, known };
  const others = located.flatMap(({ schema, file }) => {
    if (schema.items !== undefined && /^\d+$/.test(token)) return [{ schema: schema.items, file }];
    const rest = schema.additionalProperties;
    return rest === undefined || rest === false ? [] : [{ schema: rest === true ? {} : rest, file }];
  });
  return { token: others.length > 0 || /^\d+$/.test(token) ? '*' : token, known: others };
};

/**
 * @param roots - the schema of the body, and others that may know what it does not, and only say where any key may stand
 * @param path - into the body
 * @param isTag - whether it is about which variant of a union the value is: then the union is what describes it
 */
export const placeOf = (
  [root, ...others]: readonly [JsonSchema, ...JsonSchema[]],
  body: unknown,
  path: readonly (string | number)[],
  isTag = false,
): Place => {
  const start = (schema: JsonSchema) => expand({ schema, file: 'openapi.yaml' }, body);
  let value = body;
  let located = start(root);
  let elsewhere = others.flatMap(start);
  let files = located;
  const tokens: string[] = [];
  for (const key of path) {
    const [here, there] = [step(located, String(key)), step(elsewhere, String(key))];
    tokens.push(here.known.length > 0 ? here.token : there.token);
    if (here.known.length > 0 || located.length > 0) files = here.known.length > 0 ? here.known : located;
    value = (value as Record<string | number, unknown> | null | undefined)?.[key];
    const next = ({ known }: typeof here) => known.flatMap((one) => expand(one, value));
    [located, elsewhere] = [next(here), next(there)];
    if (located.length + elsewhere.length === 0 || located.some(isOpen)) break;
    if (elsewhere.length > 0 && elsewhere.every(isOpen)) break;
  }
  const last = tokens.at(-1);
  const named = files.map(({ file, union }) =>
    isTag && union !== undefined && union.tag === last ? union.file : file,
  );
  return {
    pointer: toPointer(tokens),
    files: [...new Set(named)],
    own: [...new Set(located.map(({ file }) => file))],
    schema: located[0]?.schema,
  };
};

/** What the release does where our document says that it does otherwise. */
export type Kind = 'refuses' | 'accepts' | 'drops' | 'keeps' | 'changes';

export interface Finding {
  kind: Kind;
  /** Where in the body. */
  path: readonly (string | number)[];
  place: Place;
  /** Of a refused body: a field that is not known there, a union's tag, or one of some values. */
  about: 'unknown field' | 'tag' | 'value' | undefined;
  /** The value or tag that it is about. */
  value: string | undefined;
  /** What the one that refuses the body says. */
  says: string | undefined;
}

const abouts: Readonly<Record<string, Finding['about']>> = {
  unrecognized_keys: 'unknown field',
  invalid_union_discriminator: 'tag',
  invalid_enum_value: 'value',
  invalid_literal: 'value',
};

type Roots = readonly [JsonSchema, ...JsonSchema[]];

const ofIssue = (issue: ZodIssue, kind: Kind, roots: Roots, body: unknown): Finding[] => {
  const about = abouts[issue.code];
  const keys = about === 'unknown field' ? (issue['keys'] as string[]) : [];
  const paths = about === 'unknown field' ? keys.map((key) => [...issue.path, key]) : [issue.path];
  const chosen = about === 'tag' || about === 'value' ? valueAt(body, toPointer(issue.path)) : undefined;
  return paths.map((path) => ({
    kind,
    path,
    place: placeOf(roots, body, path, about === 'tag'),
    about,
    value: typeof chosen === 'string' ? chosen : undefined,
    says: issue.message,
  }));
};

/**
 * @param roots - the body's schema in the document, and what else describes it
 * @returns whether the release accepts the body, and in what they disagree: nothing when both accept it and keep the
 * same of it, key order aside, or both refuse it
 */
export const compareGuards = (
  { document, release }: { document: BodyGuard; release: BodyGuard },
  roots: Roots,
  text: string,
): { accepted: boolean; findings: Finding[] } => {
  const body: unknown = JSON.parse(text);
  const [ours, theirs] = [document(body), release(body)];
  if (!theirs.success)
    return {
      accepted: false,
      findings: ours.success ? theirs.issues.flatMap((issue) => ofIssue(issue, 'refuses', roots, body)) : [],
    };
  if (!ours.success)
    return {
      accepted: true,
      findings: ours.issues.flatMap((issue) => ofIssue(issue, 'accepts', roots, body)),
    };
  const findings = differences(ours.data, theirs.data).map(({ pointer, expected, found }): Finding => {
    const path = parsePointer(pointer);
    return {
      kind: found === undefined ? 'drops' : expected === undefined ? 'keeps' : 'changes',
      path,
      place: placeOf(roots, body, path),
      about: undefined,
      value: undefined,
      says: undefined,
    };
  });
  return { accepted: true, findings };
};
