import type { Json } from '../json.ts';

type Container = Json[] | { [key: string]: Json };

/** A small change somewhere in a body: what makes a valid one nearly valid. */
export interface Change {
  /** Which object or array, in the order in which they stand; counted round. */
  where: number;
  /** Which of its fields or items; counted round. */
  which: number;
  kind: 'replace' | 'remove' | 'add';
  /** The name of what is added to an object. */
  key: string;
  value: Json;
}

const containersOf = (value: Json): Container[] =>
  typeof value !== 'object' || value === null ? [] : [value, ...Object.values(value).flatMap(containersOf)];

/** Sets own properties only, `__proto__` included, as JSON.parse does. */
const set = (container: Container, key: string | number, value: Json): void => {
  Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
};

/** A copy of the body with the change made. */
export const applyChange = (body: Json, change: Change): Json => {
  const copy = structuredClone(body);
  const containers = containersOf(copy);
  const container = containers[change.where % containers.length];
  if (container === undefined) return change.value;
  const keys = Object.keys(container);
  const key = keys[change.which % Math.max(1, keys.length)];
  if (change.kind === 'add' || key === undefined) {
    if (Array.isArray(container)) container.push(change.value);
    else set(container, change.key, change.value);
  } else if (change.kind === 'remove') {
    Reflect.deleteProperty(container, key);
  } else {
    set(container, key, change.value);
  }
  return copy;
};
