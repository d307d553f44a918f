import { tenantRules } from '../../../src/tenant/index.ts';
import { at, coercing, forgiving, refusing } from './guards.ts';
import type { Fields } from './hooks.ts';
import { inArea, type Mutant } from './mutant.ts';
import { storing, storingTexts } from './storage.ts';

const textOf = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value);

const usernameOf = (sent: Fields): string => {
  const user = (sent['contextSample'] as { user?: { username?: unknown } } | null | undefined)?.user;
  return typeof user?.username === 'string' ? user.username : '';
};

export const typesAndLiterals: Mutant[] = inArea('types and literals', [
  {
    name: 'a script that is a number is taken for its text',
    breaks: 'body-is-guarded',
    rules: coercing((sent) => ({ ...sent, script: textOf(sent['script']) })),
  },
  {
    name: 'a script that is null is taken for an empty one',
    breaks: 'body-is-guarded',
    rules: coercing((sent) => ({ ...sent, ...(sent['script'] === null && { script: '' }) })),
  },
  {
    name: 'an environment variable that is a number is taken for its text',
    breaks: 'body-is-guarded',
    rules: coercing(({ environmentVariables, ...sent }) => ({
      ...sent,
      ...(environmentVariables !== undefined && {
        environmentVariables:
          environmentVariables &&
          Object.fromEntries(
            Object.entries(environmentVariables).map(([name, value]) => [name, textOf(value)]),
          ),
      }),
    })),
  },
  {
    name: 'environmentVariables that are null are left out',
    breaks: 'body-is-guarded',
    rules: coercing(({ environmentVariables, ...sent }) => ({
      ...sent,
      ...(environmentVariables != null && { environmentVariables }),
    })),
  },
  {
    name: 'a contextSample that is null is left out',
    breaks: 'body-is-guarded',
    rules: coercing(({ contextSample, ...sent }) => ({
      ...sent,
      ...(contextSample != null && { contextSample }),
    })),
  },
  {
    name: 'a body that is an array is taken for its first item',
    breaks: 'body-is-guarded',
    rules: { parseBody: (sent, type) => tenantRules.parseBody(sent === '[]' ? '{"script":""}' : sent, type) },
  },
  {
    name: 'a body that is a JSON string is taken for {"script":""}',
    breaks: 'not-json',
    rules: {
      parseBody: (sent, type) => tenantRules.parseBody(sent.startsWith('"') ? '{"script":""}' : sent, type),
    },
  },
  {
    name: 'a body that ends too early is mended',
    breaks: 'not-json',
    rules: {
      parseBody: (sent, type) => tenantRules.parseBody(sent === '{"script": ' ? `${sent}""}` : sent, type),
    },
  },
  {
    name: 'no body is refused as no JSON',
    breaks: 'not-json',
    rules: {
      parseBody: (sent, type) =>
        sent === '' ? { message: 'Unexpected end of JSON input' } : tenantRules.parseBody(sent, type),
    },
  },
  {
    name: 'an unknown verification factor is stored',
    breaks: 'body-is-guarded',
    rules: forgiving(at('contextSample.user.mfaVerificationFactors.0')),
  },
  {
    name: 'a user id of 13 characters is stored',
    breaks: 'body-is-guarded',
    rules: forgiving(at('contextSample.user.id')),
  },
  {
    name: "the placeholders of the vendor's response examples are stored",
    breaks: 'documented-examples-refused',
    rules: forgiving(({ path }) =>
      ['tokenSample.kind', 'contextSample.grant.type', 'contextSample.user.identities'].some((place) =>
        path.join('.').startsWith(place),
      ),
    ),
  },
  {
    name: 'lengths count code points',
    breaks: 'lengths-in-utf16',
    rules: forgiving(at('contextSample.user.username')),
  },
  {
    name: 'lengths count bytes',
    breaks: 'lengths-in-utf16',
    rules: refusing(
      ['contextSample', 'user', 'username'],
      (sent) => new TextEncoder().encode(usernameOf(sent)).length > 128,
    ),
  },
  {
    name: 'true is stored as a text',
    breaks: 'json-is-kept',
    rules: storing((value) => (value === true ? 'true' : value)),
  },
  {
    name: 'false is not stored',
    breaks: 'json-is-kept',
    rules: storing((value) => (value === false ? undefined : value)),
  },
  {
    name: '0 is not stored',
    breaks: 'json-is-kept',
    rules: storing((value) => (value === 0 ? undefined : value)),
  },
  {
    name: 'numbers are stored as whole ones',
    breaks: 'json-is-kept',
    rules: storing((value) => (typeof value === 'number' ? Math.trunc(value) : value)),
  },
  {
    name: 'large numbers are stored as null',
    breaks: 'json-is-kept',
    rules: storing((value) => (typeof value === 'number' && value > 1e15 ? null : value)),
  },
  {
    name: 'texts of digits are stored as numbers',
    breaks: 'json-is-kept',
    rules: storing((value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value)),
  },
  {
    name: 'times are stored in another notation',
    breaks: 'json-is-kept',
    rules: storingTexts((found) =>
      /^\d{4}-\d\d-\d\dT[\d:]+Z$/.test(found) ? new Date(found).toISOString() : found,
    ),
  },
  {
    name: 'URLs are stored with a slash at the end',
    breaks: ['json-is-kept', 'patch-merges'],
    rules: storingTexts((found) => (/^https:\/\/[\w.]+$/.test(found) ? `${found}/` : found)),
  },
]);
