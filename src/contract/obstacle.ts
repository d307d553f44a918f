import type { TokenType } from '../../generated/types.d.ts';
import { maxBytes, parseJson } from '../client/json.ts';
import { customizers } from './fuzz/bodies.ts';
import { isObject, type Json, toPointer } from './json.ts';
import { clientCredentialsContextSince, type Release, schemasOf, visitFields } from './releases.ts';

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
  const { schema, validate } = customizers[tokenType];
  const hasAnyContext = tokenType === 'client-credentials' && !release.has(clientCredentialsContextSince);
  const sent =
    hasAnyContext && isObject(customizer['contextSample'])
      ? { ...customizer, contextSample: {} }
      : customizer;
  const refused = validate(sent).map(({ pointer }) => pointer || '(the whole)');
  if (refused.length > 0) return `has what Logto ${release.name} refuses, at ${some(refused)}`;
  const dropped: string[] = [];
  const schemas = schemasOf(release);
  visitFields(schemas, schemas[schema] ?? {}, customizer, {
    unknown: (path) => dropped.push(toPointer(path)),
    since: () => {},
  });
  return dropped.length > 0 ? `has what Logto ${release.name} drops, at ${some(dropped)}` : undefined;
};
