import { json, plainText } from '../../../src/tenant/index.ts';
import { answered, body, changed, error, header, instead, noHeader, on, status, text } from './hooks.ts';
import { byHook, byRules, inArea, type Mutant } from './mutant.ts';

const jsonOnly = ['get', 'put', 'patch', 'list'] as const;

export const statusCodes: Mutant[] = inArea('status codes', [
  byHook('PATCH answers 201', 'patch-merges', changed(on('patch', 200), status(201))),
  byHook('PATCH answers 202: it will be done', 'patch-merges', changed(on('patch', 200), status(202))),
  byHook(
    'PATCH answers 204 without the customizer',
    'patch-merges',
    changed(on('patch', 200), instead({ status: 204, headers: {}, body: '' })),
  ),
  byHook(
    'an empty list is answered 404',
    'list-has-what-exists',
    changed((_, { body }) => body === '[]', error(404, 'entity.not_found')),
  ),
  byHook(
    'HEAD is answered 405',
    'etags-guard-nothing',
    changed(({ method }) => method === 'HEAD', status(405)),
  ),
  byHook(
    'a body that is not valid is answered 422',
    'body-is-guarded',
    changed(on('patch', 400), status(422)),
  ),
  byHook(
    'a body that PUT refuses is answered 500',
    ['body-is-guarded', 'objects-are-closed'],
    changed(on('put', 400), status(500)),
  ),
  byHook(
    'a body that is not JSON is answered 500',
    'not-json',
    changed((_, { body }) => body.includes('JSON'), status(500)),
  ),
  byHook('a request without a token is answered 403', 'token-required', changed(answered(401), status(403))),
  byHook(
    'a token without the permission is answered 401',
    'permission-required',
    changed(answered(403), status(401)),
  ),
  byHook(
    'a token without the permission is answered 404, as if nothing were there',
    'permission-required',
    changed(on(['get', 'patch', 'put', 'delete'], 403), error(404, 'entity.not_found')),
  ),
  byHook(
    'PATCH of a missing customizer is answered 400',
    'missing-customizer',
    changed(on('patch', 404), status(400)),
  ),
  byHook(
    'an unknown token type is answered 404',
    'token-type-is-guarded',
    changed(({ path }) => path.endsWith('/id-token'), status(404)),
  ),
  byHook(
    'another method is answered 404',
    'method-not-allowed',
    changed(answered(405), instead(plainText(404, 'Not Found'))),
  ),
  byHook(
    'a body over 1 MiB is answered 413',
    'body-limit',
    changed((_, { body }) => body === 'Not Found', status(413)),
  ),
  byRules('a body of exactly 1 MiB is too large', 'body-limit', {
    isTooLarge: (sent) => sent.length >= 1_048_576,
  }),
  byRules('a body over 1 MiB is accepted', 'body-limit', { isTooLarge: () => false }),
  byHook(
    'U+0000 in a script is answered 400',
    'storage-limits',
    changed(on(['put', 'patch'], 500), status(400)),
  ),
  byHook(
    'a lone surrogate in a script is answered 500, as U+0000 is',
    'storage-limits',
    changed(on(['put', 'patch'], 422), instead(json(500, { message: 'Internal server error.' }))),
  ),
]);

export const contentTypes: Mutant[] = inArea('content types', [
  byHook(
    'customizers are answered as text',
    'content-types',
    changed(on(jsonOnly, 200, 201), header('content-type', 'text/plain; charset=utf-8')),
  ),
  byHook(
    'customizers are answered without a content type',
    'content-types',
    changed(on(jsonOnly, 200, 201), noHeader('content-type')),
  ),
  byHook(
    'JSON says that it is Latin-1',
    'content-types',
    changed(on(jsonOnly, 200, 201), header('content-type', 'application/json; charset=iso-8859-1')),
  ),
  byHook(
    'a refusal is application/problem+json',
    'content-types',
    changed(answered(400, 401, 403), header('content-type', 'application/problem+json')),
  ),
  byHook(
    'a refusal is an HTML page',
    'body-is-guarded',
    changed(
      on('patch', 400),
      header('content-type', 'text/html'),
      text(() => '<h1>Bad Request</h1>'),
    ),
  ),
  byHook(
    'the refusal of another method is JSON',
    'method-not-allowed',
    changed(
      answered(405),
      header('content-type', 'application/json; charset=utf-8'),
      text((found) => JSON.stringify(found)),
    ),
  ),
  byHook(
    'the refusal of a body over 1 MiB is JSON',
    'body-limit',
    changed((_, { body }) => body === 'Not Found', error(404, 'entity.not_exists_with_id')),
  ),
  byHook(
    'an answer of JSON ends in the middle',
    'patch-merges',
    changed(
      on('patch', 200),
      text((found) => found.slice(0, -1)),
    ),
  ),
  byHook(
    'an answer of JSON is JSON in a string',
    'patch-merges',
    changed(
      on('patch', 200),
      body((found) => JSON.stringify(found)),
    ),
  ),
]);
