/** Other ways of writing the same document. Each takes random numbers, so that it does something else every time. */
import { isObject, type Json, valueAt } from '../../src/contract/json.ts';

type JsonObject = { [key: string]: Json };

/** @returns a number from 0 up to and without 1 */
export type Random = () => number;

/** A small generator of random numbers: the same ones for the same seed. */
export const randomOf = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const shuffled = <T>(list: readonly T[], random: Random): T[] =>
  list
    .map((value) => ({ value, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);

/** Where a schema stands: `properties` holds schemas by name, `items` is one, and so on. */
const schemaMaps = ['properties', 'patternProperties'];
const schemaLists = ['allOf', 'anyOf', 'oneOf'];
const schemaPlaces = ['items', 'additionalProperties', 'schema', 'not'];

/** Every schema of a document is replaced by what `rewrite` makes of it, from the inside out. */
const eachSchema = (node: Json, rewrite: (schema: JsonObject) => Json, isSchema = false): Json => {
  if (Array.isArray(node)) return node.map((entry) => eachSchema(entry, rewrite));
  if (!isObject(node)) return node;
  const entries = Object.entries(node).map(([key, value]): [string, Json] => {
    if (['example', 'examples', 'enum', 'const', 'default', 'required'].includes(key)) return [key, value];
    if (isSchema && schemaMaps.includes(key) && isObject(value)) return [key, eachOf(value, rewrite)];
    if (key === 'schemas' && !isSchema && isObject(value)) return [key, eachOf(value, rewrite)];
    if (isSchema && schemaLists.includes(key) && Array.isArray(value))
      return [key, value.map((member) => eachSchema(member, rewrite, true))];
    return [key, eachSchema(value, rewrite, schemaPlaces.includes(key) && (isSchema || key === 'schema'))];
  });
  const result = Object.fromEntries(entries);
  return isSchema ? rewrite(result) : result;
};

const eachOf = (map: JsonObject, rewrite: (schema: JsonObject) => Json): JsonObject =>
  Object.fromEntries(Object.entries(map).map(([name, schema]) => [name, eachSchema(schema, rewrite, true)]));

const refersTo = (schema: Json): string | undefined => {
  const ref = isObject(schema) ? schema['$ref'] : undefined;
  return typeof ref === 'string' ? ref : undefined;
};

type Rewrite = (document: Json, random: Random) => Json;

const shuffleLists = new Set(['required', 'enum', 'anyOf', 'oneOf', 'allOf', 'tags']);

/** Keys, and the lists whose order says nothing. */
const reordered: Rewrite = (document, random) => {
  const walk = (node: Json, key = ''): Json => {
    if (Array.isArray(node)) {
      const entries = node.map((entry) => walk(entry));
      return shuffleLists.has(key) || (key === 'type' && random() < 0.5)
        ? shuffled(entries, random)
        : entries;
    }
    if (!isObject(node)) return node;
    return Object.fromEntries(
      shuffled(Object.entries(node), random).map(([name, value]) => [name, walk(value, name)]),
    );
  };
  return walk(document);
};

/** Null by `nullable`, by a type list, or by another member of a union. */
const nullRespelt: Rewrite = (document, random) =>
  eachSchema(document, (schema) => {
    const { type, nullable, ...rest } = schema;
    const types = [type ?? []].flat();
    const named = types.filter((name) => name !== 'null') as string[];
    if (named.length === 0 || !(nullable === true || types.includes('null'))) return schema;
    const plain: Json = { ...rest, type: named.length === 1 ? (named[0] as string) : named };
    const way = random();
    if (way < 0.25) return { ...plain, nullable: true };
    if (way < 0.5) return { ...rest, type: [...named, 'null'] };
    if (way < 0.75) return { anyOf: [plain, { type: 'null' }] };
    return { oneOf: [{ type: 'null' }, plain] };
  });

/** `const` and an `enum` of one. */
const literalRespelt: Rewrite = (document, random) =>
  eachSchema(document, (schema) => {
    const { enum: list, const: one, ...rest } = schema;
    if (random() < 0.5) return schema;
    if (one !== undefined) return { ...rest, enum: [one] };
    return Array.isArray(list) && list.length === 1 ? { ...rest, const: list[0] as Json } : schema;
  });

/** What accepts anything, said or unsaid. */
const opennessRespelt: Rewrite = (document, random) =>
  eachSchema(document, (schema) => {
    const { additionalProperties, ...rest } = schema;
    if (schema['type'] !== 'object' || (additionalProperties !== undefined && additionalProperties !== true))
      return schema;
    const way = random();
    return way < 0.4 ? rest : { ...rest, additionalProperties: way < 0.7 ? true : {} };
  });

/** A schema inside an `allOf`, alone or cut in two. */
const wrapped: Rewrite = (document, random) =>
  eachSchema(document, (schema) => {
    const way = random();
    if (way < 0.9) return schema;
    const { properties, required, ...rest } = schema;
    const isWhole = properties === undefined || rest['additionalProperties'] === false;
    if (way < 0.95 || isWhole || schema['type'] !== 'object' || schema['nullable'] === true)
      return { allOf: [schema] };
    return {
      allOf: [
        { ...rest, ...(required !== undefined && { required }) },
        { type: 'object', properties },
      ],
    };
  });

/** Some schemas become components of their own. */
const split: Rewrite = (document, random) => {
  const parts: JsonObject = {};
  const rewritten = eachSchema(document, (schema) => {
    if (random() < 0.85 || refersTo(schema) !== undefined) return schema;
    const name = `Part${Object.keys(parts).length}${Math.floor(random() * 1e9)}`;
    parts[name] = schema;
    return { $ref: `#/components/schemas/${name}` };
  }) as JsonObject;
  const components = (rewritten['components'] ?? {}) as JsonObject;
  return {
    ...rewritten,
    components: { ...components, schemas: { ...((components['schemas'] ?? {}) as JsonObject), ...parts } },
  };
};

/** Some references, or all, are replaced by what they refer to, as long as that has an end. */
const inlined: Rewrite = (document, random) => {
  const share = random() < 0.5 ? 1 : random();
  const walk = (node: Json, open: readonly string[]): Json => {
    if (Array.isArray(node)) return node.map((entry) => walk(entry, open));
    if (!isObject(node)) return node;
    const ref = refersTo(node);
    if (ref !== undefined && !open.includes(ref) && random() < share) {
      const { $ref: _, ...beside } = node;
      const target = walk(valueAt(document, ref.slice(1)) as Json, [...open, ref]);
      const says = Object.keys(beside).some((key) => !key.startsWith('x-') && key !== 'description');
      return says ? { allOf: [target, beside] } : { ...(target as JsonObject), ...beside };
    }
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, walk(value, open)]));
  };
  const { components, ...rest } = document as JsonObject;
  return { ...(walk(rest, []) as JsonObject), ...(components !== undefined && { components }) };
};

/** Sentences, examples, names that mean nothing, and extensions. */
const reworded: Rewrite = (document, random) => {
  const worded = eachSchema(document, (schema) =>
    random() < 0.8
      ? schema
      : { ...schema, title: 'T', description: `d${random()}`, example: random(), 'x-more': random() },
  ) as JsonObject;
  const paths = Object.entries(worded['paths'] as JsonObject).map(([path, item]) => {
    const operations = Object.entries(item as JsonObject).map(([method, operation]) => [
      method,
      isObject(operation)
        ? { ...operation, summary: `s${random()}`, operationId: `o${random()}`, tags: ['t'] }
        : operation,
    ]);
    return [path, Object.fromEntries(operations)];
  });
  return { ...worded, info: { title: 'x', version: '2' }, paths: Object.fromEntries(paths) as JsonObject };
};

/** Parameters of a path have other names, and stand with the path or with each operation. */
const parametersMoved: Rewrite = (document) => {
  const { paths, ...rest } = document as JsonObject;
  const renamed = Object.entries(paths as JsonObject).map(([path, item]) => {
    const named = JSON.parse(
      JSON.stringify(item).replaceAll('"name":"tokenTypePath"', '"name":"kind"'),
    ) as JsonObject;
    const { parameters: common, ...operations } = named;
    const moved = Object.entries(operations).map(([method, operation]) => {
      const own =
        isObject(operation) && Array.isArray(operation['parameters']) ? operation['parameters'] : [];
      return [
        method,
        isObject(operation)
          ? { ...operation, parameters: [...((common ?? []) as Json[]), ...own] }
          : operation,
      ];
    });
    return [path.replace('{tokenTypePath}', '{kind}'), Object.fromEntries(moved)];
  });
  const components = JSON.stringify(rest).replaceAll('"name":"tokenTypePath"', '"name":"kind"');
  return { ...(JSON.parse(components) as JsonObject), paths: Object.fromEntries(renamed) as JsonObject };
};

/** Everything else that a tenant's document describes. */
const surrounded: Rewrite = (document) => {
  const { paths, ...rest } = document as JsonObject;
  return {
    ...rest,
    paths: {
      '/api/logs': { get: { responses: { 200: {} } } },
      ...(paths as JsonObject),
      '/api/configs/oidc': { get: { responses: { 200: {} } } },
    },
  };
};

export const rewrites: Record<string, Rewrite> = {
  reordered,
  'null respelt': nullRespelt,
  'literals respelt': literalRespelt,
  'openness respelt': opennessRespelt,
  'wrapped in allOf': wrapped,
  'split into components': split,
  'references inlined': inlined,
  reworded,
  'parameters renamed and moved': parametersMoved,
  'with other paths': surrounded,
};
