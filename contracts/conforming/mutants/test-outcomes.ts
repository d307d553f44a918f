import { plainText, type Rules, type TenantResponse, tenantRules } from '../../../src/tenant/index.ts';
import type { Hook } from '../serve.ts';
import { forgiving, isObject, testing } from './guards.ts';
import {
  body,
  changed,
  error,
  type Fields,
  fields,
  instead,
  noFields,
  on,
  sentIn,
  status,
  text,
} from './hooks.ts';
import { inArea, type Mutant } from './mutant.ts';
import { after, put } from './storage.ts';

const without = (...names: string[]) =>
  testing((sent) => Object.fromEntries(Object.entries(sent).filter(([name]) => !names.includes(name))));

/** A failed script's answer whose message has these words. */
const failed =
  (words = '') =>
  (_: unknown, { status, body }: TenantResponse): boolean =>
    status === 422 && body.includes('jwt_customizer.general') && body.includes(words);

const claims = (found: Fields): TenantResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(found),
});

/** The answer to a script that has this in it. */
const script = (words: string, ...changes: Parameters<typeof changed>[1][]): Hook =>
  changed(
    (request, { status }) => {
      const found = sentIn(request)?.['script'];
      return status !== 400 && request.path.endsWith('/test') && String(found).includes(words);
    },
    ...changes,
  );

/** The body of `POST /test` made another before its guard sees it. */
const taking = (change: (sent: Fields) => unknown): Partial<Rules> => ({
  judge: (guard, sent) =>
    tenantRules.judge(guard, isObject(sent) && 'tokenType' in sent ? change(sent) : sent),
});

const store = after(on('test'), async (tenant, request) => {
  const sent = sentIn(request);
  await put(tenant, 'client-credentials', { script: String(sent?.['script'] ?? '') });
});

export const testOutcomes: Mutant[] = inArea('POST /test', [
  { name: 'POST /test stores the script', breaks: 'test-stores-nothing', wrap: store },
  {
    name: 'POST /test stores a script that fails',
    breaks: 'test-stores-nothing',
    wrap: after(on('test', 422), async (tenant, request) =>
      put(tenant, 'access-token', { script: String(sentIn(request)?.['script'] ?? '') }),
    ),
  },
  {
    name: 'POST /test that is refused with 400 stores the script',
    breaks: 'test-stores-nothing',
    wrap: after(on('test', 400), async (tenant, request) =>
      put(tenant, 'access-token', { script: String(sentIn(request)?.['script'] ?? '') }),
    ),
  },
  {
    name: 'POST /test that is refused with 401 stores the script',
    breaks: ['token-required', 'order-of-checks'],
    wrap: after(on('test', 401), async (tenant, request) =>
      put(tenant, 'access-token', { script: String(sentIn(request)?.['script'] ?? '') }),
    ),
  },
  {
    name: 'POST /test deletes what is stored',
    breaks: 'test-stores-nothing',
    wrap: after(on('test', 200), (tenant) => put(tenant, 'access-token', undefined)),
  },
  {
    name: 'POST /test answers 201',
    breaks: 'test-answers-claims',
    hook: changed(on('test', 200), status(201)),
  },
  {
    name: 'POST /test answers the claims in an envelope',
    breaks: 'test-answers-claims',
    hook: changed(
      on('test', 200),
      body((found) => ({ claims: found })),
    ),
  },
  {
    name: 'POST /test answers what was sent with the claims',
    breaks: 'test-answers-claims',
    hook: changed(
      on('test', 200),
      body((found, request) => ({ ...sentIn(request), ...found })),
    ),
  },
  {
    name: 'POST /test answers no claims',
    breaks: 'test-answers-claims',
    hook: changed(
      on('test', 200),
      body(() => ({})),
    ),
  },
  {
    name: 'POST /test leaves out claims that a token would not have',
    breaks: 'test-answers-claims',
    hook: changed(on('test', 200), noFields('sub', 'iss', 'aud', 'exp')),
  },
  {
    name: 'the script does not get the environment variables',
    breaks: 'test-answers-claims',
    rules: testing((sent) => ({ ...sent, environmentVariables: {} })),
  },
  {
    name: 'the script does not get the context',
    breaks: 'test-answers-claims',
    rules: testing((sent) => ({ ...sent, context: { user: {} } })),
  },
  { name: 'the script does not get the token', breaks: 'test-answers-claims', rules: without('token') },
  {
    name: 'the script of client-credentials does not get the token',
    breaks: 'test-answers-claims',
    rules: testing((sent) => ({ ...sent, ...(sent['tokenType'] === 'client-credentials' && { token: {} }) })),
  },
  {
    name: 'environment variables that are empty do not reach the script',
    breaks: 'test-answers-claims',
    rules: testing((sent) => ({
      ...sent,
      environmentVariables: Object.fromEntries(
        Object.entries((sent['environmentVariables'] ?? {}) as Fields).filter(([, value]) => value !== ''),
      ),
    })),
  },
  {
    name: 'POST /test mangles what is not ASCII',
    breaks: 'test-answers-claims',
    hook: changed(
      on('test', 200),
      text((found) => found.replaceAll(/[\u{80}-\u{10ffff}]/gu, '?')),
    ),
  },
  {
    name: 'POST /test leaves out claims that are false',
    breaks: 'test-answers-claims',
    hook: changed(
      on('test', 200),
      body((found) => Object.fromEntries(Object.entries(found).filter(([, value]) => value !== false))),
    ),
  },
  {
    name: 'POST /test answers claims that are objects as JSON in a text',
    breaks: 'test-answers-claims',
    hook: changed(
      on('test', 200),
      body((found) =>
        Object.fromEntries(
          Object.entries(found).map(([name, value]) => [
            name,
            isObject(value) ? JSON.stringify(value) : value,
          ]),
        ),
      ),
    ),
  },
  {
    name: 'POST /test takes dots in the names of claims for paths',
    breaks: 'test-answers-claims',
    hook: changed(
      on('test', 200),
      body((found) =>
        Object.fromEntries(Object.entries(found).map(([name, value]) => [name.split('.')[0] ?? '', value])),
      ),
    ),
  },
  {
    name: 'a script finds the globals of Node before 1.43',
    breaks: 'test-answers-claims',
    release: '1.42',
    hook: script('typeof process', fields({ p: 'object', u: 'function' })),
  },
  {
    name: 'a script does not find the globals of Node on 1.43',
    breaks: 'test-answers-claims',
    hook: script('typeof process', fields({ p: 'undefined', u: 'undefined' })),
  },
  {
    name: 'a script that is a function declaration is not found',
    breaks: 'test-answers-claims',
    hook: script('function getCustomJwtClaims', error(422, 'jwt_customizer.general')),
  },
  {
    name: 'a script does not find fetch',
    breaks: 'test-answers-claims',
    hook: script('typeof fetch', fields({ f: 'undefined' })),
  },
  {
    name: 'a script does not find console',
    breaks: 'test-answers-claims',
    hook: script('typeof console', fields({ c: 'undefined' })),
  },
  {
    name: 'a denial is answered 200',
    breaks: 'test-denial',
    hook: changed(on('test', 403), status(200)),
  },
  {
    name: 'a denial is answered 422, as a failure is',
    breaks: 'test-denial',
    hook: script('denyAccess', status(422)),
  },
  {
    name: 'a denial does not tell the message of the script',
    breaks: 'test-denial',
    hook: script(
      'denyAccess',
      body((found) => ({ ...found, data: { ...(found['data'] as Fields), message: 'Access denied' } })),
    ),
  },
  {
    name: 'a denial has the code of a missing permission',
    breaks: 'test-denial',
    hook: script('denyAccess', fields({ code: 'auth.forbidden' })),
  },
  {
    name: 'a denial does not say AccessDenied',
    breaks: 'test-denial',
    hook: script(
      'denyAccess',
      body((found) => ({ ...found, data: { message: 'not today' } })),
    ),
  },
  {
    name: 'a denial of 1.28 is told as 1.42 tells it',
    breaks: 'test-denial',
    release: '1.28',
    rules: { answerOutcome: (outcome) => tenantRules.answerOutcome(outcome, '1.42') },
  },
  {
    name: 'a script that fails is answered 500',
    breaks: 'test-failure',
    hook: changed(failed(), status(500)),
  },
  {
    name: 'a script that fails is answered 200 without claims',
    breaks: 'test-failure',
    hook: changed(failed(), instead(claims({}))),
  },
  {
    name: 'a syntax error is answered 400',
    breaks: 'test-failure',
    hook: changed(failed('Unexpected'), status(400)),
  },
  {
    name: 'a failure has another code',
    breaks: 'test-failure',
    hook: changed(failed(), fields({ code: 'jwt_customizer.failed' })),
  },
  {
    name: 'a failure does not tell the message of the script',
    breaks: 'test-failure',
    hook: changed(failed(), fields({ data: { message: 'It failed.' } })),
  },
  {
    name: 'a failure has no data',
    breaks: 'test-failure',
    hook: changed(failed(), noFields('data')),
  },
  {
    name: 'a failure tells the stack of the script',
    breaks: 'test-failure',
    hook: changed(
      failed(),
      body((found) => ({ ...found, data: { ...(found['data'] as Fields), stack: 'at Object.' } })),
    ),
  },
  {
    name: 'a script without getCustomJwtClaims has no claims',
    breaks: 'test-failure',
    hook: changed(failed('does not have a function'), instead(claims({}))),
  },
  {
    name: 'a result that is no object is answered as it is',
    breaks: 'test-failure',
    hook: changed(failed('Invalid input'), instead({ ...claims({}), body: '[]' })),
  },
  {
    name: 'TypeScript runs',
    breaks: 'test-failure',
    hook: changed(
      (request, response) =>
        failed()(request, response) &&
        /: (any|string|object)|Record</.test(String(sentIn(request)?.['script'])),
      instead(claims({ a: 1 })),
    ),
  },
  {
    name: 'import runs',
    breaks: 'test-failure',
    hook: script('import {', instead(claims({ h: 'host' }))),
  },
  {
    name: 'an endless script is answered 504',
    breaks: 'test-failure',
    disruptive: true,
    hook: script('while (true)', instead(plainText(504, 'Gateway Timeout'))),
  },
  {
    name: 'a claim that is a BigInt is answered as its text',
    breaks: 'test-cannot-answer',
    hook: changed(on('test', 500), instead(claims({ n: '1' }))),
  },
  {
    name: 'a claim that is a BigInt is a failure of the script',
    breaks: 'test-cannot-answer',
    hook: changed(on('test', 500), error(422, 'jwt_customizer.general')),
  },
  {
    name: 'POST /test takes the body nested in payload',
    breaks: 'test-body-is-flat',
    rules: taking(({ payload, ...sent }) => ({ ...sent, ...(isObject(payload) && payload) })),
  },
  {
    name: 'POST /test does without the token',
    breaks: 'test-body-is-flat',
    rules: forgiving(({ path }) => path.join() === 'token'),
  },
  {
    name: 'POST /test drops token fields that only real tokens have',
    breaks: 'test-body-is-flat',
    rules: taking(({ token, ...sent }) => {
      const { extra: _, ...known } = (token ?? {}) as Fields;
      return token === undefined ? sent : { ...sent, token: known };
    }),
  },
  {
    name: 'POST /test of client-credentials does without the context',
    breaks: 'test-body-is-flat',
    rules: forgiving(({ path }) => path.join() === 'context'),
  },
  {
    name: 'POST /test of client-credentials on 1.28 needs the context',
    breaks: 'test-body-is-flat',
    release: '1.28',
    rules: {
      judge: (guard, sent) =>
        isObject(sent) && 'tokenType' in sent && !('context' in sent)
          ? { success: false, issues: [{ code: 'invalid_type', path: ['context'], message: 'Required' }] }
          : tenantRules.judge(guard, sent),
    },
  },
  {
    name: 'POST /test reads bodies of any size',
    breaks: 'body-limit',
    hook: changed(
      ({ path }, { body }) => path.endsWith('/test') && body === 'Not Found',
      error(400, 'guard.invalid_input'),
    ),
  },
]);
