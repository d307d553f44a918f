import { tenantRules } from '../../../src/tenant/index.ts';
import { at, coercing, forgiving, refusing } from './guards.ts';
import type { Fields } from './hooks.ts';
import { byRules, inArea, type Mutant } from './mutant.ts';
import { storing, storingTexts } from './storage.ts';

const textOf = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value);

const usernameOf = (sent: Fields): string => {
  const user = (sent['contextSample'] as { user?: { username?: unknown } } | null | undefined)?.user;
  return typeof user?.username === 'string' ? user.username : '';
};

export const typesAndLiterals: Mutant[] = inArea('types and literals', [
  byRules(
    'a script that is a number is taken for its text',
    'body-is-guarded',
    coercing((sent) => ({ ...sent, script: textOf(sent['script']) })),
  ),
  byRules(
    'a script that is null is taken for an empty one',
    'body-is-guarded',
    coercing((sent) => ({ ...sent, ...(sent['script'] === null && { script: '' }) })),
  ),
  byRules(
    'an environment variable that is a number is taken for its text',
    'body-is-guarded',
    coercing(({ environmentVariables, ...sent }) => ({
      ...sent,
      ...(environmentVariables !== undefined && {
        environmentVariables:
          environmentVariables &&
          Object.fromEntries(
            Object.entries(environmentVariables).map(([name, value]) => [name, textOf(value)]),
          ),
      }),
    })),
  ),
  byRules(
    'environmentVariables that are null are left out',
    'body-is-guarded',
    coercing(({ environmentVariables, ...sent }) => ({
      ...sent,
      ...(environmentVariables != null && { environmentVariables }),
    })),
  ),
  byRules(
    'a contextSample that is null is left out',
    'body-is-guarded',
    coercing(({ contextSample, ...sent }) => ({
      ...sent,
      ...(contextSample != null && { contextSample }),
    })),
  ),
  byRules('a body that is an array is taken for its first item', 'body-is-guarded', {
    parseBody: (sent, type) => tenantRules.parseBody(sent === '[]' ? '{"script":""}' : sent, type),
  }),
  byRules('a body that is a JSON string is taken for {"script":""}', 'not-json', {
    parseBody: (sent, type) => tenantRules.parseBody(sent.startsWith('"') ? '{"script":""}' : sent, type),
  }),
  byRules('a body that ends too early is mended', 'not-json', {
    parseBody: (sent, type) => tenantRules.parseBody(sent === '{"script": ' ? `${sent}""}` : sent, type),
  }),
  byRules('no body is refused as no JSON', 'not-json', {
    parseBody: (sent, type) =>
      sent === '' ? { message: 'Unexpected end of JSON input' } : tenantRules.parseBody(sent, type),
  }),
  byRules(
    'an unknown verification factor is stored',
    'body-is-guarded',
    forgiving(at('contextSample.user.mfaVerificationFactors.0')),
  ),
  byRules('a user id of 13 characters is stored', 'body-is-guarded', forgiving(at('contextSample.user.id'))),
  byRules(
    "the placeholders of the vendor's response examples are stored",
    'documented-examples-refused',
    forgiving(({ path }) =>
      ['tokenSample.kind', 'contextSample.grant.type', 'contextSample.user.identities'].some((place) =>
        path.join('.').startsWith(place),
      ),
    ),
  ),
  byRules('lengths count code points', 'lengths-in-utf16', forgiving(at('contextSample.user.username'))),
  byRules(
    'lengths count bytes',
    'lengths-in-utf16',
    refusing(
      ['contextSample', 'user', 'username'],
      (sent) => new TextEncoder().encode(usernameOf(sent)).length > 128,
    ),
  ),
  byRules(
    'true is stored as a text',
    'json-is-kept',
    storing((value) => (value === true ? 'true' : value)),
  ),
  byRules(
    'false is not stored',
    'json-is-kept',
    storing((value) => (value === false ? undefined : value)),
  ),
  byRules(
    '0 is not stored',
    'json-is-kept',
    storing((value) => (value === 0 ? undefined : value)),
  ),
  byRules(
    'numbers are stored as whole ones',
    'json-is-kept',
    storing((value) => (typeof value === 'number' ? Math.trunc(value) : value)),
  ),
  byRules(
    'large numbers are stored as null',
    'json-is-kept',
    storing((value) => (typeof value === 'number' && value > 1e15 ? null : value)),
  ),
  byRules(
    'texts of digits are stored as numbers',
    'json-is-kept',
    storing((value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value)),
  ),
  byRules(
    'times are stored in another notation',
    'json-is-kept',
    storingTexts((found) =>
      /^\d{4}-\d\d-\d\dT[\d:]+Z$/.test(found) ? new Date(found).toISOString() : found,
    ),
  ),
  byRules(
    'URLs are stored with a slash at the end',
    ['json-is-kept', 'patch-merges'],
    storingTexts((found) => (/^https:\/\/[\w.]+$/.test(found) ? `${found}/` : found)),
  ),
]);
