import { json, plainText, tenantRules } from '../../../src/tenant/index.ts';
import { changed, error, fields, header, noFields, on, status, text } from './hooks.ts';
import { inArea, type Mutant } from './mutant.ts';

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
  { name: 'a token is granted with 201', breaks: 'token-granted', hook: changed(granted, status(201)) },
  {
    name: 'a token is granted without saying its scope',
    breaks: 'token-granted',
    hook: changed(granted, noFields('scope')),
  },
  {
    name: 'a token is granted with an empty scope',
    breaks: 'token-granted',
    rules: { grantedScopes: () => [] },
  },
  {
    name: 'a token is granted with more scope than was asked for',
    breaks: 'token-granted',
    hook: changed(granted, fields({ scope: 'all openid' })),
  },
  {
    name: 'the scope is an array',
    breaks: 'token-granted',
    hook: changed(granted, fields({ scope: ['all'] })),
  },
  {
    name: 'the token type is written bearer',
    breaks: 'token-granted',
    hook: changed(granted, fields({ token_type: 'bearer' })),
  },
  {
    name: 'the answer does not say for how long a token is good',
    breaks: 'token-granted',
    hook: changed(granted, noFields('expires_in')),
  },
  {
    name: 'the seconds of a token are a text',
    breaks: 'token-granted',
    hook: changed(granted, fields({ expires_in: '3600' })),
  },
  {
    name: 'a token is good for fewer than no seconds',
    breaks: 'token-granted',
    rules: { lifetime: () => -1 },
  },
  {
    name: 'the token has another name',
    breaks: 'token-granted',
    hook: changed(granted, noFields('access_token'), fields({ token: 'x' })),
  },
  {
    name: 'a token is granted with a refresh token',
    breaks: 'token-granted',
    hook: changed(granted, fields({ refresh_token: 'x' })),
  },
  {
    name: 'a token is granted as a form',
    breaks: 'token-granted',
    hook: changed(
      granted,
      header('content-type', 'application/x-www-form-urlencoded'),
      text(() => 'access_token=x'),
    ),
  },
  {
    name: 'client credentials in HTTP Basic are refused',
    breaks: 'token-granted',
    hook: changed(
      (request, response) => on('token')(request, response) && request.headers['authorization'] !== undefined,
      error(401, 'oidc.invalid_client'),
    ),
  },
  {
    name: 'client credentials in the form are refused',
    breaks: 'token-granted',
    hook: changed(
      (request, response) => on('token')(request, response) && request.headers['authorization'] === undefined,
      error(401, 'oidc.invalid_client'),
    ),
  },
  {
    name: 'a wrong secret is answered 400',
    breaks: 'token-refused',
    hook: changed(on('token', 401), status(400)),
  },
  {
    name: 'a wrong secret is granted a token',
    breaks: 'token-refused',
    rules: {
      refuseClient: (id, secret, client) => tenantRules.refuseClient(id, client?.secret ?? secret, client),
    },
  },
  {
    name: 'a wrong secret has the code of a missing permission',
    breaks: 'token-refused',
    hook: changed(on('token', 401), fields({ code: 'auth.unauthorized' })),
  },
  {
    name: 'a wrong secret is an unauthorized_client',
    breaks: 'token-refused',
    hook: changed(on('token', 401), fields({ error: 'unauthorized_client' })),
  },
  {
    name: 'an unknown client is answered 401',
    breaks: 'token-refused',
    hook: changed((_, { body }) => body.includes('invalid client nope'), status(401)),
  },
  {
    name: 'an unknown client is granted a token',
    breaks: 'token-refused',
    rules: {
      refuseClient: (id, secret, client) =>
        client === undefined ? undefined : tenantRules.refuseClient(id, secret, client),
    },
  },
  {
    name: 'an unknown resource is granted a token',
    breaks: 'token-refused',
    rules: {
      refuseGrant: (form, resource) =>
        form.get('resource') ? undefined : tenantRules.refuseGrant(form, resource),
    },
  },
  {
    name: 'no resource is granted a token',
    breaks: 'token-refused',
    rules: {
      refuseGrant: (form, resource) =>
        form.get('resource') ? tenantRules.refuseGrant(form, resource) : undefined,
    },
  },
  {
    name: 'an unknown resource is answered 403',
    breaks: 'token-refused',
    rules: {
      refuseGrant: (form, resource) =>
        resource.includes(form.get('resource') ?? '') ? undefined : { ...target('No.'), status: 403 },
    },
  },
  {
    name: 'an unknown resource is an invalid_request',
    breaks: 'token-refused',
    hook: changed(
      (_, { body }) => body.includes('invalid_target'),
      fields({ code: 'oidc.invalid_request', error: 'invalid_request' }),
    ),
  },
  {
    name: 'a refused token request has no error of OAuth 2.0',
    breaks: 'token-refused',
    hook: changed(refused, noFields('error')),
  },
  {
    name: 'a refused token request has no description',
    breaks: 'token-refused',
    hook: changed(refused, noFields('error_description')),
  },
  {
    name: 'a refused token request has no code of Logto',
    breaks: 'token-refused',
    hook: changed(refused, noFields('code')),
  },
  {
    name: 'a refused token request is answered as text',
    breaks: 'token-refused',
    hook: changed(refused, (response) => ({
      ...plainText(response.status, 'No.'),
      headers: { ...response.headers, 'content-type': 'text/plain' },
    })),
  },
]);
