/** The places of a schema: their pointers in the document and in a body, and the smallest body with a value there. */
import { isObject, type Json, toPointer } from '../../src/contract/json.ts';
import type { JsonSchema } from '../../src/tenant/index.ts';

export type Schema = JsonSchema & { required?: string[]; minItems?: number };
type Schemas = Readonly<Record<string, Schema>>;

export interface Place {
  /** The named schema that contains it; `''` outside named schemas. */
  schema: string;
  /** JSON Pointer into that schema. */
  pointer: string;
  node: Schema;
  /** Its path in the body: `*` for any index or key, `**` at the end for anything below. */
  tokens: readonly string[];
  /** The same, with the index and key that `embed` uses. */
  path: readonly (string | number)[];
  /** Whether it is a field, an item or any key; otherwise it restricts the value of the place before it. */
  isField: boolean;
  /** The smallest body with the value there. */
  embed(value: Json): Json;
}

const key = 'key';

export const resolve = (schemas: Schemas, node: Schema): Schema =>
  node.$ref === undefined ? node : resolve(schemas, schemas[node.$ref.split('/').at(-1) ?? ''] ?? {});

/** The smallest value that a schema accepts. */
export const smallest = (schemas: Schemas, reference: Schema): Json => {
  const node = resolve(schemas, reference);
  const [first] = node.anyOf ?? node.oneOf ?? [];
  if (first !== undefined) return smallest(schemas, first);
  if (node.const !== undefined) return node.const as Json;
  if (node.enum !== undefined) return node.enum[0] as Json;
  switch ([node.type].flat()[0]) {
    case 'string':
      return node.format === undefined ? 'x'.repeat(node.minLength ?? 0) : 'https://example.com/callback';
    case 'integer':
    case 'number':
      return node.minimum ?? 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'array':
      return Array(node.minItems ?? 0).fill(smallest(schemas, node.items ?? {}));
    default:
      return Object.fromEntries(
        (node.required ?? []).map((name) => [name, smallest(schemas, node.properties?.[name] ?? {})]),
      );
  }
};

/**
 * Every place of a schema and of the schemas that it references, in the document's order.
 *
 * @param schemas - `components.schemas` of the schema's document
 */
export const placesOf = (node: Schema, schemas: Schemas = {}, schema = ''): Place[] => {
  const from = (place: Place): Place[] => {
    const { node, path, tokens, embed } = place;
    const inside = (node: Schema, ...pointer: (string | number)[]): Place => ({
      ...place,
      node,
      pointer: place.pointer + toPointer(pointer),
      isField: false,
    });
    const below = (
      at: Place,
      token: string,
      step: string | number,
      around: (value: Json) => Json,
    ): Place => ({
      ...at,
      tokens: [...tokens, token],
      path: [...path, step],
      isField: true,
      embed: (value) => embed(around(value)),
    });
    if (node.$ref !== undefined) {
      const name = node.$ref.split('/').at(-1) ?? '';
      return [place, ...from({ ...inside(schemas[name] ?? {}), schema: name, pointer: '' })];
    }
    const branches = (['anyOf', 'oneOf'] as const).flatMap((keyword) =>
      (node[keyword] ?? []).map((branch, index) => inside(branch, keyword, index)),
    );
    if (branches.length > 0) return [place, ...branches.flatMap(from)];
    if (node.items !== undefined)
      return [place, ...from(below(inside(node.items, 'items'), '*', 0, (value) => [value]))];
    const { properties, additionalProperties: rest = properties === undefined } = node;
    if (
      node.const !== undefined ||
      node.enum !== undefined ||
      ![node.type ?? 'object'].flat().includes('object')
    )
      return [place];
    const base = smallest(schemas, { ...node, type: 'object' });
    const within = (name: string) => (value: Json) => ({ ...(isObject(base) ? base : {}), [name]: value });
    const isOpen = rest === true || (isObject(rest) && Object.keys(rest).length === 0);
    const other =
      rest !== false &&
      below(
        inside(isOpen ? {} : (rest as Schema), 'additionalProperties'),
        isOpen ? '**' : '*',
        key,
        within(key),
      );
    return [
      place,
      ...Object.entries(properties ?? {}).flatMap(([name, property]) =>
        from(below(inside(property, 'properties', name), name, name, within(name))),
      ),
      ...(other === false ? [] : isOpen ? [other] : from(other)),
    ];
  };
  return from({ schema, pointer: '', node, tokens: [], path: [], isField: false, embed: (value) => value });
};
