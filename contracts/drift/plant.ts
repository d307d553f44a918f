/** Changes planted into a document, as data says. */
import { isObject, type Json, parsePointer, valueAt } from '../../src/contract/json.ts';

/** Sets or removes what is at a pointer; `-` appends to a list. References on the way are followed. */
export type Change = { at: string; set: Json } | { at: string; remove: true };

const followed = (document: Json, node: Json): Json => {
  const ref = isObject(node) ? node['$ref'] : undefined;
  return typeof ref === 'string' ? followed(document, valueAt(document, ref.slice(1)) as Json) : node;
};

const change = (document: Json, base: string, change: Change): void => {
  const tokens = parsePointer(base + change.at);
  const last = tokens.pop() ?? '';
  const parent = tokens.reduce<Json>((node, token) => {
    const next = (followed(document, node) as Record<string, Json>)[token];
    if (next === undefined) throw new Error(`${base}${change.at}: there is no ${token}`);
    return next;
  }, document);
  const target = followed(document, parent);
  if (Array.isArray(target)) {
    const index = last === '-' ? target.length : Number(last);
    if ('set' in change) target[index] = change.set;
    else if (target.splice(index, 1).length === 0)
      throw new Error(`${base}${change.at}: there is nothing to remove`);
  } else if (isObject(target)) {
    if ('set' in change) target[last] = change.set;
    else if (target[last] === undefined) throw new Error(`${base}${change.at}: there is nothing to remove`);
    else delete target[last];
  } else throw new Error(`${base}${change.at}: there is no place for it`);
};

/**
 * A copy of a document with changes.
 *
 * @param base Before the pointers of the changes.
 * @throws {Error} when a change has no place in it.
 */
export const plant = (document: Json, changes: readonly Change[], base = ''): Json => {
  const copy = structuredClone(document);
  for (const one of changes) change(copy, base, structuredClone(one));
  return copy;
};
