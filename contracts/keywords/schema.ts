/** The document's schemas as places: where a keyword can stand, and how values lead from one place to the next. */
import document from '../../generated/openapi.json' with { type: 'json' };
import { isObject, type Json, toPointer, valueAt } from '../../src/contract/json.ts';

export type Schema = { [keyword: string]: unknown };

/** Every schema of the document by its name. */
export const schemas = document.components.schemas as Record<string, Schema>;

/** A schema inside one of the document's named schemas. */
export interface Place {
  schema: string;
  /** JSON Pointer into the named schema. */
  pointer: string;
}

/** How a schema says something of a value, or of a part of it, by another schema. */
export type Step = { to: Place } & (
  | { via: 'property'; key: string }
  | { via: 'item' | 'rest' | 'branch' | 'reference' }
);

export const idOf = ({ schema, pointer }: Place): string => `${schema}#${pointer}`;

export const nodeAt = ({ schema, pointer }: Place): Schema => valueAt(schemas[schema], pointer) as Schema;

const inside = ({ schema, pointer }: Place, ...path: (string | number)[]): Place => ({
  schema,
  pointer: pointer + toPointer(path),
});

/** The steps from a place to the ones that it names. */
export const stepsFrom = (place: Place): Step[] => {
  const node = nodeAt(place);
  const reference = node['$ref'] as string | undefined;
  if (reference !== undefined)
    return [{ via: 'reference', to: { schema: reference.split('/').at(-1) ?? '', pointer: '' } }];
  const steps: Step[] = Object.keys((node['properties'] ?? {}) as object).map((key) => ({
    via: 'property',
    key,
    to: inside(place, 'properties', key),
  }));
  if (isObject(node['items'])) steps.push({ via: 'item', to: inside(place, 'items') });
  if (isObject(node['additionalProperties']))
    steps.push({ via: 'rest', to: inside(place, 'additionalProperties') });
  for (const keyword of ['anyOf', 'oneOf'])
    for (const index of ((node[keyword] ?? []) as Schema[]).keys())
      steps.push({ via: 'branch', to: inside(place, keyword, index) });
  return steps;
};

/** Every place of the document's named schemas, in the document's order. */
export const allPlaces = (): Place[] => {
  const from = (place: Place): Place[] => [
    place,
    ...stepsFrom(place)
      .filter(({ via }) => via !== 'reference')
      .flatMap(({ to }) => from(to)),
  ];
  return Object.keys(schemas).flatMap((schema) => from({ schema, pointer: '' }));
};

export type JsonType = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';

export const typeOf = (value: Json): JsonType =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : (typeof value as JsonType);

/** Whether a value is of a type as JSON Schema names it: `integer` is one more than JSON has. */
export const isOfType = (value: Json, type: string): boolean =>
  type === 'integer' ? Number.isInteger(value) : typeOf(value) === type;
