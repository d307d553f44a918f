/** From a body to a place in it: the shortest way there, and the smallest body that goes it. */
import { isObject, type Json, toPointer } from '../../src/contract/json.ts';
import { isBefore } from '../../src/tenant/release.ts';
import { officialRelease } from '../conforming/index.ts';
import { idOf, nodeAt, type Place, type Step, smallest, stepsFrom } from './schema.ts';

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
