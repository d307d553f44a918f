import { isObject, type Json } from '../contract/json.ts';

export type JsonObject = { [key: string]: Json };

const sorted = (values: readonly Json[]): Json[] =>
  [...new Set(values.map((value) => JSON.stringify(value)))].sort().map((text) => JSON.parse(text));

const typesOf = ({ type, enum: values }: JsonObject): Json[] =>
  type === undefined && Array.isArray(values)
    ? values.map((value) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value))
    : [type ?? []].flat();

/** The literals of an object's fields, two levels deep: `tokenSample.kind` is `AccessToken`. */
const literalsOf = ({ properties }: JsonObject, above = ''): [string, string][] =>
  Object.entries(properties ?? {}).flatMap(([name, field]): [string, string][] => {
    const { enum: values } = Object(field) as JsonObject;
    if (Array.isArray(values) && values.length === 1) return [[above + name, `${above}${name}=${values[0]}`]];
    return isObject(field) && above === '' ? literalsOf(field, `${name}.`) : [];
  });

/** What distinguishes the variants: the literals of one field, preferably an outer one. */
const kindsOf = (variants: readonly JsonObject[]): string[] | undefined => {
  const all = variants.map((variant) => new Map(literalsOf(variant)));
  const names = [...(all[0]?.keys() ?? [])].sort();
  return [...names.filter((name) => !name.includes('.')), ...names]
    .map((name) => all.flatMap((literals) => literals.get(name) ?? []))
    .find((kinds) => new Set(kinds).size === variants.length);
};

/**
 * Rewrites variants as `$defs` by kind and an `enum` of the kinds, so that Redocly compares each with its counterpart and
 * classifies it by direction. Variants of different types become one schema, since each keyword concerns one type.
 */
const withoutUnion = (schema: JsonObject): JsonObject => {
  const keyword = ['allOf', 'anyOf', 'oneOf'].find((key) => Array.isArray(schema[key])) ?? '';
  const { [keyword]: members, ...rest } = schema;
  const all = Array.isArray(members) ? members.filter(isObject) : [];
  const variants = all.filter(({ type }) => keyword === 'allOf' || String(type) !== 'null');
  const beside = { ...rest, ...(variants.length < all.length && { nullable: true }) };
  const [first = {}] = variants;
  if (variants.length === 1 && Object.keys(rest).every((key) => !(key in first)))
    return { ...first, ...beside };
  if (keyword === 'allOf' || variants.length < 2) return schema;
  const types = variants.flatMap(typesOf);
  const differ = new Set(types).size === types.length && Object.keys(rest).length === 0;
  if (differ && variants.every((variant) => 'type' in variant && !('enum' in variant)))
    return Object.assign({}, ...variants, beside, { type: types });
  const kinds = kindsOf(variants);
  if (kinds === undefined) return schema;
  const byKind = Object.fromEntries(variants.map((variant, index) => [kinds[index], variant]));
  return { ...beside, type: types, enum: kinds, $defs: byKind };
};

/** Whether a schema allows anything, and can be omitted. */
const isOpen = (schema: Json | undefined = true): boolean =>
  schema === true || (isObject(schema) && /^(unevaluatedProperties)?$/.test(Object.keys(schema).join()));

/**
 * Normalizes a schema whose inner schemas are already normalized: a literal becomes an `enum` of one (Logto 1.28 to 1.43
 * write `format: "\"AccessToken\""`), null becomes a type, and each `enum` gets its types.
 */
export const spell = (schema: JsonObject): JsonObject => {
  const { const: literal, nullable, required, additionalProperties, format, ...rest } = withoutUnion(schema);
  const only = /^"(.*)"$/.exec(typeof format === 'string' ? format : '')?.[1] ?? literal;
  const {
    enum: values,
    type,
    ...kept
  }: JsonObject = { ...rest, ...(only !== undefined && { enum: [only] }) };
  const given = typesOf({ type: type as Json, enum: values as Json });
  const types = sorted(nullable === true && given.length > 0 ? [...given, 'null'] : given);
  const named = Array.isArray(values) ? sorted(values.filter((value) => value !== null)) : [];
  return {
    ...(types.includes('object') && { properties: {} }),
    ...kept,
    ...(types.length > 0 && { type: types }),
    ...(named.length > 0 && { enum: named }),
    ...(format !== undefined && (only === undefined || literal !== undefined) && { format }),
    ...(Array.isArray(required)
      ? required.length > 0 && { required: sorted(required) }
      : required && { required }),
    ...(!isOpen(additionalProperties) && { additionalProperties: additionalProperties as Json }),
  };
};
