/** The document's schemas as places: where a keyword can stand, and how values lead from one place to the next. */
import document from '../../generated/openapi.json' with { type: 'json' };
import { isObject, type Json, parsePointer, toPointer, valueAt } from '../../src/contract/json.ts';
import { isBefore } from '../../src/tenant/release.ts';
import { officialRelease } from '../conforming/index.ts';

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

/** A copy of `root` with `value` where the pointer leads. */
export const replacedAt = <Root>(root: Root, pointer: string, value: Root): Root => {
  const path = parsePointer(pointer);
  const last = path.pop();
  if (last === undefined) return value;
  const copy = structuredClone(root);
  (valueAt(copy, toPointer(path)) as { [key: string]: unknown })[last] = value;
  return copy;
};

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

/** A value of each type of JSON, and a number that is no integer. */
export const oneOfEach: readonly Json[] = [null, 1.5, 'text', true, [], {}];

/** What the document's formats accept, and what they refuse. A format without any is a text for people. */
export const formatSamples: Record<string, { accepts: string; refuses: string[] }> = {
  'whatwg-url': { accepts: 'https://example.com/', refuses: ['no URL'] },
  'logto-redirect-uri': {
    accepts: 'https://example.com/callback',
    refuses: ['no URL', 'https://example.com/../x', 'https://*/'],
  },
};

/** What the document's patterns refuse. */
export const patternSamples: Record<string, string[]> = {
  '^[^\\u0000\\ud800-\\udfff]*$': ['\u0000', '\ud800'],
};

/** The smallest value that a place accepts. */
export const smallest = (place: Place): Json => {
  const node = nodeAt(place);
  const steps = stepsFrom(place);
  const onward = steps.find(({ via }) => via === 'reference' || via === 'branch');
  if (onward !== undefined) return smallest(onward.to);
  if ('const' in node) return node['const'] as Json;
  if (node['enum'] !== undefined) return (node['enum'] as Json[])[0] as Json;
  switch ([node['type']].flat()[0]) {
    case 'string': {
      const format = formatSamples[node['format'] as string];
      return format?.accepts ?? 'x'.repeat((node['minLength'] ?? 0) as number);
    }
    case 'number':
    case 'integer':
      return (node['minimum'] ?? Number(node['exclusiveMinimum'] ?? -1) + 1) as number;
    case 'boolean':
      return false;
    case 'array': {
      const item = steps.find(({ via }) => via === 'item');
      return item === undefined
        ? []
        : Array.from({ length: Number(node['minItems'] ?? 0) }, () => smallest(item.to));
    }
    case 'object': {
      const required = (node['required'] ?? []) as string[];
      return Object.fromEntries(
        steps
          .filter((step) => step.via === 'property')
          .filter(({ key }) => required.includes(key))
          .map(({ key, to }) => [key, smallest(to)]),
      );
    }
    default:
      return null;
  }
};

/** The steps from a body's schema to a place. */
export type Route = readonly { from: Place; step: Step }[];

/** Whether it came after the release whose guards are installed: they know nothing of it. */
const isLater = (place: Place): boolean => {
  const since = nodeAt(place)['x-logto-since'];
  return typeof since === 'string' && isBefore(officialRelease, since);
};

/** The shortest route from a body's schema to each place that it leads to and a guard knows, by the place's id. */
export const routesFrom = (schema: string): Map<string, Route> => {
  const routes = new Map<string, Route>([[idOf({ schema, pointer: '' }), []]]);
  const queue: Place[] = [{ schema, pointer: '' }];
  for (const from of queue)
    for (const step of stepsFrom(from)) {
      if (routes.has(idOf(step.to)) || isLater(step.to)) continue;
      routes.set(idOf(step.to), [...(routes.get(idOf(from)) ?? []), { from, step }]);
      queue.push(step.to);
    }
  return routes;
};

/** The name of a property where any will do. */
const anyName = 'A';

/** The JSON Pointer of the place's value in the bodies that `embed` makes. */
export const pointerOf = (route: Route): string =>
  toPointer(
    route.flatMap(({ step }): (string | number)[] => {
      if (step.via === 'property') return [step.key];
      if (step.via === 'item') return [0];
      return step.via === 'rest' ? [anyName] : [];
    }),
  );

/** The smallest body that has `value` where the route leads. */
export const embed = (route: Route, value: Json): Json =>
  route.reduceRight<Json>((inner, { from, step }) => {
    const around = (key: string): Json => ({ ...(smallest(from) as { [key: string]: Json }), [key]: inner });
    if (step.via === 'property') return around(step.key);
    if (step.via === 'rest') return around(anyName);
    return step.via === 'item' ? [inner] : inner;
  }, value);

/** A place's value in a body. */
export interface Visit {
  place: Place;
  /** JSON Pointer into the body. */
  pointer: string;
  value: Json;
}

type Inner = readonly [value: Json, ...path: (string | number)[]];

/** The values that a step leads to, each with its key or index; of a branch and a reference, the value itself. */
const along = (place: Place, step: Step, value: Json): Inner[] => {
  if (step.via === 'item') return Array.isArray(value) ? value.map((item, index) => [item, index]) : [];
  if (step.via === 'property' || step.via === 'rest') {
    const known = (nodeAt(place)['properties'] ?? {}) as object;
    const leads = (key: string): boolean =>
      step.via === 'property' ? key === step.key : !Object.hasOwn(known, key);
    return isObject(value)
      ? Object.entries(value)
          .filter(([key]) => leads(key))
          .map(([key, item]) => [item, key])
      : [];
  }
  return [[value]];
};

/**
 * Every place that says something of a body, with what it speaks of. Of a union, the branches that `fits` holds of.
 */
export const visitsOf = (
  schema: string,
  body: Json,
  fits: (place: Place, value: Json) => boolean,
): Visit[] => {
  const from = (place: Place, value: Json, path: readonly (string | number)[]): Visit[] => [
    { place, pointer: toPointer(path), value },
    ...stepsFrom(place)
      .filter((step) => step.via !== 'branch' || fits(step.to, value))
      .flatMap((step) =>
        along(place, step, value).flatMap(([inner, ...key]) => from(step.to, inner, [...path, ...key])),
      ),
  ];
  return from({ schema, pointer: '' }, body, []);
};
