import { type Rules, tenantRules, type ZodIssue } from '../../../src/tenant/index.ts';
import { officialGuards } from '../guards.ts';
import { at, forgiving } from './guards.ts';
import { body, changed, type Fields, on } from './hooks.ts';
import { byHook, byRules, byWrap, inArea, type Mutant } from './mutant.ts';
import { otherThan, put, subjectOf } from './storage.ts';

const isTest = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'tokenType' in value;

/** Both token types judged by the guard of one. */
const judgedAs = (tokenType: 'access-token' | 'client-credentials'): Partial<Rules> => ({
  judge: (guard, sent) => (isTest(sent) ? guard : officialGuards.customizers[tokenType])(sent),
});

const isKind = (issue: ZodIssue): boolean => at('tokenSample.kind')(issue);

export const variants: Mutant[] = inArea('the two variants', [
  ...byRules(['patch-merges', 'put-replaces'], {
    'the guard of access-token judges client-credentials, too': judgedAs('access-token'),
  }),
  ...byRules(['patch-merges', 'put-replaces', 'get-answers-stored'], {
    'the guard of client-credentials judges access-token, too': judgedAs('client-credentials'),
  }),
  ...byRules('kind-tells-the-type', {
    'tokenSample.kind of the other token type is stored': forgiving(isKind),
    'tokenSample.kind of the other token type is set right in silence': {
      judge: (guard, sent) => {
        const result = tenantRules.judge(guard, sent);
        if (result.success || !result.issues.every(isKind)) return result;
        const { kind: _, ...tokenSample } = (sent as { tokenSample: Fields }).tokenSample;
        return { success: true, data: { ...(sent as Fields), tokenSample } };
      },
    },
  }),
  ...byHook(['patch-merges', 'get-answers-stored'], {
    'client-credentials is answered with the kind of access-token': changed(
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
    'GET answers the customizer of the other token type': (tenant) => (request, next) =>
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
    'the refusal of a missing customizer is answered for the other token type, which exists':
      (tenant) => async (request, next) => {
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
