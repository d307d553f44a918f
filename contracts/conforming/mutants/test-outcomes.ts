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
import { byHook, byRules, inArea, type Mutant } from './mutant.ts';

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
  byHook('a denial is answered 200', 'test-denial', changed(on('test', 403), status(200))),
  byHook('a denial is answered 422, as a failure is', 'test-denial', ofScripts('denyAccess', status(422))),
  byHook(
    'a denial does not tell the message of the script',
    'test-denial',
    ofScripts(
      'denyAccess',
      body((found) => ({ ...found, data: { ...(found['data'] as Fields), message: 'Access denied' } })),
    ),
  ),
  byHook(
    'a denial has the code of a missing permission',
    'test-denial',
    ofScripts('denyAccess', fields({ code: 'auth.forbidden' })),
  ),
  byHook(
    'a denial does not say AccessDenied',
    'test-denial',
    ofScripts(
      'denyAccess',
      body((found) => ({ ...found, data: { message: 'not today' } })),
    ),
  ),
  byRules(
    'a denial of 1.28 is told as 1.42 tells it',
    'test-denial',
    { answerOutcome: (outcome) => tenantRules.answerOutcome(outcome, '1.42') },
    { release: '1.28' },
  ),
  byHook('a script that fails is answered 500', 'test-failure', changed(failed(), status(500))),
  byHook(
    'a script that fails is answered 200 without claims',
    'test-failure',
    changed(failed(), instead(claims({}))),
  ),
  byHook('a syntax error is answered 400', 'test-failure', changed(failed('Unexpected'), status(400))),
  byHook(
    'a failure has another code',
    'test-failure',
    changed(failed(), fields({ code: 'jwt_customizer.failed' })),
  ),
  byHook(
    'a failure does not tell the message of the script',
    'test-failure',
    changed(failed(), fields({ data: { message: 'It failed.' } })),
  ),
  byHook('a failure has no data', 'test-failure', changed(failed(), noFields('data'))),
  byHook(
    'a failure tells the stack of the script',
    'test-failure',
    changed(
      failed(),
      body((found) => ({ ...found, data: { ...(found['data'] as Fields), stack: 'at Object.' } })),
    ),
  ),
  byHook(
    'a script without getCustomJwtClaims has no claims',
    'test-failure',
    changed(failed('does not have a function'), instead(claims({}))),
  ),
  byHook(
    'a result that is no object is answered as it is',
    'test-failure',
    changed(failed('Invalid input'), instead({ ...claims({}), body: '[]' })),
  ),
  byHook(
    'TypeScript runs',
    'test-failure',
    changed(
      (request, response) =>
        failed()(request, response) &&
        /: (any|string|object)|Record</.test(String(sentIn(request)?.['script'])),
      instead(claims({ a: 1 })),
    ),
  ),
  byHook('import runs', 'test-failure', ofScripts('import {', instead(claims({ h: 'host' })))),
  byHook(
    'an endless script is answered 504',
    'test-failure',
    ofScripts('while (true)', instead(plainText(504, 'Gateway Timeout'))),
    { disruptive: true },
  ),
  byHook(
    'a claim that is a BigInt is answered as its text',
    'test-cannot-answer',
    changed(on('test', 500), instead(claims({ n: '1' }))),
  ),
  byHook(
    'a claim that is a BigInt is a failure of the script',
    'test-cannot-answer',
    changed(on('test', 500), error(422, 'jwt_customizer.general')),
  ),
]);
