import type { TokenType } from '../../generated/types.d.ts';
import { maxBytes, parseJson } from '../client/json.ts';
import { guardsOfRelease, type JsonSchemas } from '../tenant/index.ts';
import { schemas } from './document.ts';
import { differences, isObject, type Json, toPointer } from './json.ts';
import { placeOf, type Release } from './releases.ts';

/** Lists the invalid fields for a message: only a few, and never a value. */
const some = (pointers: readonly string[]): string =>
  [...new Set(pointers)].slice(0, 5).join(', ') + (new Set(pointers).size > 5 ? ', …' : '');

/**
 * Why a stored customizer cannot be restored unchanged. A tenant can contain what it would refuse: two PATCHes can
 * exceed the size limit of one body, and an older release accepted what the current one refuses or drops.
 */
export const obstacleOf = (release: Release, tokenType: TokenType, text: string): string | undefined => {
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes)
    return `has ${bytes} bytes, more than the ${maxBytes} that a tenant accepts in one request`;
  let customizer: Json;
  try {
    customizer = parseJson(text) as Json;
  } catch {
    return 'is not valid JSON';
  }
  if (!isObject(customizer)) return 'is not an object';
  const guard = guardsOfRelease(placeOf(release).from, schemas as JsonSchemas).customizers[tokenType];
  const guarded = guard(customizer);
  if (!guarded.success) {
    const refused = guarded.issues.flatMap(({ path, keys = [''] }) =>
      (keys as string[]).map((key) => toPointer(key === '' ? path : [...path, key]) || '(the root)'),
    );
    return `has fields that Logto ${release.name} refuses: ${some(refused)}`;
  }
  const dropped = differences(customizer, guarded.data).map(({ pointer }) => pointer);
  return dropped.length > 0 ? `has fields that Logto ${release.name} drops: ${some(dropped)}` : undefined;
};
