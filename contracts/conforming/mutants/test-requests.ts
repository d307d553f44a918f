import { isRecord } from '../../../src/client/json.ts';
import { plainText, type Rules, type TenantResponse, tenantRules } from '../../../src/tenant/index.ts';
import {
  after,
  body,
  changed,
  error,
  type Fields,
  fields,
  forgiving,
  instead,
  noFields,
  ofScripts,
  on,
  put,
  sentIn,
  status,
  testing,
  text,
} from './hooks.ts';
import { byHook, byRules, byWrap, inArea, type Mutant } from './mutant.ts';

const without = (...names: string[]) =>
  testing((sent) => Object.fromEntries(Object.entries(sent).filter(([name]) => !names.includes(name))));

/** Changes the body of `POST /test` before the guard validates it. */
const taking = (change: (sent: Fields) => unknown): Partial<Rules> => ({
  validate: (guard, sent) =>
    tenantRules.validate(guard, isRecord(sent) && 'tokenType' in sent ? change(sent) : sent),
});

/** Stores the tested script when the response has one of these statuses. */
const storedFor = (...statuses: number[]) =>
  after(on('test', ...statuses), (tenant, request) =>
    put(tenant, 'access-token', { script: String(sentIn(request)?.['script'] ?? '') }),
  );

export const testRequests: Mutant[] = inArea('POST /test', [
  ...byWrap('test-stores-nothing', {
    'POST /test stores the script': storedFor(200),
    'POST /test stores a script that fails': storedFor(422),
    'POST /test that is refused with 400 stores the script': storedFor(400),
    'POST /test deletes the stored customizer': after(on('test', 200), (tenant) =>
      put(tenant, 'access-token', undefined),
    ),
  }),
  ...byWrap(['token-required', 'order-of-checks'], {
    'POST /test that is refused with 401 stores the script': storedFor(401),
  }),
  ...byHook('test-answers-claims', {
    'POST /test responds with 201': changed(on('test', 200), status(201)),
    'POST /test returns the claims in an envelope': changed(
      on('test', 200),
      body((found) => ({ claims: found })),
    ),
    'POST /test returns the request body with the claims': changed(
      on('test', 200),
      body((found, request) => ({ ...sentIn(request), ...found })),
    ),
    'POST /test returns no claims': changed(
      on('test', 200),
      body(() => ({})),
    ),
    'POST /test omits claims that a token would not have': changed(
      on('test', 200),
      noFields('sub', 'iss', 'aud', 'exp'),
    ),
    'POST /test mangles non-ASCII characters': changed(
      on('test', 200),
      text((found) => found.replaceAll(/[\u{80}-\u{10ffff}]/gu, '?')),
    ),
    'POST /test omits claims that are false': changed(
      on('test', 200),
      body((found) => Object.fromEntries(Object.entries(found).filter(([, value]) => value !== false))),
    ),
    'POST /test returns claims that are objects as JSON in a string': changed(
      on('test', 200),
      body((found) =>
        Object.fromEntries(
          Object.entries(found).map(([name, value]) => [
            name,
            isRecord(value) ? JSON.stringify(value) : value,
          ]),
        ),
      ),
    ),
    'POST /test treats dots in the names of claims as paths': changed(
      on('test', 200),
      body((found) =>
        Object.fromEntries(Object.entries(found).map(([name, value]) => [name.split('.')[0] ?? '', value])),
      ),
    ),
    'a script does not find the globals of Node on 1.43': ofScripts(
      'typeof process',
      fields({ p: 'undefined', u: 'undefined' }),
    ),
    'a script that is a function declaration is not found': ofScripts(
      'function getCustomJwtClaims',
      error(422, 'jwt_customizer.general'),
    ),
    'a script does not find fetch': ofScripts('typeof fetch', fields({ f: 'undefined' })),
    'a script does not find console': ofScripts('typeof console', fields({ c: 'undefined' })),
  }),
  ...byRules('test-answers-claims', {
    'the script does not get the environment variables': testing((sent) => ({
      ...sent,
      environmentVariables: {},
    })),
    'the script does not get the context': testing((sent) => ({ ...sent, context: { user: {} } })),
    'the script does not get the token': without('token'),
    'the script of client-credentials does not get the token': testing((sent) => ({
      ...sent,
      ...(sent['tokenType'] === 'client-credentials' && { token: {} }),
    })),
    'environment variables that are empty do not reach the script': testing((sent) => ({
      ...sent,
      environmentVariables: Object.fromEntries(
        Object.entries((sent['environmentVariables'] ?? {}) as Fields).filter(([, value]) => value !== ''),
      ),
    })),
  }),
  ...byHook(
    'test-answers-claims',
    {
      'a script finds the globals of Node before 1.43': ofScripts(
        'typeof process',
        fields({ p: 'object', u: 'function' }),
      ),
    },
    { release: '1.42' },
  ),
  ...byRules('test-body-is-flat', {
    'POST /test accepts the body nested in payload': taking(({ payload, ...sent }) => ({
      ...sent,
      ...(isRecord(payload) && payload),
    })),
    'POST /test does not require the token': forgiving(({ path }) => path.join() === 'token'),
    'POST /test drops token fields that only real tokens have': taking(({ token, ...sent }) => {
      const { extra: _, ...known } = (token ?? {}) as Fields;
      return token === undefined ? sent : { ...sent, token: known };
    }),
    'POST /test of client-credentials does not require the context': forgiving(
      ({ path }) => path.join() === 'context',
    ),
  }),
  ...byRules(
    'test-body-is-flat',
    {
      'POST /test of client-credentials on 1.28 requires the context': {
        validate: (guard, sent) =>
          isRecord(sent) && 'tokenType' in sent && !('context' in sent)
            ? { success: false, issues: [{ code: 'invalid_type', path: ['context'], message: 'Required' }] }
            : tenantRules.validate(guard, sent),
      },
    },
    { release: '1.28' },
  ),
  ...byHook('body-limit', {
    'POST /test reads bodies of any size': changed(
      ({ path }, { body }) => path.endsWith('/test') && body === 'Not Found',
      error(400, 'guard.invalid_input'),
    ),
  }),
]);

/** Matches the response to a failed script whose message contains this text. */
const failed =
  (words = '') =>
  (_: unknown, { status, body }: TenantResponse): boolean =>
    status === 422 && body.includes('jwt_customizer.general') && body.includes(words);

const claims = (found: Fields): TenantResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(found),
});

export const testOutcomes: Mutant[] = inArea('POST /test', [
  ...byHook('test-denial', {
    'a denial gets 200': changed(on('test', 403), status(200)),
    'a denial gets 422, like a failure': ofScripts('denyAccess', status(422)),
    'a denial does not contain the message of the script': ofScripts(
      'denyAccess',
      body((found) => ({ ...found, data: { ...(found['data'] as Fields), message: 'Access denied' } })),
    ),
    'a denial has the code of a missing permission': ofScripts(
      'denyAccess',
      fields({ code: 'auth.forbidden' }),
    ),
    'a denial does not contain AccessDenied': ofScripts(
      'denyAccess',
      body((found) => ({ ...found, data: { message: 'not today' } })),
    ),
  }),
  ...byRules(
    'test-denial',
    {
      'a denial of 1.28 has the format of 1.42': {
        respondToTest: (outcome) => tenantRules.respondToTest(outcome, '1.42'),
      },
    },
    { release: '1.28' },
  ),
  ...byHook('test-failure', {
    'a script that fails gets 500': changed(failed(), status(500)),
    'a script that fails gets 200 without claims': changed(failed(), instead(claims({}))),
    'a syntax error gets 400': changed(failed('Unexpected'), status(400)),
    'a failure has another code': changed(failed(), fields({ code: 'jwt_customizer.failed' })),
    'a failure does not contain the message of the script': changed(
      failed(),
      fields({ data: { message: 'It failed.' } }),
    ),
    'a failure has no data': changed(failed(), noFields('data')),
    'a failure contains the stack of the script': changed(
      failed(),
      body((found) => ({ ...found, data: { ...(found['data'] as Fields), stack: 'at Object.' } })),
    ),
    'a script without getCustomJwtClaims has no claims': changed(
      failed('does not have a function'),
      instead(claims({})),
    ),
    'a result that is not an object is returned unchanged': changed(
      failed('Invalid input'),
      instead({ ...claims({}), body: '[]' }),
    ),
    'TypeScript runs': changed(
      (request, response) =>
        failed()(request, response) &&
        /: (any|string|object)|Record</.test(String(sentIn(request)?.['script'])),
      instead(claims({ a: 1 })),
    ),
    'import runs': ofScripts('import {', instead(claims({ h: 'host' }))),
  }),
  ...byHook(
    'test-failure',
    {
      'an endless script gets 504': ofScripts('while (true)', instead(plainText(504, 'Gateway Timeout'))),
    },
    { disruptive: true },
  ),
  ...byHook('test-cannot-answer', {
    'a claim that is a BigInt is returned as a string': changed(on('test', 500), instead(claims({ n: '1' }))),
    'a claim that is a BigInt is a failure of the script': changed(
      on('test', 500),
      error(422, 'jwt_customizer.general'),
    ),
  }),
]);
