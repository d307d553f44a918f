import { isDeepStrictEqual } from 'node:util';
import type { TokenType } from '../../../generated/types.d.ts';
import { type BodyGuards, guardsOfRelease, type JsonSchemas } from '../../tenant/index.ts';
import type { Case, Customizers } from '../case.ts';
import { ruleOf } from '../cases.ts';
import { schemas } from '../document.ts';
import { differences } from '../json.ts';
import { placeOf, type Release, releases } from '../releases.ts';
import type { Step } from './bodies.ts';

const operations = {
  put: 'UpsertJwtCustomizer',
  patch: 'UpdateJwtCustomizer',
  get: 'GetJwtCustomizer',
  delete: 'DeleteJwtCustomizer',
  list: 'ListJwtCustomizers',
} as const;

/** The rule that a step tests, the response that it requires, and the sentence of the recordings' README. */
const ruleFor = (step: Step, exists: boolean): [rule: string, expect: Case['expect'], readme: string] => {
  const { operation } = step;
  if ('isRefused' in step)
    return [
      'body-is-guarded',
      { status: 400, code: 'guard.invalid_input' },
      'Body errors (400) come before existence (404)',
    ];
  if (operation === 'list')
    return ['list-has-what-exists', { status: 200, body: 'list' }, 'The list holds what exists'];
  if (operation === 'put')
    return ['put-replaces', { status: exists ? 200 : 201, body: 'replaced' }, 'PUT replaces everything'];
  if (!exists)
    return [
      'missing-customizer',
      { status: 404, code: operation === 'delete' ? 'entity.not_found' : 'entity.not_exists_with_id' },
      'PATCH on a token type without a customizer: 404 entity.not_exists_with_id',
    ];
  if (operation === 'delete')
    return ['delete-removes', { status: 204, body: 'deleted' }, 'One customizer for each token type'];
  return operation === 'get'
    ? ['get-answers-stored', { status: 200, body: 'stored' }, 'What is stored comes back byte for byte']
    : ['patch-merges', { status: 200, body: 'merged' }, 'what is sent replaces the stored field whole'];
};

const guardsIn = (release: string): BodyGuards['customizers'] =>
  guardsOfRelease(release, schemas as JsonSchemas).customizers;

/**
 * Converts the steps of a sequence to cases: the model's stored customizers, the request, and the expected response.
 *
 * @param origin Part of each case's name, so that a file can have several.
 */
export const createAsCase = (release: Release, origin: string) => {
  const [own, newest] = [guardsIn(placeOf(release).from), guardsIn(String(releases.at(-1)))];
  const all = releases.map(guardsIn);
  /** What each release keeps of a body; `undefined` if it refuses it. */
  const keptBy = (guards: typeof own, tokenType: TokenType, body: unknown): unknown => {
    const guarded = guards[tokenType](body);
    return guarded.success ? guarded.data : undefined;
  };
  /** The index of the first release that treats a body as the newest does. */
  const sinceOf = ([tokenType, body]: [string, unknown]): number => {
    const kept = keptBy(newest, tokenType as TokenType, body);
    return all.findIndex((guards) => isDeepStrictEqual(keptBy(guards, tokenType as TokenType, body), kept));
  };
  return (step: Step, given: Customizers): Case => {
    const exists = 'tokenType' in step && given[step.tokenType] !== undefined;
    const [rule, expect, readme] = ruleFor(step, exists);
    const drops =
      'body' in step && expect.body !== undefined
        ? differences(step.body, keptBy(own, step.tokenType, step.body) ?? step.body).map(
            ({ pointer }) => pointer,
          )
        : [];
    const bodies: [string, unknown][] = Object.entries(given);
    if ('body' in step) bodies.push([step.tokenType, step.body]);
    const since = Math.max(0, ...bodies.map(sinceOf));
    return {
      name: `${ruleOf(rule)?.title} (${origin})`,
      group: 'fuzz',
      rule,
      given,
      request: {
        operation: operations[step.operation],
        ...('tokenType' in step && { tokenType: step.tokenType }),
        ...('body' in step && { body: step.body }),
      },
      expect: { ...expect, ...(drops.length > 0 && { drops }) },
      ...(since > 0 && { since: String(releases[since]) }),
      evidence: { readme },
    };
  };
};
