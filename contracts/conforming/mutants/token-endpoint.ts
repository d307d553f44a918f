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
  ...byHook('token-granted', {
    'a token is granted with 201': changed(granted, status(201)),
    'a token is granted without saying its scope': changed(granted, noFields('scope')),
  }),
  ...byRules('token-granted', {
    'a token is granted with an empty scope': { grantedScopes: () => [] },
  }),
  ...byHook('token-granted', {
    'a token is granted with more scope than was asked for': changed(
      granted,
      fields({ scope: 'all openid' }),
    ),
    'the scope is an array': changed(granted, fields({ scope: ['all'] })),
    'the token type is written bearer': changed(granted, fields({ token_type: 'bearer' })),
    'the answer does not say for how long a token is good': changed(granted, noFields('expires_in')),
    'the seconds of a token are a text': changed(granted, fields({ expires_in: '3600' })),
  }),
  ...byRules('token-granted', {
    'a token is good for fewer than no seconds': { lifetime: () => -1 },
  }),
  ...byHook('token-granted', {
    'the token has another name': changed(granted, noFields('access_token'), fields({ token: 'x' })),
    'a token is granted with a refresh token': changed(granted, fields({ refresh_token: 'x' })),
    'a token is granted as a form': changed(
      granted,
      header('content-type', 'application/x-www-form-urlencoded'),
      text(() => 'access_token=x'),
    ),
    'client credentials in HTTP Basic are refused': changed(
      (request, response) => on('token')(request, response) && request.headers['authorization'] !== undefined,
      error(401, 'oidc.invalid_client'),
    ),
    'client credentials in the form are refused': changed(
      (request, response) => on('token')(request, response) && request.headers['authorization'] === undefined,
      error(401, 'oidc.invalid_client'),
    ),
  }),
  ...byHook('token-refused', { 'a wrong secret is answered 400': changed(on('token', 401), status(400)) }),
  ...byRules('token-refused', {
    'a wrong secret is granted a token': {
      refuseClient: (id, secret, client) => tenantRules.refuseClient(id, client?.secret ?? secret, client),
    },
  }),
  ...byHook('token-refused', {
    'a wrong secret has the code of a missing permission': changed(
      on('token', 401),
      fields({ code: 'auth.unauthorized' }),
    ),
    'a wrong secret is an unauthorized_client': changed(
      on('token', 401),
      fields({ error: 'unauthorized_client' }),
    ),
    'an unknown client is answered 401': changed(
      (_, { body }) => body.includes('invalid client nope'),
      status(401),
    ),
  }),
  ...byRules('token-refused', {
    'an unknown client is granted a token': {
      refuseClient: (id, secret, client) =>
        client === undefined ? undefined : tenantRules.refuseClient(id, secret, client),
    },
    'an unknown resource is granted a token': {
      refuseGrant: (form, resource) =>
        form.get('resource') ? undefined : tenantRules.refuseGrant(form, resource),
    },
    'no resource is granted a token': {
      refuseGrant: (form, resource) =>
        form.get('resource') ? tenantRules.refuseGrant(form, resource) : undefined,
    },
    'an unknown resource is answered 403': {
      refuseGrant: (form, resource) =>
        resource.includes(form.get('resource') ?? '') ? undefined : { ...target('No.'), status: 403 },
    },
  }),
  ...byHook('token-refused', {
    'an unknown resource is an invalid_request': changed(
      (_, { body }) => body.includes('invalid_target'),
      fields({ code: 'oidc.invalid_request', error: 'invalid_request' }),
    ),
    'a refused token request has no error of OAuth 2.0': changed(refused, noFields('error')),
    'a refused token request has no description': changed(refused, noFields('error_description')),
    'a refused token request has no code of Logto': changed(refused, noFields('code')),
    'a refused token request is answered as text': changed(refused, (response) => ({
      ...plainText(response.status, 'No.'),
      headers: { ...response.headers, 'content-type': 'text/plain' },
    })),
  }),
]);
