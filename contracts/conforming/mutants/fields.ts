import { type Rules, tenantRules } from '../../../src/tenant/index.ts';
import type { Hook } from '../serve.ts';
import { type ConformingTenant, createConformingTenant } from '../tenant.ts';
import { at, coercing, forgiving, isObject, refusing } from './guards.ts';
import { body, changed, error, type Fields, fields, noFields, on } from './hooks.ts';
import { byHook, byRules, byWrap, inArea, type Mutant } from './mutant.ts';

const known = [
  'script',
  'environmentVariables',
  'contextSample',
  'tokenSample',
  'blockIssuanceOnError',
] as const;

const contextOf = (sent: Fields): Fields => (sent['contextSample'] ?? {}) as Fields;

/** The guard's verdict, with what was sent of contextSample kept as it was. */
const keepingContext = (keep: (sent: Fields, judged: Fields) => Fields) => ({
  judge: ((guard, sent) => {
    const result = tenantRules.judge(guard, sent);
    const context = (sent as Fields | null)?.['contextSample'];
    if (!result.success || context === undefined || 'tokenType' in (sent as Fields)) return result;
    const data = result.data as Fields;
    return {
      success: true,
      data: { ...data, contextSample: keep(context as Fields, data['contextSample'] as Fields) },
    };
  }) satisfies typeof tenantRules.judge,
});

/** What was judged, with what was dropped two objects deep or deeper. */
const deepest = (sent: unknown, judged: unknown, depth = 0): unknown =>
  isObject(sent) && isObject(judged)
    ? {
        ...(depth > 1 && sent),
        ...Object.fromEntries(
          Object.entries(judged).map(([key, value]) => [key, deepest(sent[key], value, depth + 1)]),
        ),
      }
    : judged;

/** A tenant whose PUT alone has these rules. */
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
  byHook(
    'PATCH answers a time stamp beside the fields',
    'patch-merges',
    changed(on('patch', 200), fields({ updatedAt: 1_732_300_000_000 })),
  ),
  byHook(
    'PATCH answers the customizer in an envelope',
    'patch-merges',
    changed(
      on('patch', 200),
      body((found) => ({ key: 'jwt.accessToken', value: found })),
    ),
  ),
  byHook(
    'PATCH answers what was sent, not the whole customizer',
    'patch-merges',
    changed(
      on('patch', 200),
      body((_, { body }) => JSON.parse(new TextDecoder().decode(body as Uint8Array))),
    ),
  ),
  byHook('PATCH does not answer the script', 'patch-merges', changed(on('patch', 200), noFields('script'))),
  byHook(
    'GET answers an id beside the fields',
    'get-answers-stored',
    changed(on('get', 200), fields({ id: 'jwt.accessToken' })),
  ),
  byHook(
    'GET does not answer the values of environment variables',
    'get-answers-stored',
    changed(
      on('get', 200),
      body(({ environmentVariables = {}, ...found }) => ({
        ...found,
        environmentVariables: Object.fromEntries(
          Object.keys(environmentVariables as Fields).map((name) => [name, '***']),
        ),
      })),
    ),
  ),
  byHook(
    'PUT answers an extra field',
    'put-replaces',
    changed(on('put', 200, 201), fields({ created: true })),
  ),
  byRules(
    'PATCH does without the script',
    ['body-is-guarded', 'documented-examples-refused'],
    forgiving(({ path, ...issue }) => path.join() === 'script' && issue['received'] === 'undefined'),
  ),
  byRules(
    'a write needs environmentVariables',
    ['patch-merges', 'put-replaces'],
    refusing(['environmentVariables'], (sent) => sent['environmentVariables'] === undefined),
  ),
  byRules('contextSample does without a user', 'body-is-guarded', forgiving(at('contextSample.user'))),
  byRules(
    'an unknown top-level field is stored',
    'objects-are-closed',
    forgiving((issue) => issue.path.length === 0),
  ),
  byRules(
    'an unknown top-level field is dropped in silence',
    'objects-are-closed',
    coercing((sent) =>
      Object.fromEntries(
        Object.entries(sent).filter(([name]) => (known as readonly string[]).includes(name)),
      ),
    ),
  ),
  byRules('an unknown field of tokenSample is stored', 'objects-are-closed', forgiving(at('tokenSample'))),
  byRules(
    'an unknown field of contextSample is refused',
    'unknown-context-dropped',
    refusing(['contextSample'], (sent) => 'nope' in contextOf(sent)),
  ),
  byRules(
    'an unknown field of contextSample is kept',
    'unknown-context-dropped',
    keepingContext((sent, judged) => ({ ...sent, ...judged })),
  ),
  byRules(
    'an unknown field of a user is kept',
    'unknown-context-dropped',
    keepingContext((sent, judged) =>
      'user' in judged
        ? { ...judged, user: { ...(sent['user'] as Fields), ...(judged['user'] as Fields) } }
        : judged,
    ),
  ),
  byRules(
    'the contextSample of client-credentials keeps a user',
    'unknown-context-dropped',
    keepingContext((sent, judged) => ('user' in sent ? { user: sent['user'], ...judged } : judged)),
  ),
  ...(
    [
      ['the types of environment variables', 'body-is-guarded', 'environmentVariables.N'],
      ['tokenSample.kind', 'kind-tells-the-type', 'tokenSample.kind'],
      ['unknown fields of tokenSample', 'objects-are-closed', 'tokenSample'],
      ['unknown fields at the top level', 'objects-are-closed', ''],
    ] as const
  ).map(([what, breaks, path]) =>
    byWrap(`PUT does not look at ${what}`, breaks, (tenant: ConformingTenant) =>
      onlyPut(tenant, forgiving(at(path))),
    ),
  ),
  byWrap(
    'PUT takes an unknown token type for access-token',
    'token-type-is-guarded',
    (tenant) => (request, next) =>
      request.method === 'PUT' && request.path.endsWith('/id-token')
        ? tenant.handle({ ...request, path: request.path.replace('id-token', 'access-token') })
        : next(),
  ),
  byHook(
    'PUT takes a body that is not JSON for {}',
    'not-json',
    changed(
      ({ method }, { body }) => method === 'PUT' && body.includes('JSON'),
      error(400, 'guard.invalid_input'),
    ),
  ),
  byRules(
    'an unknown field deep inside a user is kept',
    'unknown-context-dropped',
    keepingContext((sent, judged) => deepest(sent, judged) as Fields),
  ),
]);
