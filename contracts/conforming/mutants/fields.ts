import { isRecord } from '../../../src/client/json.ts';
import { type Rules, tenantRules } from '../../../src/tenant/index.ts';
import { officialGuards } from '../guards.ts';
import type { Hook } from '../serve.ts';
import { type ConformingTenant, createConformingTenant } from '../tenant.ts';
import {
  at,
  body,
  changed,
  coercing,
  error,
  type Fields,
  fields,
  forgiving,
  noFields,
  on,
  refusing,
  storing,
} from './hooks.ts';
import { byHook, byRules, byWrap, inArea, type Mutant } from './mutant.ts';

const known = [
  'script',
  'environmentVariables',
  'contextSample',
  'tokenSample',
  'blockIssuanceOnError',
] as const;

const contextOf = (sent: Fields): Fields => (sent['contextSample'] ?? {}) as Fields;

/** Keeps the contextSample of the request when the guard accepts it. */
const keepingContext = (keep: (sent: Fields, guarded: Fields) => Fields) => ({
  validate: ((guard, sent) => {
    const result = tenantRules.validate(guard, sent);
    const context = (sent as Fields | null)?.['contextSample'];
    if (!result.success || context === undefined || 'tokenType' in (sent as Fields)) return result;
    const data = result.data as Fields;
    return {
      success: true,
      data: { ...data, contextSample: keep(context as Fields, data['contextSample'] as Fields) },
    };
  }) satisfies typeof tenantRules.validate,
});

/** The guarded body, with the fields restored that were dropped two or more objects deep. */
const deepest = (sent: unknown, guarded: unknown, depth = 0): unknown =>
  isRecord(sent) && isRecord(guarded)
    ? {
        ...(depth > 1 && sent),
        ...Object.fromEntries(
          Object.entries(guarded).map(([key, value]) => [key, deepest(sent[key], value, depth + 1)]),
        ),
      }
    : guarded;

/** A tenant with these rules for PUT only. */
const onlyPut =
  (tenant: ConformingTenant, rules: Partial<Rules>): Hook =>
  async (request, next) => {
    if (request.method !== 'PUT') return next();
    const { release, customizers } = tenant;
    const twin = createConformingTenant({ release, customizers, rules });
    const authorization = `Bearer ${twin.tokens.issue(['all'])}`;
    const taken = await twin.handle({ ...request, headers: { ...request.headers, authorization } });
    const response = await next();
    return response.status === 400 ? taken : response;
  };

export const requiredAndExtraFields: Mutant[] = inArea('required and extra fields', [
  ...byHook('patch-merges', {
    'PATCH returns an additional time stamp': changed(
      on('patch', 200),
      fields({ updatedAt: 1_732_300_000_000 }),
    ),
    'PATCH returns the customizer in an envelope': changed(
      on('patch', 200),
      body((found) => ({ key: 'jwt.accessToken', value: found })),
    ),
    'PATCH returns the request body, not the whole customizer': changed(
      on('patch', 200),
      body((_, { body }) => JSON.parse(new TextDecoder().decode(body as Uint8Array))),
    ),
    'PATCH does not return the script': changed(on('patch', 200), noFields('script')),
  }),
  ...byHook('get-answers-stored', {
    'GET returns an additional id': changed(on('get', 200), fields({ id: 'jwt.accessToken' })),
    'GET does not return the values of environment variables': changed(
      on('get', 200),
      body(({ environmentVariables = {}, ...found }) => ({
        ...found,
        environmentVariables: Object.fromEntries(
          Object.keys(environmentVariables as Fields).map((name) => [name, '***']),
        ),
      })),
    ),
  }),
  ...byHook('put-replaces', {
    'PUT returns an extra field': changed(on('put', 200, 201), fields({ created: true })),
  }),
  ...byRules(['body-is-guarded', 'documented-examples-refused'], {
    'PATCH does not require the script': forgiving(
      ({ path, ...issue }) => path.join() === 'script' && issue['received'] === 'undefined',
    ),
  }),
  ...byRules(['patch-merges', 'put-replaces'], {
    'a write needs environmentVariables': refusing(
      ['environmentVariables'],
      (sent) => sent['environmentVariables'] === undefined,
    ),
  }),
  ...byRules('body-is-guarded', {
    'contextSample is accepted without a user': forgiving(at('contextSample.user')),
  }),
  ...byRules('objects-are-closed', {
    'an unknown top-level field is stored': forgiving((issue) => issue.path.length === 0),
    'an unknown top-level field is silently dropped': coercing((sent) =>
      Object.fromEntries(
        Object.entries(sent).filter(([name]) => (known as readonly string[]).includes(name)),
      ),
    ),
    'an unknown field of tokenSample is stored': forgiving(at('tokenSample')),
  }),
  ...byRules('unknown-context-dropped', {
    'an unknown field of contextSample is refused': refusing(
      ['contextSample'],
      (sent) => 'nope' in contextOf(sent),
    ),
    'an unknown field of contextSample is kept': keepingContext((sent, guarded) => ({ ...sent, ...guarded })),
    'an unknown field of a user is kept': keepingContext((sent, guarded) =>
      'user' in guarded
        ? { ...guarded, user: { ...(sent['user'] as Fields), ...(guarded['user'] as Fields) } }
        : guarded,
    ),
    'the contextSample of client-credentials keeps a user': keepingContext((sent, guarded) =>
      'user' in sent ? { user: sent['user'], ...guarded } : guarded,
    ),
    'an unknown field deep inside a user is kept': keepingContext(
      (sent, guarded) => deepest(sent, guarded) as Fields,
    ),
  }),
  ...(
    [
      ['the types of environment variables', 'body-is-guarded', 'environmentVariables.N'],
      ['tokenSample.kind', 'kind-tells-the-type', 'tokenSample.kind'],
      ['unknown fields of tokenSample', 'objects-are-closed', 'tokenSample'],
      ['unknown fields at the top level', 'objects-are-closed', ''],
    ] as const
  ).flatMap(([what, breaks, path]) =>
    byWrap(breaks, {
      [`PUT does not validate ${what}`]: (tenant: ConformingTenant) => onlyPut(tenant, forgiving(at(path))),
    }),
  ),
  ...byWrap('token-type-is-guarded', {
    'PUT treats an unknown token type as access-token': (tenant) => (request, next) =>
      request.method === 'PUT' && request.path.endsWith('/id-token')
        ? tenant.handle({ ...request, path: request.path.replace('id-token', 'access-token') })
        : next(),
  }),
  ...byHook('not-json', {
    'PUT treats a body that is not JSON as {}': changed(
      ({ method }, { body }) => method === 'PUT' && body.includes('JSON'),
      error(400, 'guard.invalid_input'),
    ),
  }),
]);

/** This field of contextSample is neither stored nor returned. */
const without = (field: string) => storing((value, key) => (key === field ? undefined : value));

export const releases: Mutant[] = inArea('releases', [
  ...byRules(
    'fields-by-release',
    {
      '1.28 has every field of the newest release': {
        validate: (guard, sent) =>
          typeof sent === 'object' && sent !== null && 'script' in sent && !('tokenType' in sent)
            ? officialGuards.customizers['access-token'](sent)
            : tenantRules.validate(guard, sent),
      },
      '1.28 takes blockIssuanceOnError': forgiving(
        (issue) => String(issue['keys']) === 'blockIssuanceOnError',
      ),
      '1.28 drops blockIssuanceOnError in silence': coercing(({ blockIssuanceOnError: _, ...sent }) => sent),
      '1.28 refuses contextSample.application, which it does not know': refusing(
        ['contextSample'],
        ({ contextSample }) => Object.hasOwn((contextSample ?? {}) as Fields, 'application'),
      ),
    },
    { release: '1.28' },
  ),
  ...byRules(
    ['fields-by-release', 'unknown-context-dropped'],
    {
      '1.28 drops a user in the contextSample of client-credentials, as 1.37 does': {
        store: (customizers, tokenType, value) =>
          tenantRules.store(
            customizers,
            tokenType,
            tokenType === 'client-credentials' && 'contextSample' in value
              ? { ...value, contextSample: {} }
              : value,
          ),
      },
    },
    { release: '1.28' },
  ),
  ...byRules('fields-by-release', {
    '1.43 refuses blockIssuanceOnError': refusing([], (sent) => 'blockIssuanceOnError' in sent),
    '1.43 drops blockIssuanceOnError': without('blockIssuanceOnError'),
    '1.43 drops contextSample.interaction': without('interaction'),
    '1.43 drops contextSample.application': without('application'),
    '1.43 drops contextSample.organization': without('organization'),
    '1.43 drops contextSample.interaction.signInContext': without('signInContext'),
    '1.43 drops contextSample.user.cimdClientId': without('cimdClientId'),
    '1.43 refuses a verification factor of 1.30': refusing(
      ['contextSample', 'user', 'mfaVerificationFactors', '3'],
      (sent) => JSON.stringify(sent).includes('EmailVerificationCode'),
    ),
  }),
  ...byRules(['fields-by-release', 'json-is-kept'], {
    '1.43 drops blockIssuanceOnError when it is false': storing((value, key) =>
      key === 'blockIssuanceOnError' && value === false ? undefined : value,
    ),
  }),
  ...byRules(
    'fields-by-release',
    {
      '1.42 knows contextSample.user.cimdClientId': {
        validate: (guard, sent) =>
          JSON.stringify(sent ?? null).includes('"cimdClientId"')
            ? officialGuards.customizers['access-token'](sent)
            : tenantRules.validate(guard, sent),
      },
    },
    { release: '1.42' },
  ),
]);
