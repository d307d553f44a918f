import { type Rules, tenantRules, type ZodIssue } from '../../../src/tenant/index.ts';
import { officialGuards } from '../guards.ts';
import { at, coercing, forgiving, refusing } from './guards.ts';
import { body, changed, type Fields, on } from './hooks.ts';
import { inArea, type Mutant } from './mutant.ts';
import { otherThan, put, storing, storingTexts, subjectOf } from './storage.ts';

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

const isTest = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'tokenType' in value;

/** Both token types judged by the guard of one. */
const judgedAs = (tokenType: 'access-token' | 'client-credentials'): Partial<Rules> => ({
  judge: (guard, sent) => (isTest(sent) ? guard : officialGuards.customizers[tokenType])(sent),
});

const isKind = (issue: ZodIssue): boolean => at('tokenSample.kind')(issue);

export const variants: Mutant[] = inArea('the two variants', [
  {
    name: 'the guard of access-token judges client-credentials, too',
    breaks: ['patch-merges', 'put-replaces'],
    rules: judgedAs('access-token'),
  },
  {
    name: 'the guard of client-credentials judges access-token, too',
    breaks: ['patch-merges', 'put-replaces', 'get-answers-stored'],
    rules: judgedAs('client-credentials'),
  },
  {
    name: 'tokenSample.kind of the other token type is stored',
    breaks: 'kind-tells-the-type',
    rules: forgiving(isKind),
  },
  {
    name: 'tokenSample.kind of the other token type is set right in silence',
    breaks: 'kind-tells-the-type',
    rules: {
      judge: (guard, sent) => {
        const result = tenantRules.judge(guard, sent);
        if (result.success || !result.issues.every(isKind)) return result;
        const { kind: _, ...tokenSample } = (sent as { tokenSample: Fields }).tokenSample;
        return { success: true, data: { ...(sent as Fields), tokenSample } };
      },
    },
  },
  {
    name: 'client-credentials is answered with the kind of access-token',
    breaks: ['patch-merges', 'get-answers-stored'],
    hook: changed(
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
  },
  {
    name: 'GET answers the customizer of the other token type',
    breaks: 'get-answers-stored',
    wrap: (tenant) => (request, next) =>
      request.method === 'GET' && request.path.includes('customizer/')
        ? tenant.handle({
            ...request,
            path: request.path.replace(subjectOf(request), otherThan(subjectOf(request))),
          })
        : next(),
  },
  {
    name: 'PATCH of client-credentials writes access-token, if there is one',
    breaks: 'types-are-separate',
    wrap: (tenant) => async (request, next) => {
      const { 'access-token': target, 'client-credentials': before } = tenant.customizers;
      const response = await next();
      const isMeant = request.method === 'PATCH' && subjectOf(request) === 'client-credentials';
      if (isMeant && response.status === 200 && target !== undefined) {
        await put(tenant, 'access-token', JSON.parse(response.body) as Fields);
        await put(tenant, 'client-credentials', before);
      }
      return response;
    },
  },
  {
    name: 'the refusal of a missing customizer is answered for the other token type, which exists',
    breaks: 'missing-customizer',
    wrap: (tenant) => async (request, next) => {
      const response = await next();
      const other = tenant.customizers[otherThan(subjectOf(request))];
      const isMissing =
        request.method === 'GET' && request.path.includes('customizer/') && response.status === 404;
      return isMissing && other !== undefined
        ? { ...response, status: 200, body: JSON.stringify(other) }
        : response;
    },
  },
]);
