/** Finds the differences between two guards for one body, and where the document describes each place. */
import { schemas } from '../../contracts/guards/subjects.ts';
import { differences, isObject, parsePointer, toPointer, valueAt } from '../../src/contract/json.ts';
import type { BodyGuard, JsonSchema, ZodIssue } from '../../src/tenant/index.ts';

/** A schema and its file in `spec/`. */
interface Located {
  schema: JsonSchema;
  file: string;
  /** If it is a variant, the file and the tag of its union. */
  union?: { file: string; tag: string };
}

export interface Place {
  /** With `*` for each index and arbitrary key. It ends where one of the two allows anything. */
  pointer: string;
  /** The files of the objects that have, or lack, the place; for a tag, the file of the union. */
  files: readonly string[];
  /** The files that define the value at the place. */
  own: readonly string[];
  /** Its schemas; none for a place that the schema does not have. */
  schema: JsonSchema | undefined;
}

const fileOf = (name: string): string => `spec/schemas/${name}.yaml`;

/** Resolves a schema: its reference, and each variant that the value may have. */
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
  const matching = all.filter((variant) => isMatch(variant, value));
  return matching.length > 0 ? matching : all;
};

/** Whether the literals of the value match this variant. */
const isMatch = ({ schema }: Located, value: unknown): boolean => {
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
 * @param roots - the schema of the body, and others with further fields, used only to find objects with arbitrary keys
 * @param path - into the body
 * @param isTag - whether the place is the tag of a union: then the union describes it
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

/** What the release does differently from our document. */
export type Kind = 'refuses' | 'accepts' | 'drops' | 'keeps' | 'changes';

export interface Finding {
  kind: Kind;
  /** The place in the body. */
  path: readonly (string | number)[];
  place: Place;
  /** For a refused body: an unknown field, a union's tag, or one of the allowed values. */
  about: 'unknown field' | 'tag' | 'value' | undefined;
  /** The value or tag in question. */
  value: string | undefined;
  /** The message of the one that refuses the body. */
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
 * @param roots - the body's schema in the document, and other schemas that describe it
 * @returns whether the release accepts the body, and the differences: none if both refuse it, or both accept it and keep
 * the same fields, in any order
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
