import type { TokenType } from '../../../generated/types.d.ts';
import { parseJson } from '../../client/json.ts';
import { customizers as customizersByType } from '../fuzz/bodies.ts';
import { clientCredentialsContextSince, schemasOf } from '../fuzz/release-schemas.ts';
import { visitFields } from '../fuzz/visit-fields.ts';
import { isObject, type Json, toPointer } from '../json.ts';
import { RefusedRunError } from '../refused-run-error.ts';
import type { Release } from '../releases.ts';
import type { Backup } from './backup.ts';
import { type CustomizerTexts, tokenTypes } from './customizers.ts';
import { isMarked } from './ours.ts';
import { mayPass, outlast, patienceAtStart } from './retry.ts';

/** Bytes of a body that a tenant reads; a larger one is answered 404 (contracts/recordings/README.md). */
const largestBody = 1_048_576;

/** Names of fields that are wrong, for people: few, and never a value. */
const some = (pointers: readonly string[]): string =>
  [...new Set(pointers)].slice(0, 5).join(', ') + (new Set(pointers).size > 5 ? ', …' : '');

/**
 * What keeps a stored customizer from being put back as it is. A tenant can hold what it would refuse: two PATCHes build
 * more than a body may have, and an older release took what the present one refuses or drops.
 */
const obstacleOf = (tokenType: TokenType, text: string, release: Release): string | undefined => {
  const bytes = Buffer.byteLength(text);
  if (bytes > largestBody)
    return `has ${bytes} bytes, more than the ${largestBody} that a tenant takes in one request`;
  let customizer: Json;
  try {
    customizer = parseJson(text) as Json;
  } catch {
    return 'is no JSON';
  }
  if (!isObject(customizer)) return 'is no object';
  const { schema, validate } = customizersByType[tokenType];
  const hasAnyContext = tokenType === 'client-credentials' && !release.has(clientCredentialsContextSince);
  const judged =
    hasAnyContext && isObject(customizer['contextSample'])
      ? { ...customizer, contextSample: {} }
      : customizer;
  const refused = validate(judged).map(({ pointer }) => pointer || '(the whole)');
  if (refused.length > 0) return `has what Logto ${release.name} refuses, at ${some(refused)}`;
  const dropped: string[] = [];
  const schemas = schemasOf(release);
  visitFields(schemas, schemas[schema] ?? {}, customizer, {
    unknown: (path) => dropped.push(toPointer(path)),
    since: () => {},
  });
  return dropped.length > 0 ? `has what Logto ${release.name} drops, at ${some(dropped)}` : undefined;
};

const refuse = (endpoint: string, tokenType: TokenType, obstacle: string): never => {
  throw new RefusedRunError(
    `The ${tokenType} customizer of ${endpoint} ${obstacle}: once replaced, it could not be put back as it is, so the run does not start. Store a form of it that the tenant takes, or run the suite on another tenant.`,
  );
};

/**
 * Looks, before anything is written, whether the suite may replace what is stored.
 *
 * @throws {RefusedRunError} when one could not be put back, or is what the suite itself stores.
 */
export const checkOriginals = (
  endpoint: string,
  customizers: Backup['customizers'],
  release: Release,
): void => {
  for (const tokenType of tokenTypes) {
    const text = customizers[tokenType];
    if (text === null) continue;
    const obstacle = obstacleOf(tokenType, text, release);
    if (obstacle !== undefined) refuse(endpoint, tokenType, obstacle);
    if (isMarked(JSON.parse(text)))
      throw new RefusedRunError(
        `The ${tokenType} customizer of ${endpoint} is one that this suite stores while it runs: another machine's run is on the tenant, or was killed there. Wait until it has ended, or run the suite on that machine, which puts back what was there before; if it is gone for good, deploy your customizer again or delete this one.`,
      );
  }
};

/**
 * Puts each customizer back where it is, unchanged: what does not come back as it was could not be put back later.
 *
 * @throws {RefusedRunError} when the tenant does not take one as it is.
 */
export const rehearse = async (
  endpoint: string,
  customizers: Backup['customizers'],
  texts: CustomizerTexts,
): Promise<void> => {
  const putBack = async (tokenType: TokenType, text: string): Promise<void> => {
    // Whoever deployed since the backup is not overwritten: the first case finds that.
    if ((await texts.read(tokenType)) !== text) return;
    try {
      await texts.write(tokenType, text);
    } catch (error) {
      if (mayPass(error)) throw error;
      refuse(endpoint, tokenType, `is not taken as it is (${(error as Error).message})`);
    }
    if ((await texts.read(tokenType)) !== text)
      refuse(endpoint, tokenType, 'did not come back the same when it was stored unchanged');
  };
  for (const tokenType of tokenTypes) {
    const text = customizers[tokenType];
    if (text !== null) await outlast(() => putBack(tokenType, text), { patience: patienceAtStart });
  }
};
