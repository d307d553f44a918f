import { json, type TenantResponse, tenantRules } from '../../../src/tenant/index.ts';
import { answered, body, changed, type Fields, fields, instead, noFields, on } from './hooks.ts';
import { inArea, type Mutant } from './mutant.ts';

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
  {
    name: 'a 400 has another code',
    breaks: 'body-is-guarded',
    hook: renamed('guard.invalid_input', 'guard.invalid_body'),
  },
  {
    name: 'a 400 has no code',
    breaks: 'body-is-guarded',
    hook: changed(hasCode('guard.invalid_input'), noFields('code')),
  },
  {
    name: 'a 400 has no details',
    breaks: 'body-is-guarded',
    hook: changed(hasCode('guard.invalid_input'), noFields('details')),
  },
  {
    name: 'a 400 has no data',
    breaks: 'body-is-guarded',
    hook: changed(hasCode('guard.invalid_input'), noFields('data')),
  },
  {
    name: 'a 400 has its code in an envelope',
    breaks: 'body-is-guarded',
    hook: changed(
      hasCode('guard.invalid_input'),
      body((found) => ({ error: found })),
    ),
  },
  {
    name: 'a 400 tells the first wrong place alone',
    breaks: 'body-is-guarded',
    rules: { refuseIssues: (all) => tenantRules.refuseIssues(all.slice(0, 1)) },
  },
  {
    name: 'a 400 tells no place, only the field',
    breaks: 'body-is-guarded',
    hook: issues((all) => all.map((issue) => ({ ...issue, path: (issue['path'] as string[]).slice(0, 1) }))),
  },
  {
    name: 'a 400 has the places in English',
    breaks: 'body-is-guarded',
    hook: issues((all) => all.map((issue) => ({ ...issue, path: ['the body'] }))),
  },
  {
    name: 'a 400 has the places as texts with dots',
    breaks: 'body-is-guarded',
    hook: issues((all) => all.map((issue) => ({ ...issue, path: (issue['path'] as string[]).join('.') }))),
  },
  {
    name: 'a 400 has issues without a place',
    breaks: 'body-is-guarded',
    hook: issues((all) => all.map(({ path: _, ...issue }) => issue)),
  },
  { name: 'a 400 has no issues', breaks: 'body-is-guarded', hook: issues(() => []) },
  {
    name: 'a 400 says of an unknown field that its type is wrong',
    breaks: 'objects-are-closed',
    hook: issues((all) => all.map((issue) => ({ ...issue, code: 'invalid_type' }))),
  },
  {
    name: 'a 400 has an unknown field at its key, not at its object',
    breaks: 'objects-are-closed',
    hook: issues((all) =>
      all.map((issue) => ({ ...issue, path: [...(issue['path'] as []), ...((issue['keys'] ?? []) as [])] })),
    ),
  },
  {
    name: 'a body that is not JSON is refused with a code',
    breaks: 'not-json',
    hook: changed((_, { body }) => body.includes('JSON'), fields({ code: 'request.invalid_json' })),
  },
  {
    name: 'the refusal of a body that is not JSON is empty',
    breaks: 'not-json',
    hook: changed(
      (_, { body }) => body.includes('JSON'),
      body(() => ({})),
    ),
  },
  {
    name: 'a missing header and a wrong token have one code',
    breaks: 'token-required',
    hook: renamed('auth.authorization_header_missing', 'auth.unauthorized'),
  },
  {
    name: 'another scheme and a missing header have one code',
    breaks: 'token-required',
    hook: renamed('auth.authorization_token_type_not_supported', 'auth.authorization_header_missing'),
  },
  {
    name: 'a 401 asks for a password with WWW-Authenticate',
    breaks: 'token-required',
    hook: changed(answered(401), (response) => ({
      ...response,
      headers: { ...response.headers, 'www-authenticate': 'Basic' },
    })),
  },
  {
    name: 'a missing permission has the code of a wrong token',
    breaks: 'permission-required',
    hook: renamed('auth.forbidden', 'auth.unauthorized'),
  },
  {
    name: 'a missing customizer has the code of DELETE for PATCH, too',
    breaks: 'missing-customizer',
    hook: renamed('entity.not_exists_with_id', 'entity.not_found'),
  },
  {
    name: 'a missing customizer has the code of GET for DELETE, too',
    breaks: 'missing-customizer',
    rules: { nothingToDelete: tenantRules.missing },
  },
  {
    name: 'a lone surrogate has the code of the guard',
    breaks: 'storage-limits',
    hook: renamed('entity.invalid_input', 'guard.invalid_input'),
  },
  {
    name: 'a 500 has no body',
    breaks: 'storage-limits',
    hook: changed(on(['put', 'patch'], 500), instead({ status: 500, headers: {}, body: '' })),
  },
  {
    name: 'a 500 tells where in the source it happened',
    breaks: 'storage-limits',
    hook: changed(on(['put', 'patch'], 500), instead(json(500, { message: 'No.', stack: 'at Object.' }))),
  },
  {
    name: 'Accept-Language translates the code, too',
    breaks: 'messages-are-translated',
    hook: changed(
      ({ headers }, { status }) => status === 400 && headers['accept-language'] === 'fr',
      fields({ code: 'garde.entrée_invalide' }),
    ),
  },
  {
    name: 'the refusal of another method does not say which there are',
    breaks: 'method-not-allowed',
    hook: changed(answered(405), ({ headers: { allow: _, ...headers }, ...response }) => ({
      ...response,
      headers,
    })),
  },
  {
    name: 'the refusal of another method leaves PATCH out',
    breaks: 'method-not-allowed',
    hook: changed(answered(405), (response) => ({
      ...response,
      headers: { ...response.headers, allow: 'PUT, HEAD, GET, DELETE' },
    })),
  },
]);
