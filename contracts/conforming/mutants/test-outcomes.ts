import { plainText, type TenantResponse, tenantRules } from '../../../src/tenant/index.ts';
import {
  body,
  changed,
  error,
  type Fields,
  fields,
  instead,
  noFields,
  ofScripts,
  on,
  sentIn,
  status,
} from './hooks.ts';
import { inArea, type Mutant } from './mutant.ts';

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

export const testOutcomes: Mutant[] = inArea('POST /test', [
  {
    name: 'a denial is answered 200',
    breaks: 'test-denial',
    hook: changed(on('test', 403), status(200)),
  },
  {
    name: 'a denial is answered 422, as a failure is',
    breaks: 'test-denial',
    hook: ofScripts('denyAccess', status(422)),
  },
  {
    name: 'a denial does not tell the message of the script',
    breaks: 'test-denial',
    hook: ofScripts(
      'denyAccess',
      body((found) => ({ ...found, data: { ...(found['data'] as Fields), message: 'Access denied' } })),
    ),
  },
  {
    name: 'a denial has the code of a missing permission',
    breaks: 'test-denial',
    hook: ofScripts('denyAccess', fields({ code: 'auth.forbidden' })),
  },
  {
    name: 'a denial does not say AccessDenied',
    breaks: 'test-denial',
    hook: ofScripts(
      'denyAccess',
      body((found) => ({ ...found, data: { message: 'not today' } })),
    ),
  },
  {
    name: 'a denial of 1.28 is told as 1.42 tells it',
    breaks: 'test-denial',
    release: '1.28',
    rules: { respondToTest: (outcome) => tenantRules.respondToTest(outcome, '1.42') },
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
    hook: ofScripts('import {', instead(claims({ h: 'host' }))),
  },
  {
    name: 'an endless script is answered 504',
    breaks: 'test-failure',
    disruptive: true,
    hook: ofScripts('while (true)', instead(plainText(504, 'Gateway Timeout'))),
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
]);
