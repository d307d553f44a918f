import { json, type TenantResponse, tenantRules } from '../../../src/tenant/index.ts';
import { answered, body, changed, type Fields, fields, instead, noFields, on } from './hooks.ts';
import { byHook, byRules, inArea, type Mutant } from './mutant.ts';

const issuesOf = (found: Fields): Fields[] =>
  ((found['data'] as Fields | undefined)?.['issues'] ?? []) as Fields[];

/** The issues of a 400 made others. */
const issues = (change: (issues: Fields[]) => unknown[]) =>
  changed(
    (_, { body }) => body.includes('"ZodError"'),
    body((found) => ({ ...found, data: { name: 'ZodError', issues: change(issuesOf(found)) } })),
  );

const hasCode =
  (code: string) =>
  (_: unknown, { body }: TenantResponse): boolean =>
    body.includes(`"${code}"`);

/** An error of that code has another. */
const renamed = (code: string, other: string) => changed(hasCode(code), fields({ code: other }));

export const errorBodies: Mutant[] = inArea('error bodies', [
  byHook('a 400 has another code', 'body-is-guarded', renamed('guard.invalid_input', 'guard.invalid_body')),
  byHook('a 400 has no code', 'body-is-guarded', changed(hasCode('guard.invalid_input'), noFields('code'))),
  byHook(
    'a 400 has no details',
    'body-is-guarded',
    changed(hasCode('guard.invalid_input'), noFields('details')),
  ),
  byHook('a 400 has no data', 'body-is-guarded', changed(hasCode('guard.invalid_input'), noFields('data'))),
  byHook(
    'a 400 has its code in an envelope',
    'body-is-guarded',
    changed(
      hasCode('guard.invalid_input'),
      body((found) => ({ error: found })),
    ),
  ),
  byRules('a 400 tells the first wrong place alone', 'body-is-guarded', {
    refuseIssues: (all) => tenantRules.refuseIssues(all.slice(0, 1)),
  }),
  byHook(
    'a 400 tells no place, only the field',
    'body-is-guarded',
    issues((all) => all.map((issue) => ({ ...issue, path: (issue['path'] as string[]).slice(0, 1) }))),
  ),
  byHook(
    'a 400 has the places in English',
    'body-is-guarded',
    issues((all) => all.map((issue) => ({ ...issue, path: ['the body'] }))),
  ),
  byHook(
    'a 400 has the places as texts with dots',
    'body-is-guarded',
    issues((all) => all.map((issue) => ({ ...issue, path: (issue['path'] as string[]).join('.') }))),
  ),
  byHook(
    'a 400 has issues without a place',
    'body-is-guarded',
    issues((all) => all.map(({ path: _, ...issue }) => issue)),
  ),
  byHook(
    'a 400 has no issues',
    'body-is-guarded',
    issues(() => []),
  ),
  byHook(
    'a 400 says of an unknown field that its type is wrong',
    'objects-are-closed',
    issues((all) => all.map((issue) => ({ ...issue, code: 'invalid_type' }))),
  ),
  byHook(
    'a 400 has an unknown field at its key, not at its object',
    'objects-are-closed',
    issues((all) =>
      all.map((issue) => ({ ...issue, path: [...(issue['path'] as []), ...((issue['keys'] ?? []) as [])] })),
    ),
  ),
  byHook(
    'a body that is not JSON is refused with a code',
    'not-json',
    changed((_, { body }) => body.includes('JSON'), fields({ code: 'request.invalid_json' })),
  ),
  byHook(
    'the refusal of a body that is not JSON is empty',
    'not-json',
    changed(
      (_, { body }) => body.includes('JSON'),
      body(() => ({})),
    ),
  ),
  byHook(
    'a missing header and a wrong token have one code',
    'token-required',
    renamed('auth.authorization_header_missing', 'auth.unauthorized'),
  ),
  byHook(
    'another scheme and a missing header have one code',
    'token-required',
    renamed('auth.authorization_token_type_not_supported', 'auth.authorization_header_missing'),
  ),
  byHook(
    'a 401 asks for a password with WWW-Authenticate',
    'token-required',
    changed(answered(401), (response) => ({
      ...response,
      headers: { ...response.headers, 'www-authenticate': 'Basic' },
    })),
  ),
  byHook(
    'a missing permission has the code of a wrong token',
    'permission-required',
    renamed('auth.forbidden', 'auth.unauthorized'),
  ),
  byHook(
    'a missing customizer has the code of DELETE for PATCH, too',
    'missing-customizer',
    renamed('entity.not_exists_with_id', 'entity.not_found'),
  ),
  byRules('a missing customizer has the code of GET for DELETE, too', 'missing-customizer', {
    nothingToDelete: tenantRules.missing,
  }),
  byHook(
    'a lone surrogate has the code of the guard',
    'storage-limits',
    renamed('entity.invalid_input', 'guard.invalid_input'),
  ),
  byHook(
    'a 500 has no body',
    'storage-limits',
    changed(on(['put', 'patch'], 500), instead({ status: 500, headers: {}, body: '' })),
  ),
  byHook(
    'a 500 tells where in the source it happened',
    'storage-limits',
    changed(on(['put', 'patch'], 500), instead(json(500, { message: 'No.', stack: 'at Object.' }))),
  ),
  byHook(
    'Accept-Language translates the code, too',
    'messages-are-translated',
    changed(
      ({ headers }, { status }) => status === 400 && headers['accept-language'] === 'fr',
      fields({ code: 'garde.entrée_invalide' }),
    ),
  ),
  byHook(
    'the refusal of another method does not say which there are',
    'method-not-allowed',
    changed(answered(405), ({ headers: { allow: _, ...headers }, ...response }) => ({
      ...response,
      headers,
    })),
  ),
  byHook(
    'the refusal of another method leaves PATCH out',
    'method-not-allowed',
    changed(answered(405), (response) => ({
      ...response,
      headers: { ...response.headers, allow: 'PUT, HEAD, GET, DELETE' },
    })),
  ),
]);
