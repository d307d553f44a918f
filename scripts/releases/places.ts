/** Where in the document a place of a body is described. */
import { schemas } from '../../contracts/differential/check.ts';
import { isObject, toPointer } from '../../src/contract/json.ts';
import type { JsonSchema } from '../../src/tenant/index.ts';

/** A schema, and the file of `spec/` that it stands in. */
interface Located {
  schema: JsonSchema;
  file: string;
  /** The file and the tag of the union that it is a variant of. */
  union?: { file: string; tag: string };
}

export interface Place {
  /** `*` in place of each index, and of each key that may be any. It ends where anything may follow. */
  pointer: string;
  /** The files in which the place is described, or the object that lacks it. */
  files: readonly string[];
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
  const told = all.filter(
    (variant) =>
      tag !== undefined && isObject(value) && variant.schema.properties?.[tag]?.const === value[tag],
  );
  return told.length > 0 ? told : all;
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
 * @param path - into the body
 * @param isTag - whether it is about which variant of a union the value is: then the union is what describes it
 */
export const placeOf = (
  root: JsonSchema,
  body: unknown,
  path: readonly (string | number)[],
  isTag = false,
): Place => {
  let value = body;
  let located = expand({ schema: root, file: 'openapi.yaml' }, value);
  let files = located;
  const tokens: string[] = [];
  for (const key of path) {
    const next = step(located, String(key));
    tokens.push(next.token);
    files = next.known.length > 0 ? next.known : located;
    value = (value as Record<string | number, unknown> | null | undefined)?.[key];
    located = next.known.flatMap((known) => expand(known, value));
    if (located.length === 0 || located.some(isOpen)) break;
  }
  const last = tokens.at(-1);
  const named = files.map(({ file, union }) =>
    isTag && union !== undefined && union.tag === last ? union.file : file,
  );
  return { pointer: toPointer(tokens), files: [...new Set(named)], schema: located[0]?.schema };
};
