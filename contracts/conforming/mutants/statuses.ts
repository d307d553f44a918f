import { json, plainText, type TenantResponse, tenantRules } from '../../../src/tenant/index.ts';
import {
  answered,
  body,
  changed,
  error,
  type Fields,
  fields,
  header,
  instead,
  noFields,
  noHeader,
  on,
  status,
  text,
} from './hooks.ts';
import { byHook, byRules, inArea, type Mutant } from './mutant.ts';

const jsonOnly = ['get', 'put', 'patch', 'list'] as const;

export const statusCodes: Mutant[] = inArea('status codes', [
  ...byHook('patch-merges', {
    'PATCH responds with 201': changed(on('patch', 200), status(201)),
    'PATCH responds with 202': changed(on('patch', 200), status(202)),
    'PATCH responds with 204 without the customizer': changed(
      on('patch', 200),
      instead({ status: 204, headers: {}, body: '' }),
    ),
  }),
  ...byHook('list-has-what-exists', {
    'an empty list gets 404': changed((_, { body }) => body === '[]', error(404, 'entity.not_found')),
  }),
  ...byHook('etags-guard-nothing', {
    'HEAD gets 405': changed(({ method }) => method === 'HEAD', status(405)),
  }),
  ...byHook('body-is-guarded', {
    'an invalid body gets 422': changed(on('patch', 400), status(422)),
  }),
  ...byHook(['body-is-guarded', 'objects-are-closed'], {
    'a body that PUT refuses gets 500': changed(on('put', 400), status(500)),
  }),
  ...byHook('not-json', {
    'a body that is not JSON gets 500': changed((_, { body }) => body.includes('JSON'), status(500)),
  }),
  ...byHook('token-required', {
    'a request without a token gets 403': changed(answered(401), status(403)),
  }),
  ...byHook('permission-required', {
    'a token without the permission gets 401': changed(answered(403), status(401)),
    'a token without the permission gets 404, as if nothing existed': changed(
      on(['get', 'patch', 'put', 'delete'], 403),
      error(404, 'entity.not_found'),
    ),
  }),
  ...byHook('missing-customizer', {
    'PATCH of a missing customizer gets 400': changed(on('patch', 404), status(400)),
  }),
  ...byHook('token-type-is-guarded', {
    'an unknown token type gets 404': changed(({ path }) => path.endsWith('/id-token'), status(404)),
  }),
  ...byHook('method-not-allowed', {
    'another method gets 404': changed(answered(405), instead(plainText(404, 'Not Found'))),
  }),
  ...byHook('body-limit', {
    'a body over 1 MiB gets 413': changed((_, { body }) => body === 'Not Found', status(413)),
  }),
  ...byRules('body-limit', {
    'a body of exactly 1 MiB is too large': {
      isTooLarge: (sent) => sent.length >= 1_048_576,
    },
    'a body over 1 MiB is accepted': { isTooLarge: () => false },
  }),
  ...byHook('storage-limits', {
    'U+0000 in a script gets 400': changed(on(['put', 'patch'], 500), status(400)),
    'a lone surrogate in a script gets 500, like U+0000': changed(
      on(['put', 'patch'], 422),
      instead(json(500, { message: 'Internal server error.' })),
    ),
  }),
]);

export const contentTypes: Mutant[] = inArea('content types', [
  ...byHook('content-types', {
    'customizers are returned as text': changed(
      on(jsonOnly, 200, 201),
      header('content-type', 'text/plain; charset=utf-8'),
    ),
    'customizers are returned without a content type': changed(
      on(jsonOnly, 200, 201),
      noHeader('content-type'),
    ),
    'JSON is declared as Latin-1': changed(
      on(jsonOnly, 200, 201),
      header('content-type', 'application/json; charset=iso-8859-1'),
    ),
    'a refusal is application/problem+json': changed(
      answered(400, 401, 403),
      header('content-type', 'application/problem+json'),
    ),
  }),
  ...byHook('body-is-guarded', {
    'a refusal is an HTML page': changed(
      on('patch', 400),
      header('content-type', 'text/html'),
      text(() => '<h1>Bad Request</h1>'),
    ),
  }),
  ...byHook('method-not-allowed', {
    'the refusal of another method is JSON': changed(
      answered(405),
      header('content-type', 'application/json; charset=utf-8'),
      text((found) => JSON.stringify(found)),
    ),
  }),
  ...byHook('body-limit', {
    'the refusal of a body over 1 MiB is JSON': changed(
      (_, { body }) => body === 'Not Found',
      error(404, 'entity.not_exists_with_id'),
    ),
  }),
  ...byHook('patch-merges', {
    'a JSON response is cut in the middle': changed(
      on('patch', 200),
      text((found) => found.slice(0, -1)),
    ),
    'a JSON response is JSON in a string': changed(
      on('patch', 200),
      body((found) => JSON.stringify(found)),
    ),
  }),
]);

const issuesOf = (found: Fields): Fields[] =>
  ((found['data'] as Fields | undefined)?.['issues'] ?? []) as Fields[];

/** Changes the issues of a 400. */
const issues = (change: (issues: Fields[]) => unknown[]) =>
  changed(
    (_, { body }) => body.includes('"ZodError"'),
    body((found) => ({ ...found, data: { name: 'ZodError', issues: change(issuesOf(found)) } })),
  );

const hasCode =
  (code: string) =>
  (_: unknown, { body }: TenantResponse): boolean =>
    body.includes(`"${code}"`);

/** Changes the code of an error. */
const renamed = (code: string, other: string) => changed(hasCode(code), fields({ code: other }));

export const errorBodies: Mutant[] = inArea('error bodies', [
  ...byHook('body-is-guarded', {
    'a 400 has another code': renamed('guard.invalid_input', 'guard.invalid_body'),
    'a 400 has no code': changed(hasCode('guard.invalid_input'), noFields('code')),
    'a 400 has no details': changed(hasCode('guard.invalid_input'), noFields('details')),
    'a 400 has no data': changed(hasCode('guard.invalid_input'), noFields('data')),
    'a 400 has its code in an envelope': changed(
      hasCode('guard.invalid_input'),
      body((found) => ({ error: found })),
    ),
    'a 400 reports only the field, not the place': issues((all) =>
      all.map((issue) => ({ ...issue, path: (issue['path'] as string[]).slice(0, 1) })),
    ),
    'a 400 describes the places in English': issues((all) =>
      all.map((issue) => ({ ...issue, path: ['the body'] })),
    ),
    'a 400 has the places as dotted strings': issues((all) =>
      all.map((issue) => ({ ...issue, path: (issue['path'] as string[]).join('.') })),
    ),
    'a 400 has issues without a place': issues((all) => all.map(({ path: _, ...issue }) => issue)),
    'a 400 has no issues': issues(() => []),
  }),
  ...byRules('body-is-guarded', {
    'a 400 reports only the first place': {
      refuseIssues: (all) => tenantRules.refuseIssues(all.slice(0, 1)),
    },
  }),
  ...byHook('objects-are-closed', {
    'a 400 reports an unknown field as a wrong type': issues((all) =>
      all.map((issue) => ({ ...issue, code: 'invalid_type' })),
    ),
    'a 400 has an unknown field at its key, not at its object': issues((all) =>
      all.map((issue) => ({ ...issue, path: [...(issue['path'] as []), ...((issue['keys'] ?? []) as [])] })),
    ),
  }),
  ...byHook('not-json', {
    'a body that is not JSON is refused with a code': changed(
      (_, { body }) => body.includes('JSON'),
      fields({ code: 'request.invalid_json' }),
    ),
    'the refusal of a body that is not JSON is empty': changed(
      (_, { body }) => body.includes('JSON'),
      body(() => ({})),
    ),
  }),
  ...byHook('token-required', {
    'a missing header and a wrong token have the same code': renamed(
      'auth.authorization_header_missing',
      'auth.unauthorized',
    ),
    'another scheme and a missing header have the same code': renamed(
      'auth.authorization_token_type_not_supported',
      'auth.authorization_header_missing',
    ),
    'a 401 asks for a password with WWW-Authenticate': changed(answered(401), (response) => ({
      ...response,
      headers: { ...response.headers, 'www-authenticate': 'Basic' },
    })),
  }),
  ...byHook('permission-required', {
    'a missing permission has the code of a wrong token': renamed('auth.forbidden', 'auth.unauthorized'),
  }),
  ...byHook('missing-customizer', {
    'a missing customizer has the code of DELETE for PATCH, too': renamed(
      'entity.not_exists_with_id',
      'entity.not_found',
    ),
  }),
  ...byRules('missing-customizer', {
    'a missing customizer has the code of GET for DELETE, too': { nothingToDelete: tenantRules.missing },
  }),
  ...byHook('storage-limits', {
    'a lone surrogate has the code of the guard': renamed('entity.invalid_input', 'guard.invalid_input'),
    'a 500 has no body': changed(on(['put', 'patch'], 500), instead({ status: 500, headers: {}, body: '' })),
    'a 500 reveals the place in the source': changed(
      on(['put', 'patch'], 500),
      instead(json(500, { message: 'No.', stack: 'at Object.' })),
    ),
  }),
  ...byHook('messages-are-translated', {
    'Accept-Language translates the code, too': changed(
      ({ headers }, { status }) => status === 400 && headers['accept-language'] === 'fr',
      fields({ code: 'garde.entrée_invalide' }),
    ),
  }),
  ...byHook('method-not-allowed', {
    'the refusal of another method does not list the allowed ones': changed(
      answered(405),
      ({ headers: { allow: _, ...headers }, ...response }) => ({ ...response, headers }),
    ),
    'the refusal of another method leaves PATCH out': changed(answered(405), (response) => ({
      ...response,
      headers: { ...response.headers, allow: 'PUT, HEAD, GET, DELETE' },
    })),
  }),
]);
