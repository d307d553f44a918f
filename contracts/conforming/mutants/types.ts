import { type Rules, tenantRules, type ZodIssue } from '../../../src/tenant/index.ts';
import { officialGuards } from '../guards.ts';
import {
  at,
  body,
  changed,
  coercing,
  type Fields,
  forgiving,
  on,
  otherThan,
  put,
  refusing,
  storing,
  storingTexts,
  subjectOf,
} from './hooks.ts';
import { byHook, byRules, byWrap, inArea, type Mutant } from './mutant.ts';

const textOf = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value);

const usernameOf = (sent: Fields): string => {
  const user = (sent['contextSample'] as { user?: { username?: unknown } } | null | undefined)?.user;
  return typeof user?.username === 'string' ? user.username : '';
};

export const typesAndLiterals: Mutant[] = inArea('types and literals', [
  ...byRules('body-is-guarded', {
    'a script that is a number is converted to a string': coercing((sent) => ({
      ...sent,
      script: textOf(sent['script']),
    })),
    'a script that is null is treated as empty': coercing((sent) => ({
      ...sent,
      ...(sent['script'] === null && { script: '' }),
    })),
    'an environment variable that is a number is converted to a string': coercing(
      ({ environmentVariables, ...sent }) => ({
        ...sent,
        ...(environmentVariables !== undefined && {
          environmentVariables:
            environmentVariables &&
            Object.fromEntries(
              Object.entries(environmentVariables).map(([name, value]) => [name, textOf(value)]),
            ),
        }),
      }),
    ),
    'environmentVariables that are null are left out': coercing(({ environmentVariables, ...sent }) => ({
      ...sent,
      ...(environmentVariables != null && { environmentVariables }),
    })),
    'a contextSample that is null is left out': coercing(({ contextSample, ...sent }) => ({
      ...sent,
      ...(contextSample != null && { contextSample }),
    })),
    'a body that is an array is treated as its first item': {
      parseBody: (sent, type) => tenantRules.parseBody(sent === '[]' ? '{"script":""}' : sent, type),
    },
    'an unknown verification factor is stored': forgiving(at('contextSample.user.mfaVerificationFactors.0')),
    'a user id of 13 characters is stored': forgiving(at('contextSample.user.id')),
  }),
  ...byRules('not-json', {
    'a body that is a JSON string is treated as {"script":""}': {
      parseBody: (sent, type) => tenantRules.parseBody(sent.startsWith('"') ? '{"script":""}' : sent, type),
    },
    'a truncated body is repaired': {
      parseBody: (sent, type) => tenantRules.parseBody(sent === '{"script": ' ? `${sent}""}` : sent, type),
    },
    'an empty body is refused as invalid JSON': {
      parseBody: (sent, type) =>
        sent === '' ? { message: 'Unexpected end of JSON input' } : tenantRules.parseBody(sent, type),
    },
  }),
  ...byRules('documented-examples-refused', {
    "the placeholders of the vendor's response examples are stored": forgiving(({ path }) =>
      ['tokenSample.kind', 'contextSample.grant.type', 'contextSample.user.identities'].some((place) =>
        path.join('.').startsWith(place),
      ),
    ),
  }),
  ...byRules('lengths-in-utf16', {
    'lengths count code points': forgiving(at('contextSample.user.username')),
    'lengths count bytes': refusing(
      ['contextSample', 'user', 'username'],
      (sent) => new TextEncoder().encode(usernameOf(sent)).length > 128,
    ),
  }),
  ...byRules('json-is-kept', {
    'true is stored as a string': storing((value) => (value === true ? 'true' : value)),
    'false is not stored': storing((value) => (value === false ? undefined : value)),
    '0 is not stored': storing((value) => (value === 0 ? undefined : value)),
    'numbers are stored as integers': storing((value) =>
      typeof value === 'number' ? Math.trunc(value) : value,
    ),
    'large numbers are stored as null': storing((value) =>
      typeof value === 'number' && value > 1e15 ? null : value,
    ),
    'strings of digits are stored as numbers': storing((value) =>
      typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value,
    ),
    'times are stored in another format': storingTexts((found) =>
      /^\d{4}-\d\d-\d\dT[\d:]+Z$/.test(found) ? new Date(found).toISOString() : found,
    ),
  }),
  ...byRules(['json-is-kept', 'patch-merges'], {
    'URLs are stored with a trailing slash': storingTexts((found) =>
      /^https:\/\/[\w.]+$/.test(found) ? `${found}/` : found,
    ),
  }),
]);

const isTest = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'tokenType' in value;

/** Validates both token types with the guard of one. */
const validatedAs = (tokenType: 'access-token' | 'client-credentials'): Partial<Rules> => ({
  validate: (guard, sent) => (isTest(sent) ? guard : officialGuards.customizers[tokenType])(sent),
});

const isKind = (issue: ZodIssue): boolean => at('tokenSample.kind')(issue);

export const variants: Mutant[] = inArea('the two variants', [
  ...byRules(['patch-merges', 'put-replaces'], {
    'the guard of access-token validates client-credentials, too': validatedAs('access-token'),
  }),
  ...byRules(['patch-merges', 'put-replaces', 'get-answers-stored'], {
    'the guard of client-credentials validates access-token, too': validatedAs('client-credentials'),
  }),
  ...byRules('kind-tells-the-type', {
    'tokenSample.kind of the other token type is stored': forgiving(isKind),
    'tokenSample.kind of the other token type is silently corrected': {
      validate: (guard, sent) => {
        const result = tenantRules.validate(guard, sent);
        if (result.success || !result.issues.every(isKind)) return result;
        const { kind: _, ...tokenSample } = (sent as { tokenSample: Fields }).tokenSample;
        return { success: true, data: { ...(sent as Fields), tokenSample } };
      },
    },
  }),
  ...byHook(['patch-merges', 'get-answers-stored'], {
    'client-credentials is returned with the kind of access-token': changed(
      on(['patch', 'put', 'get'], 200, 201),
      body(({ tokenSample, ...found }) => ({
        ...found,
        ...(tokenSample !== undefined && {
          tokenSample: {
            ...(tokenSample as Fields),
            ...('kind' in (tokenSample as Fields) && { kind: 'AccessToken' }),
          },
        }),
      })),
    ),
  }),
  ...byWrap('get-answers-stored', {
    'GET returns the customizer of the other token type': (tenant) => (request, next) =>
      request.method === 'GET' && request.path.includes('customizer/')
        ? tenant.handle({
            ...request,
            path: request.path.replace(subjectOf(request), otherThan(subjectOf(request))),
          })
        : next(),
  }),
  ...byWrap('types-are-separate', {
    'PATCH of client-credentials writes access-token, if there is one': (tenant) => async (request, next) => {
      const { 'access-token': target, 'client-credentials': before } = tenant.customizers;
      const response = await next();
      const isMeant = request.method === 'PATCH' && subjectOf(request) === 'client-credentials';
      if (isMeant && response.status === 200 && target !== undefined) {
        await put(tenant, 'access-token', JSON.parse(response.body) as Fields);
        await put(tenant, 'client-credentials', before);
      }
      return response;
    },
  }),
  ...byWrap('missing-customizer', {
    'GET of a missing customizer returns the other one': (tenant) => async (request, next) => {
      const response = await next();
      const other = tenant.customizers[otherThan(subjectOf(request))];
      const isMissing =
        request.method === 'GET' && request.path.includes('customizer/') && response.status === 404;
      return isMissing && other !== undefined
        ? { ...response, status: 200, body: JSON.stringify(other) }
        : response;
    },
  }),
]);
