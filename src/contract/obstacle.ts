import type { TokenType } from '../../generated/types.d.ts';
import { maxBytes, parseJson } from '../client/json.ts';
import { guardsOfRelease, type JsonSchemas } from '../tenant/index.ts';
import { schemas } from './document.ts';
import { differences, isObject, type Json, toPointer } from './json.ts';
import { placeOf, type Release } from './releases.ts';

/** Names of fields that are wrong, for people: few, and never a value. */
const some = (pointers: readonly string[]): string =>
  [...new Set(pointers)].slice(0, 5).join(', ') + (new Set(pointers).size > 5 ? ', …' : '');

/**
 * What keeps a stored customizer from being put back as it is. A tenant can hold what it would refuse: two PATCHes build
 * more than a body may have, and an older release took what the present one refuses or drops.
 */
export const obstacleOf = (release: Release, tokenType: TokenType, text: string): string | undefined => {
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes)
    return `has ${bytes} bytes, more than the ${maxBytes} that a tenant takes in one request`;
  let customizer: Json;
  try {
    customizer = parseJson(text) as Json;
  } catch {
    return 'is no JSON';
  }
  if (!isObject(customizer)) return 'is no object';
  const guard = guardsOfRelease(placeOf(release).from, schemas as JsonSchemas).customizers[tokenType];
  const guarded = guard(customizer);
  if (!guarded.success) {
    const refused = guarded.issues.flatMap(({ path, keys = [''] }) =>
      (keys as string[]).map((key) => toPointer(key === '' ? path : [...path, key]) || '(the whole)'),
    );
    return `has what Logto ${release.name} refuses, at ${some(refused)}`;
  }
  const dropped = differences(customizer, guarded.data).map(({ pointer }) => pointer);
  return dropped.length > 0 ? `has what Logto ${release.name} drops, at ${some(dropped)}` : undefined;
};
