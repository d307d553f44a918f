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
  ...byHook('test-denial', {
    'a denial is answered 200': changed(on('test', 403), status(200)),
    'a denial is answered 422, as a failure is': ofScripts('denyAccess', status(422)),
    'a denial does not tell the message of the script': ofScripts(
      'denyAccess',
      body((found) => ({ ...found, data: { ...(found['data'] as Fields), message: 'Access denied' } })),
    ),
    'a denial has the code of a missing permission': ofScripts(
      'denyAccess',
      fields({ code: 'auth.forbidden' }),
    ),
    'a denial does not say AccessDenied': ofScripts(
      'denyAccess',
      body((found) => ({ ...found, data: { message: 'not today' } })),
    ),
  }),
  ...byRules(
    'test-denial',
    {
      'a denial of 1.28 is told as 1.42 tells it': {
        answerOutcome: (outcome) => tenantRules.answerOutcome(outcome, '1.42'),
      },
    },
    { release: '1.28' },
  ),
  ...byHook('test-failure', {
    'a script that fails is answered 500': changed(failed(), status(500)),
    'a script that fails is answered 200 without claims': changed(failed(), instead(claims({}))),
    'a syntax error is answered 400': changed(failed('Unexpected'), status(400)),
    'a failure has another code': changed(failed(), fields({ code: 'jwt_customizer.failed' })),
    'a failure does not tell the message of the script': changed(
      failed(),
      fields({ data: { message: 'It failed.' } }),
    ),
    'a failure has no data': changed(failed(), noFields('data')),
    'a failure tells the stack of the script': changed(
      failed(),
      body((found) => ({ ...found, data: { ...(found['data'] as Fields), stack: 'at Object.' } })),
    ),
    'a script without getCustomJwtClaims has no claims': changed(
      failed('does not have a function'),
      instead(claims({})),
    ),
    'a result that is no object is answered as it is': changed(
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
      'an endless script is answered 504': ofScripts(
        'while (true)',
        instead(plainText(504, 'Gateway Timeout')),
      ),
    },
    { disruptive: true },
  ),
  ...byHook('test-cannot-answer', {
    'a claim that is a BigInt is answered as its text': changed(on('test', 500), instead(claims({ n: '1' }))),
    'a claim that is a BigInt is a failure of the script': changed(
      on('test', 500),
      error(422, 'jwt_customizer.general'),
    ),
  }),
]);
