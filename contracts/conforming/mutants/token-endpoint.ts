import { json, plainText, tenantRules } from '../../../src/tenant/index.ts';
import { changed, error, fields, header, noFields, on, status, text } from './hooks.ts';
import { byHook, byRules, inArea, type Mutant } from './mutant.ts';

const granted = on('token', 200);
const refused = on('token', 400, 401);

const target = (description: string) =>
  json(400, {
    code: 'oidc.invalid_target',
    message: 'No.',
    error: 'invalid_target',
    error_description: description,
  });

export const tokenEndpoint: Mutant[] = inArea('the token endpoint', [
  byHook('a token is granted with 201', 'token-granted', changed(granted, status(201))),
  byHook('a token is granted without saying its scope', 'token-granted', changed(granted, noFields('scope'))),
  byRules('a token is granted with an empty scope', 'token-granted', { grantedScopes: () => [] }),
  byHook(
    'a token is granted with more scope than was asked for',
    'token-granted',
    changed(granted, fields({ scope: 'all openid' })),
  ),
  byHook('the scope is an array', 'token-granted', changed(granted, fields({ scope: ['all'] }))),
  byHook(
    'the token type is written bearer',
    'token-granted',
    changed(granted, fields({ token_type: 'bearer' })),
  ),
  byHook(
    'the answer does not say for how long a token is good',
    'token-granted',
    changed(granted, noFields('expires_in')),
  ),
  byHook(
    'the seconds of a token are a text',
    'token-granted',
    changed(granted, fields({ expires_in: '3600' })),
  ),
  byRules('a token is good for fewer than no seconds', 'token-granted', { lifetime: () => -1 }),
  byHook(
    'the token has another name',
    'token-granted',
    changed(granted, noFields('access_token'), fields({ token: 'x' })),
  ),
  byHook(
    'a token is granted with a refresh token',
    'token-granted',
    changed(granted, fields({ refresh_token: 'x' })),
  ),
  byHook(
    'a token is granted as a form',
    'token-granted',
    changed(
      granted,
      header('content-type', 'application/x-www-form-urlencoded'),
      text(() => 'access_token=x'),
    ),
  ),
  byHook(
    'client credentials in HTTP Basic are refused',
    'token-granted',
    changed(
      (request, response) => on('token')(request, response) && request.headers['authorization'] !== undefined,
      error(401, 'oidc.invalid_client'),
    ),
  ),
  byHook(
    'client credentials in the form are refused',
    'token-granted',
    changed(
      (request, response) => on('token')(request, response) && request.headers['authorization'] === undefined,
      error(401, 'oidc.invalid_client'),
    ),
  ),
  byHook('a wrong secret is answered 400', 'token-refused', changed(on('token', 401), status(400))),
  byRules('a wrong secret is granted a token', 'token-refused', {
    refuseClient: (id, secret, client) => tenantRules.refuseClient(id, client?.secret ?? secret, client),
  }),
  byHook(
    'a wrong secret has the code of a missing permission',
    'token-refused',
    changed(on('token', 401), fields({ code: 'auth.unauthorized' })),
  ),
  byHook(
    'a wrong secret is an unauthorized_client',
    'token-refused',
    changed(on('token', 401), fields({ error: 'unauthorized_client' })),
  ),
  byHook(
    'an unknown client is answered 401',
    'token-refused',
    changed((_, { body }) => body.includes('invalid client nope'), status(401)),
  ),
  byRules('an unknown client is granted a token', 'token-refused', {
    refuseClient: (id, secret, client) =>
      client === undefined ? undefined : tenantRules.refuseClient(id, secret, client),
  }),
  byRules('an unknown resource is granted a token', 'token-refused', {
    refuseGrant: (form, resource) =>
      form.get('resource') ? undefined : tenantRules.refuseGrant(form, resource),
  }),
  byRules('no resource is granted a token', 'token-refused', {
    refuseGrant: (form, resource) =>
      form.get('resource') ? tenantRules.refuseGrant(form, resource) : undefined,
  }),
  byRules('an unknown resource is answered 403', 'token-refused', {
    refuseGrant: (form, resource) =>
      resource.includes(form.get('resource') ?? '') ? undefined : { ...target('No.'), status: 403 },
  }),
  byHook(
    'an unknown resource is an invalid_request',
    'token-refused',
    changed(
      (_, { body }) => body.includes('invalid_target'),
      fields({ code: 'oidc.invalid_request', error: 'invalid_request' }),
    ),
  ),
  byHook(
    'a refused token request has no error of OAuth 2.0',
    'token-refused',
    changed(refused, noFields('error')),
  ),
  byHook(
    'a refused token request has no description',
    'token-refused',
    changed(refused, noFields('error_description')),
  ),
  byHook('a refused token request has no code of Logto', 'token-refused', changed(refused, noFields('code'))),
  byHook(
    'a refused token request is answered as text',
    'token-refused',
    changed(refused, (response) => ({
      ...plainText(response.status, 'No.'),
      headers: { ...response.headers, 'content-type': 'text/plain' },
    })),
  ),
]);
