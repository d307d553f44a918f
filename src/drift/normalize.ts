import { isObject, type Json, parsePointer, toPointer, valueAt } from '../contract/json.ts';
import { type JsonObject, spell } from './spell.ts';

/** A document with its display name: a file, a URL or a release. */
export interface Source {
  name: string;
  document: unknown;
}

/** The customizer operations of a document in one normalized notation. */
export interface Normalized {
  name: string;
  document: JsonObject;
  /** Maps a JSON Pointer (RFC 6901) of the normalized document to the original. */
  placeOf(pointer: string): string;
}

/** A part of the original, with its references resolved. */
interface Part {
  value: Json;
  pointer: string;
  refs: readonly string[];
}

const customizers = /^\/api\/configs\/jwt-customizer(\/|$)/;

/** Keys whose value is a map of named objects. */
const maps =
  /^(paths|responses|headers|content|securitySchemes|properties|patternProperties|dependentSchemas)$/;

/** Keys that are only for people and tools, or do not concern a single request and its response. */
const dropped =
  /^(x-.*|title|summary|description|examples?|discriminator|externalDocs|xml|tags|operationId|servers|callbacks|links|encoding|flows|\$.*)$/;

/** Keys that default to false. */
const falseByDefault = /^(required|deprecated|nullable|readOnly|writeOnly|uniqueItems)$/;

/** Normalizes names that differ only in notation: RFC 9110, sections 5.1 and 8.3.1; JSON has no charset (RFC 8259, section 11). */
const nameIn = (map: string, name: string): string => {
  if (map === 'paths') return name.replaceAll(/\{[^}]*\}/g, '{tokenTypePath}');
  if (map === 'headers') return name.toLowerCase();
  return map === 'content' ? name.toLowerCase().replace(/\s*;\s*charset="?utf-8"?/, '') : name;
};

/** Header parameters that OpenAPI ignores, as it does `Content-Type` of a response. */
const ignored = /^header (accept|content-type|authorization)$/;

/**
 * Reduces a document to the customizer operations and normalizes it, so that equivalent documents become equal. Request
 * objects are closed, because Redocly reports a removed request field only if unknown fields are refused.
 *
 * @throws {Error} if it is not OpenAPI 3, has no customizer operation, or has an unresolvable reference.
 */
export const normalize = ({ name, document }: Source): Normalized => {
  if (!isObject(document) || !/^3\./.test(String(document['openapi'])))
    throw new Error(`${name} is not an OpenAPI 3 document`);
  const places = new Map<unknown, string>();

  const follow = (part: Part): Part => {
    const { $ref: ref, ...beside } = Object(part.value) as JsonObject;
    if (typeof ref !== 'string') return part;
    // A schema that refers to itself is compared one level deep.
    if (part.refs.includes(ref)) return { ...part, value: {} };
    const pointer = /^#\/([^%]|%[0-7][\da-f])+$/i.test(ref) ? decodeURIComponent(ref.slice(1)) : '/ ';
    const found = valueAt(document, pointer) as Json | undefined;
    if (found === undefined)
      throw new Error(`${name} refers to ${ref}, which is not in it; npx @redocly/cli bundle puts it there`);
    const value = isObject(found) ? { ...found, ...beside } : found;
    return follow({ value, pointer, refs: [...part.refs, ref] });
  };
  /** @param map The key of the map, if `given` is a map of named objects. */
  const walk = (given: Part, map?: string, isRequest = false): Json => {
    const { value, pointer, refs } = follow(given);
    if (typeof value !== 'object' || value === null) return value;
    const made = Object.entries(value).flatMap(([key, one]): [string, Json][] => {
      const part = { value: one, pointer: pointer + toPointer([key]), refs };
      if (map !== undefined) return [[nameIn(map, key), walk(part, undefined, isRequest)]];
      if (dropped.test(key) || (one === false && falseByDefault.test(key))) return [];
      if (key === 'security') return [[key, one]];
      const isSent = isRequest || key === 'parameters' || key === 'requestBody';
      if (!maps.test(key)) return [[key, walk(part, undefined, isSent)]];
      const named = walk(part, key, isSent);
      return Object.keys(Object(named)).length > 0 ? [[key, named]] : [];
    });
    if (Array.isArray(value)) return made.map(([, one]) => one);
    const result = map === undefined ? spell(Object.fromEntries(made)) : Object.fromEntries(made);
    if (map === undefined && isRequest) result['unevaluatedProperties'] = false;
    if (result['in'] === 'path') result['name'] = 'tokenTypePath';
    if (result['in'] === 'header') result['name'] = String(result['name']).toLowerCase();
    if (map === 'headers') delete result['content-type'];
    places.set(result, pointer);
    return result;
  };

  const ours = Object.entries(document['paths'] ?? {}).filter(([path]) => customizers.test(path));
  const securitySchemes = (valueAt(document, '/components/securitySchemes') ?? {}) as Json;
  const value = { paths: Object.fromEntries(ours), components: { securitySchemes } };
  const made = walk({ value, pointer: '', refs: [] }) as { paths?: JsonObject };
  let operations = 0;
  for (const item of Object.values(made.paths ?? {}).filter(isObject)) {
    const { parameters: common, ...rest } = item;
    delete item['parameters'];
    for (const operation of Object.values(rest).filter(isObject)) {
      const all = [common, operation['parameters']].flat().filter(isObject);
      const named = new Map(all.map((one) => [`${one['in']} ${one['name']}`, one]));
      operation['parameters'] = [...named].flatMap(([key, one]) => (ignored.test(key) ? [] : one));
      operation['security'] ??= document['security'] ?? [];
      operations += 1;
    }
  }
  if (operations === 0)
    throw new Error(`${name} has no customizer operation: is it GET /api/swagger.json of a Logto tenant?`);
  const placeOf = (pointer: string): string => {
    const tokens = parsePointer(pointer);
    const above = tokens.map((_, index) => valueAt(made, toPointer(tokens.slice(0, index + 1))));
    return places.get(above.findLast((node) => places.has(node))) ?? '';
  };
  return { name, document: { openapi: '3.1.0', info: { title: 'Logto', version: '1' }, ...made }, placeOf };
};
