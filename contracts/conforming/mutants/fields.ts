import { type Rules, tenantRules } from '../../../src/tenant/index.ts';
import type { Hook } from '../serve.ts';
import { type ConformingTenant, createConformingTenant } from '../tenant.ts';
import { at, coercing, forgiving, isObject, refusing } from './guards.ts';
import { body, changed, error, type Fields, fields, noFields, on } from './hooks.ts';
import { inArea, type Mutant } from './mutant.ts';

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
  {
    name: 'PATCH answers a time stamp beside the fields',
    breaks: 'patch-merges',
    hook: changed(on('patch', 200), fields({ updatedAt: 1_732_300_000_000 })),
  },
  {
    name: 'PATCH answers the customizer in an envelope',
    breaks: 'patch-merges',
    hook: changed(
      on('patch', 200),
      body((found) => ({ key: 'jwt.accessToken', value: found })),
    ),
  },
  {
    name: 'PATCH answers what was sent, not the whole customizer',
    breaks: 'patch-merges',
    hook: changed(
      on('patch', 200),
      body((_, { body }) => JSON.parse(new TextDecoder().decode(body as Uint8Array))),
    ),
  },
  {
    name: 'PATCH does not answer the script',
    breaks: 'patch-merges',
    hook: changed(on('patch', 200), noFields('script')),
  },
  {
    name: 'GET answers an id beside the fields',
    breaks: 'get-answers-stored',
    hook: changed(on('get', 200), fields({ id: 'jwt.accessToken' })),
  },
  {
    name: 'GET does not answer the values of environment variables',
    breaks: 'get-answers-stored',
    hook: changed(
      on('get', 200),
      body(({ environmentVariables = {}, ...found }) => ({
        ...found,
        environmentVariables: Object.fromEntries(
          Object.keys(environmentVariables as Fields).map((name) => [name, '***']),
        ),
      })),
    ),
  },
  {
    name: 'PUT answers an extra field',
    breaks: 'put-replaces',
    hook: changed(on('put', 200, 201), fields({ created: true })),
  },
  {
    name: 'PATCH does without the script',
    breaks: ['body-is-guarded', 'documented-examples-refused'],
    rules: forgiving(({ path, ...issue }) => path.join() === 'script' && issue['received'] === 'undefined'),
  },
  {
    name: 'a write needs environmentVariables',
    breaks: ['patch-merges', 'put-replaces'],
    rules: refusing(['environmentVariables'], (sent) => sent['environmentVariables'] === undefined),
  },
  {
    name: 'contextSample does without a user',
    breaks: 'body-is-guarded',
    rules: forgiving(at('contextSample.user')),
  },
  {
    name: 'an unknown top-level field is stored',
    breaks: 'objects-are-closed',
    rules: forgiving((issue) => issue.path.length === 0),
  },
  {
    name: 'an unknown top-level field is dropped in silence',
    breaks: 'objects-are-closed',
    rules: coercing((sent) =>
      Object.fromEntries(
        Object.entries(sent).filter(([name]) => (known as readonly string[]).includes(name)),
      ),
    ),
  },
  {
    name: 'an unknown field of tokenSample is stored',
    breaks: 'objects-are-closed',
    rules: forgiving(at('tokenSample')),
  },
  {
    name: 'an unknown field of contextSample is refused',
    breaks: 'unknown-context-dropped',
    rules: refusing(['contextSample'], (sent) => 'nope' in contextOf(sent)),
  },
  {
    name: 'an unknown field of contextSample is kept',
    breaks: 'unknown-context-dropped',
    rules: keepingContext((sent, judged) => ({ ...sent, ...judged })),
  },
  {
    name: 'an unknown field of a user is kept',
    breaks: 'unknown-context-dropped',
    rules: keepingContext((sent, judged) =>
      'user' in judged
        ? { ...judged, user: { ...(sent['user'] as Fields), ...(judged['user'] as Fields) } }
        : judged,
    ),
  },
  {
    name: 'the contextSample of client-credentials keeps a user',
    breaks: 'unknown-context-dropped',
    rules: keepingContext((sent, judged) => ('user' in sent ? { user: sent['user'], ...judged } : judged)),
  },
  ...(
    [
      ['the types of environment variables', 'body-is-guarded', 'environmentVariables.N'],
      ['tokenSample.kind', 'kind-tells-the-type', 'tokenSample.kind'],
      ['unknown fields of tokenSample', 'objects-are-closed', 'tokenSample'],
      ['unknown fields at the top level', 'objects-are-closed', ''],
    ] as const
  ).map(([what, breaks, path]) => ({
    name: `PUT does not look at ${what}`,
    breaks,
    wrap: (tenant: ConformingTenant) => onlyPut(tenant, forgiving(at(path))),
  })),
  {
    name: 'PUT takes an unknown token type for access-token',
    breaks: 'token-type-is-guarded',
    wrap: (tenant) => (request, next) =>
      request.method === 'PUT' && request.path.endsWith('/id-token')
        ? tenant.handle({ ...request, path: request.path.replace('id-token', 'access-token') })
        : next(),
  },
  {
    name: 'PUT takes a body that is not JSON for {}',
    breaks: 'not-json',
    hook: changed(
      ({ method }, { body }) => method === 'PUT' && body.includes('JSON'),
      error(400, 'guard.invalid_input'),
    ),
  },
  {
    name: 'an unknown field deep inside a user is kept',
    breaks: 'unknown-context-dropped',
    rules: keepingContext((sent, judged) => deepest(sent, judged) as Fields),
  },
]);
