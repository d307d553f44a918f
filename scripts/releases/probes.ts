/** The smallest valid body for each field and value that a schema describes. */
import { isObject, type Json } from '../../src/contract/json.ts';
import type { JsonSchema } from '../../src/tenant/index.ts';

type Schema = JsonSchema & { required?: string[] };

export interface Probe {
  /** `*` for any index or key; at its end `**` for anything below. */
  pointer: string;
  /** Where in the body it is. */
  path: readonly (string | number)[];
  body: Json;
  /** One of those that an enum, a literal or a union's tag may have. */
  value?: string;
  /** Whether the field is an array. */
  isList: boolean;
}

const key = 'key';

/** @param schemas - `components.schemas` of the document that the schema is of */
export const probesOf = (start: JsonSchema, schemas: Record<string, JsonSchema> = {}): Probe[] => {
  const resolve = (schema: Schema): Schema =>
    schema.$ref === undefined ? schema : resolve(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});

  const minimal = (reference: Schema): Json => {
    const schema = resolve(reference);
    const [first] = schema.anyOf ?? schema.oneOf ?? [];
    if (first !== undefined) return minimal(first);
    if (schema.const !== undefined) return schema.const as Json;
    if (schema.enum !== undefined) return schema.enum[0] as Json;
    switch ([schema.type].flat()[0]) {
      case 'string':
        return schema.format === undefined
          ? 'x'.repeat(schema.minLength ?? 0)
          : 'https://example.com/callback';
      case 'integer':
      case 'number':
        return schema.minimum ?? 1;
      case 'boolean':
        return true;
      case 'null':
        return null;
      case 'array':
        return [];
      case 'object':
        return Object.fromEntries(
          (schema.required ?? []).map((name) => [name, minimal(schema.properties?.[name] ?? {})]),
        );
      default:
        return {};
    }
  };

  const below = (
    token: string,
    at: string | number,
    around: (value: Json) => Json,
    schema: Schema,
  ): Probe[] => [
    {
      pointer: `/${token}`,
      path: [at],
      body: around(minimal(schema)),
      isList: resolve(schema).items !== undefined,
    },
    ...visit(schema).map((probe) => ({
      ...probe,
      pointer: `/${token}${probe.pointer}`,
      path: [at, ...probe.path],
      body: around(probe.body),
    })),
  ];

  const visit = (reference: Schema): Probe[] => {
    const schema = resolve(reference);
    const { properties, additionalProperties, items, type } = schema;
    const variants = schema.anyOf ?? schema.oneOf;
    if (variants !== undefined) return variants.flatMap(visit);
    const values = schema.const === undefined ? schema.enum : [schema.const];
    if (values !== undefined)
      return values.map((value) => ({
        pointer: '',
        path: [],
        body: value as Json,
        value: String(value),
        isList: false,
      }));
    if (items !== undefined) return below('*', 0, (value) => [value], items);
    if (type !== 'object' && type !== undefined) return [];
    const base = minimal(schema);
    const within = (name: string) => (value: Json) => ({ ...(isObject(base) ? base : {}), [name]: value });
    const rest = additionalProperties ?? properties === undefined;
    return [
      ...Object.entries(properties ?? {}).flatMap(([name, property]) =>
        below(name.replaceAll('~', '~0').replaceAll('/', '~1'), name, within(name), property),
      ),
      ...(isObject(rest) && Object.keys(rest).length > 0 ? below('*', key, within(key), rest) : []),
      ...(rest === true || (isObject(rest) && Object.keys(rest).length === 0)
        ? [{ pointer: '/**', path: [key], body: within(key)('x'), isList: false }]
        : []),
    ];
  };
  return visit(start);
};
