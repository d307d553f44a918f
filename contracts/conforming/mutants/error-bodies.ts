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
  ...byHook('body-is-guarded', {
    'a 400 has another code': renamed('guard.invalid_input', 'guard.invalid_body'),
    'a 400 has no code': changed(hasCode('guard.invalid_input'), noFields('code')),
    'a 400 has no details': changed(hasCode('guard.invalid_input'), noFields('details')),
    'a 400 has no data': changed(hasCode('guard.invalid_input'), noFields('data')),
    'a 400 has its code in an envelope': changed(
      hasCode('guard.invalid_input'),
      body((found) => ({ error: found })),
    ),
  }),
  ...byRules('body-is-guarded', {
    'a 400 tells the first wrong place alone': {
      refuseIssues: (all) => tenantRules.refuseIssues(all.slice(0, 1)),
    },
  }),
  ...byHook('body-is-guarded', {
    'a 400 tells no place, only the field': issues((all) =>
      all.map((issue) => ({ ...issue, path: (issue['path'] as string[]).slice(0, 1) })),
    ),
    'a 400 has the places in English': issues((all) =>
      all.map((issue) => ({ ...issue, path: ['the body'] })),
    ),
    'a 400 has the places as texts with dots': issues((all) =>
      all.map((issue) => ({ ...issue, path: (issue['path'] as string[]).join('.') })),
    ),
    'a 400 has issues without a place': issues((all) => all.map(({ path: _, ...issue }) => issue)),
    'a 400 has no issues': issues(() => []),
  }),
  ...byHook('objects-are-closed', {
    'a 400 says of an unknown field that its type is wrong': issues((all) =>
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
    'a missing header and a wrong token have one code': renamed(
      'auth.authorization_header_missing',
      'auth.unauthorized',
    ),
    'another scheme and a missing header have one code': renamed(
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
    'a 500 tells where in the source it happened': changed(
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
    'the refusal of another method does not say which there are': changed(
      answered(405),
      ({ headers: { allow: _, ...headers }, ...response }) => ({ ...response, headers }),
    ),
    'the refusal of another method leaves PATCH out': changed(answered(405), (response) => ({
      ...response,
      headers: { ...response.headers, allow: 'PUT, HEAD, GET, DELETE' },
    })),
  }),
]);
