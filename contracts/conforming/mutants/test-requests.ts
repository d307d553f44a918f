import { type Rules, tenantRules } from '../../../src/tenant/index.ts';
import { forgiving, isObject, testing } from './guards.ts';
import {
  body,
  changed,
  error,
  type Fields,
  fields,
  noFields,
  ofScripts,
  on,
  sentIn,
  status,
  text,
} from './hooks.ts';
import { byHook, byRules, byWrap, inArea, type Mutant } from './mutant.ts';
import { after, put } from './storage.ts';

const without = (...names: string[]) =>
  testing((sent) => Object.fromEntries(Object.entries(sent).filter(([name]) => !names.includes(name))));

/** The body of `POST /test` made another before its guard sees it. */
const taking = (change: (sent: Fields) => unknown): Partial<Rules> => ({
  judge: (guard, sent) =>
    tenantRules.judge(guard, isObject(sent) && 'tokenType' in sent ? change(sent) : sent),
});

/** What is tested is stored, too, when it is answered one of these. */
const storedFor = (...statuses: number[]) =>
  after(on('test', ...statuses), (tenant, request) =>
    put(tenant, 'access-token', { script: String(sentIn(request)?.['script'] ?? '') }),
  );

export const testRequests: Mutant[] = inArea('POST /test', [
  byWrap('POST /test stores the script', 'test-stores-nothing', storedFor(200)),
  byWrap('POST /test stores a script that fails', 'test-stores-nothing', storedFor(422)),
  byWrap('POST /test that is refused with 400 stores the script', 'test-stores-nothing', storedFor(400)),
  byWrap(
    'POST /test that is refused with 401 stores the script',
    ['token-required', 'order-of-checks'],
    storedFor(401),
  ),
  byWrap(
    'POST /test deletes what is stored',
    'test-stores-nothing',
    after(on('test', 200), (tenant) => put(tenant, 'access-token', undefined)),
  ),
  byHook('POST /test answers 201', 'test-answers-claims', changed(on('test', 200), status(201))),
  byHook(
    'POST /test answers the claims in an envelope',
    'test-answers-claims',
    changed(
      on('test', 200),
      body((found) => ({ claims: found })),
    ),
  ),
  byHook(
    'POST /test answers what was sent with the claims',
    'test-answers-claims',
    changed(
      on('test', 200),
      body((found, request) => ({ ...sentIn(request), ...found })),
    ),
  ),
  byHook(
    'POST /test answers no claims',
    'test-answers-claims',
    changed(
      on('test', 200),
      body(() => ({})),
    ),
  ),
  byHook(
    'POST /test leaves out claims that a token would not have',
    'test-answers-claims',
    changed(on('test', 200), noFields('sub', 'iss', 'aud', 'exp')),
  ),
  byRules(
    'the script does not get the environment variables',
    'test-answers-claims',
    testing((sent) => ({ ...sent, environmentVariables: {} })),
  ),
  byRules(
    'the script does not get the context',
    'test-answers-claims',
    testing((sent) => ({ ...sent, context: { user: {} } })),
  ),
  byRules('the script does not get the token', 'test-answers-claims', without('token')),
  byRules(
    'the script of client-credentials does not get the token',
    'test-answers-claims',
    testing((sent) => ({ ...sent, ...(sent['tokenType'] === 'client-credentials' && { token: {} }) })),
  ),
  byRules(
    'environment variables that are empty do not reach the script',
    'test-answers-claims',
    testing((sent) => ({
      ...sent,
      environmentVariables: Object.fromEntries(
        Object.entries((sent['environmentVariables'] ?? {}) as Fields).filter(([, value]) => value !== ''),
      ),
    })),
  ),
  byHook(
    'POST /test mangles what is not ASCII',
    'test-answers-claims',
    changed(
      on('test', 200),
      text((found) => found.replaceAll(/[\u{80}-\u{10ffff}]/gu, '?')),
    ),
  ),
  byHook(
    'POST /test leaves out claims that are false',
    'test-answers-claims',
    changed(
      on('test', 200),
      body((found) => Object.fromEntries(Object.entries(found).filter(([, value]) => value !== false))),
    ),
  ),
  byHook(
    'POST /test answers claims that are objects as JSON in a text',
    'test-answers-claims',
    changed(
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
  ),
  byHook(
    'POST /test takes dots in the names of claims for paths',
    'test-answers-claims',
    changed(
      on('test', 200),
      body((found) =>
        Object.fromEntries(Object.entries(found).map(([name, value]) => [name.split('.')[0] ?? '', value])),
      ),
    ),
  ),
  byHook(
    'a script finds the globals of Node before 1.43',
    'test-answers-claims',
    ofScripts('typeof process', fields({ p: 'object', u: 'function' })),
    { release: '1.42' },
  ),
  byHook(
    'a script does not find the globals of Node on 1.43',
    'test-answers-claims',
    ofScripts('typeof process', fields({ p: 'undefined', u: 'undefined' })),
  ),
  byHook(
    'a script that is a function declaration is not found',
    'test-answers-claims',
    ofScripts('function getCustomJwtClaims', error(422, 'jwt_customizer.general')),
  ),
  byHook(
    'a script does not find fetch',
    'test-answers-claims',
    ofScripts('typeof fetch', fields({ f: 'undefined' })),
  ),
  byHook(
    'a script does not find console',
    'test-answers-claims',
    ofScripts('typeof console', fields({ c: 'undefined' })),
  ),
  byRules(
    'POST /test takes the body nested in payload',
    'test-body-is-flat',
    taking(({ payload, ...sent }) => ({ ...sent, ...(isObject(payload) && payload) })),
  ),
  byRules(
    'POST /test does without the token',
    'test-body-is-flat',
    forgiving(({ path }) => path.join() === 'token'),
  ),
  byRules(
    'POST /test drops token fields that only real tokens have',
    'test-body-is-flat',
    taking(({ token, ...sent }) => {
      const { extra: _, ...known } = (token ?? {}) as Fields;
      return token === undefined ? sent : { ...sent, token: known };
    }),
  ),
  byRules(
    'POST /test of client-credentials does without the context',
    'test-body-is-flat',
    forgiving(({ path }) => path.join() === 'context'),
  ),
  byRules(
    'POST /test of client-credentials on 1.28 needs the context',
    'test-body-is-flat',
    {
      judge: (guard, sent) =>
        isObject(sent) && 'tokenType' in sent && !('context' in sent)
          ? { success: false, issues: [{ code: 'invalid_type', path: ['context'], message: 'Required' }] }
          : tenantRules.judge(guard, sent),
    },
    { release: '1.28' },
  ),
  byHook(
    'POST /test reads bodies of any size',
    'body-limit',
    changed(
      ({ path }, { body }) => path.endsWith('/test') && body === 'Not Found',
      error(400, 'guard.invalid_input'),
    ),
  ),
]);
