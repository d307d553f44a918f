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
import { inArea, type Mutant } from './mutant.ts';
import { after, put } from './storage.ts';

const without = (...names: string[]) =>
  testing((sent) => Object.fromEntries(Object.entries(sent).filter(([name]) => !names.includes(name))));

/** The body of `POST /test` made another before its guard sees it. */
const taking = (change: (sent: Fields) => unknown): Partial<Rules> => ({
  validate: (guard, sent) =>
    tenantRules.validate(guard, isObject(sent) && 'tokenType' in sent ? change(sent) : sent),
});

/** What is tested is stored, too, when it is answered one of these. */
const storedFor = (...statuses: number[]) =>
  after(on('test', ...statuses), (tenant, request) =>
    put(tenant, 'access-token', { script: String(sentIn(request)?.['script'] ?? '') }),
  );

export const testRequests: Mutant[] = inArea('POST /test', [
  { name: 'POST /test stores the script', breaks: 'test-stores-nothing', wrap: storedFor(200) },
  {
    name: 'POST /test stores a script that fails',
    breaks: 'test-stores-nothing',
    wrap: storedFor(422),
  },
  {
    name: 'POST /test that is refused with 400 stores the script',
    breaks: 'test-stores-nothing',
    wrap: storedFor(400),
  },
  {
    name: 'POST /test that is refused with 401 stores the script',
    breaks: ['token-required', 'order-of-checks'],
    wrap: storedFor(401),
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
    hook: ofScripts('typeof process', fields({ p: 'object', u: 'function' })),
  },
  {
    name: 'a script does not find the globals of Node on 1.43',
    breaks: 'test-answers-claims',
    hook: ofScripts('typeof process', fields({ p: 'undefined', u: 'undefined' })),
  },
  {
    name: 'a script that is a function declaration is not found',
    breaks: 'test-answers-claims',
    hook: ofScripts('function getCustomJwtClaims', error(422, 'jwt_customizer.general')),
  },
  {
    name: 'a script does not find fetch',
    breaks: 'test-answers-claims',
    hook: ofScripts('typeof fetch', fields({ f: 'undefined' })),
  },
  {
    name: 'a script does not find console',
    breaks: 'test-answers-claims',
    hook: ofScripts('typeof console', fields({ c: 'undefined' })),
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
      validate: (guard, sent) =>
        isObject(sent) && 'tokenType' in sent && !('context' in sent)
          ? { success: false, issues: [{ code: 'invalid_type', path: ['context'], message: 'Required' }] }
          : tenantRules.validate(guard, sent),
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
