import { isObject, type Json, toPointer, valueAt } from '../contract/json.ts';

export type JsonObject = { [key: string]: Json };

/** A part of a document, and where in it. */
export interface Located {
  value: Json;
  /** RFC 6901. */
  pointer: string;
}

/** The document cannot be compared. The message says what would help. */
export class UnreadableDocumentError extends Error {
  override readonly name = 'UnreadableDocumentError';
}

export const child = ({ value, pointer }: Located, key: string | number): Located => ({
  value: (value as JsonObject)[key] as Json,
  pointer: pointer + toPointer([key]),
});

/** The entries of an object or a list, each with its place; none for what is neither. */
export const children = (located: Located | undefined): [string, Located][] =>
  located !== undefined && typeof located.value === 'object' && located.value !== null
    ? Object.keys(located.value).map((key) => [key, child(located, key)])
    : [];

/** What stands at a key; nothing when there is none. */
export const at = (located: Located, key: string): Located | undefined =>
  isObject(located.value) && located.value[key] !== undefined ? child(located, key) : undefined;

export const refOf = ({ value }: Located): string | undefined => {
  const ref = isObject(value) ? value['$ref'] : undefined;
  return typeof ref === 'string' ? ref : undefined;
};

/** Nothing for what is no percent-encoding. */
const decoded = (fragment: string): string | undefined => {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return undefined;
  }
};

/**
 * What a `$ref` names.
 *
 * @throws {UnreadableDocumentError} when it leads out of the document, or nowhere.
 */
export const targetOf = (document: Json, ref: string, pointer: string): Located => {
  if (ref !== '#' && !ref.startsWith('#/'))
    throw new UnreadableDocumentError(
      `${pointer} refers to ${ref}, which is not in this file. Put the parts into one file first: npx @redocly/cli bundle FILE --output bundled.json`,
    );
  const target = decoded(ref.slice(1));
  const value = target === undefined ? undefined : (valueAt(document, target) as Json | undefined);
  if (target === undefined || value === undefined)
    throw new UnreadableDocumentError(`${pointer} refers to ${ref}, which does not exist`);
  return { value, pointer: target };
};

/** The part itself, or what its references lead to. For schemas see `schema.ts`. */
export const follow = (document: Json, located: Located): Located => {
  let current = located;
  const seen = new Set<string>();
  for (let ref = refOf(current); ref !== undefined; ref = refOf(current)) {
    if (seen.has(ref)) throw new UnreadableDocumentError(`${located.pointer} refers to itself`);
    seen.add(ref);
    current = targetOf(document, ref, current.pointer);
  }
  return current;
};
