import { json, plainText } from '../../../src/tenant/index.ts';
import { answered, body, changed, error, header, instead, noHeader, on, status, text } from './hooks.ts';
import { inArea, type Mutant } from './mutant.ts';

const jsonOnly = ['get', 'put', 'patch', 'list'] as const;

export const statusCodes: Mutant[] = inArea('status codes', [
  {
    name: 'PATCH answers 201',
    breaks: 'patch-merges',
    hook: changed(on('patch', 200), status(201)),
  },
  {
    name: 'PATCH answers 202: it will be done',
    breaks: 'patch-merges',
    hook: changed(on('patch', 200), status(202)),
  },
  {
    name: 'PATCH answers 204 without the customizer',
    breaks: 'patch-merges',
    hook: changed(on('patch', 200), instead({ status: 204, headers: {}, body: '' })),
  },
  {
    name: 'an empty list is answered 404',
    breaks: 'list-has-what-exists',
    hook: changed((_, { body }) => body === '[]', error(404, 'entity.not_found')),
  },
  {
    name: 'HEAD is answered 405',
    breaks: 'etags-guard-nothing',
    hook: changed(({ method }) => method === 'HEAD', status(405)),
  },
  {
    name: 'a body that is not valid is answered 422',
    breaks: 'body-is-guarded',
    hook: changed(on('patch', 400), status(422)),
  },
  {
    name: 'a body that PUT refuses is answered 500',
    breaks: ['body-is-guarded', 'objects-are-closed'],
    hook: changed(on('put', 400), status(500)),
  },
  {
    name: 'a body that is not JSON is answered 500',
    breaks: 'not-json',
    hook: changed((_, { body }) => body.includes('JSON'), status(500)),
  },
  {
    name: 'a request without a token is answered 403',
    breaks: 'token-required',
    hook: changed(answered(401), status(403)),
  },
  {
    name: 'a token without the permission is answered 401',
    breaks: 'permission-required',
    hook: changed(answered(403), status(401)),
  },
  {
    name: 'a token without the permission is answered 404, as if nothing were there',
    breaks: 'permission-required',
    hook: changed(on(['get', 'patch', 'put', 'delete'], 403), error(404, 'entity.not_found')),
  },
  {
    name: 'PATCH of a missing customizer is answered 400',
    breaks: 'missing-customizer',
    hook: changed(on('patch', 404), status(400)),
  },
  {
    name: 'an unknown token type is answered 404',
    breaks: 'token-type-is-guarded',
    hook: changed(({ path }) => path.endsWith('/id-token'), status(404)),
  },
  {
    name: 'another method is answered 404',
    breaks: 'method-not-allowed',
    hook: changed(answered(405), instead(plainText(404, 'Not Found'))),
  },
  {
    name: 'a body over 1 MiB is answered 413',
    breaks: 'body-limit',
    hook: changed((_, { body }) => body === 'Not Found', status(413)),
  },
  {
    name: 'a body of exactly 1 MiB is too large',
    breaks: 'body-limit',
    rules: { isTooLarge: (sent) => sent.length >= 1_048_576 },
  },
  {
    name: 'a body over 1 MiB is accepted',
    breaks: 'body-limit',
    rules: { isTooLarge: () => false },
  },
  {
    name: 'U+0000 in a script is answered 400',
    breaks: 'storage-limits',
    hook: changed(on(['put', 'patch'], 500), status(400)),
  },
  {
    name: 'a lone surrogate in a script is answered 500, as U+0000 is',
    breaks: 'storage-limits',
    hook: changed(on(['put', 'patch'], 422), instead(json(500, { message: 'Internal server error.' }))),
  },
]);

export const contentTypes: Mutant[] = inArea('content types', [
  {
    name: 'customizers are answered as text',
    breaks: 'content-types',
    hook: changed(on(jsonOnly, 200, 201), header('content-type', 'text/plain; charset=utf-8')),
  },
  {
    name: 'customizers are answered without a content type',
    breaks: 'content-types',
    hook: changed(on(jsonOnly, 200, 201), noHeader('content-type')),
  },
  {
    name: 'JSON says that it is Latin-1',
    breaks: 'content-types',
    hook: changed(on(jsonOnly, 200, 201), header('content-type', 'application/json; charset=iso-8859-1')),
  },
  {
    name: 'a refusal is application/problem+json',
    breaks: 'content-types',
    hook: changed(answered(400, 401, 403), header('content-type', 'application/problem+json')),
  },
  {
    name: 'a refusal is an HTML page',
    breaks: 'body-is-guarded',
    hook: changed(
      on('patch', 400),
      header('content-type', 'text/html'),
      text(() => '<h1>Bad Request</h1>'),
    ),
  },
  {
    name: 'the refusal of another method is JSON',
    breaks: 'method-not-allowed',
    hook: changed(
      answered(405),
      header('content-type', 'application/json; charset=utf-8'),
      text((found) => JSON.stringify(found)),
    ),
  },
  {
    name: 'the refusal of a body over 1 MiB is JSON',
    breaks: 'body-limit',
    hook: changed((_, { body }) => body === 'Not Found', error(404, 'entity.not_exists_with_id')),
  },
  {
    name: 'an answer of JSON ends in the middle',
    breaks: 'patch-merges',
    hook: changed(
      on('patch', 200),
      text((found) => found.slice(0, -1)),
    ),
  },
  {
    name: 'an answer of JSON is JSON in a string',
    breaks: 'patch-merges',
    hook: changed(
      on('patch', 200),
      body((found) => JSON.stringify(found)),
    ),
  },
]);
