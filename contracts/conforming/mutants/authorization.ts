import {
  json,
  plainText,
  type TenantRequest,
  type TenantResponse,
  tenantRules,
} from '../../../src/tenant/index.ts';
import type { Hook } from '../serve.ts';
import type { ConformingTenant } from '../tenant.ts';
import {
  answered,
  asAuthorized,
  changed,
  error,
  fields,
  header,
  noFields,
  on,
  status,
  subjectOf,
  text,
} from './hooks.ts';
import { byHook, byRules, byWrap, inArea, type Mutant } from './mutant.ts';

/** Allows these requests with this Authorization header. */
const letting =
  (isMeant: (request: TenantRequest) => boolean, authorization: string | undefined) =>
  (tenant: ConformingTenant): Hook =>
  (request, next) =>
    isMeant(request) && request.headers['authorization'] === authorization
      ? tenant.handle({
          ...request,
          headers: { ...request.headers, authorization: `Bearer ${tenant.tokens.issue(['all'])}` },
        })
      : next();

const customizers = '/api/configs/jwt-customizer';
const isList = ({ path }: TenantRequest): boolean => path === customizers;
const isTest = ({ path }: TenantRequest): boolean => path === `${customizers}/test`;
const isItem =
  (method: string) =>
  (request: TenantRequest): boolean =>
    request.method === method && !isList(request) && !isTest(request);

const operations = [
  ['GET', isItem('GET')],
  ['PATCH', isItem('PATCH')],
  ['PUT', isItem('PUT')],
  ['DELETE', isItem('DELETE')],
  ['the list', isList],
  ['POST /test', isTest],
] as const;

export const authorization: Mutant[] = inArea(
  'authorization',
  operations.flatMap(([name, isMeant]) => [
    ...byWrap('token-required', {
      [`${name} accepts any bearer token`]: letting(isMeant, 'Bearer garbage'),
      [`${name} requires no token`]: letting(isMeant, undefined),
    }),
    ...byWrap('permission-required', {
      [`${name} requires no permission`]:
        (tenant: ConformingTenant): Hook =>
        (request, next) => {
          const token = request.headers['authorization']?.slice('Bearer '.length) ?? '';
          const isKnown = tenant.tokens.scopesOf(token)?.length === 0;
          return isKnown ? letting(isMeant, `Bearer ${token}`)(tenant)(request, next) : next();
        },
    }),
  ]),
);

type When = (request: TenantRequest, response: TenantResponse) => boolean;

/** Replaces matching refusals with the response to an authorized request, if that has this status. */
const before =
  (refusal: When, status: number, isMeant: (request: TenantRequest) => boolean) =>
  (tenant: ConformingTenant): Hook =>
  async (request, next) => {
    const response = await next();
    if (!refusal(request, response) || !isMeant(request)) return response;
    const first = await asAuthorized(tenant, request);
    return first.status === status ? first : response;
  };

const by =
  (method: string) =>
  (request: TenantRequest): boolean =>
    request.method === method;

export const order: Mutant[] = inArea('order of the checks', [
  ...byWrap('order-of-checks', {
    'an invalid PATCH is refused before a missing token': before(answered(401), 400, by('PATCH')),
    'an invalid PATCH is refused before a missing permission': before(answered(403), 400, by('PATCH')),
    'an invalid PUT is refused before a missing token': before(answered(401), 400, by('PUT')),
    'an invalid PUT is refused before a missing permission': before(answered(403), 400, by('PUT')),
    'an invalid POST /test is refused before a missing token': before(answered(401), 400, isTest),
    'an invalid POST /test is refused before a missing permission': before(answered(403), 400, isTest),
    'PATCH notices a missing customizer before a missing token': before(answered(401), 404, by('PATCH')),
    'PATCH notices a missing customizer before a missing permission': before(answered(403), 404, by('PATCH')),
    'GET notices a missing customizer before a missing token': before(answered(401), 404, by('GET')),
    'GET notices a missing customizer before a missing permission': before(answered(403), 404, by('GET')),
    'DELETE notices a missing customizer before a missing token': before(answered(401), 404, by('DELETE')),
    'DELETE notices a missing customizer before a missing permission': before(
      answered(403),
      404,
      by('DELETE'),
    ),
    'PATCH notices a missing customizer before an invalid body': (tenant) => async (request, next) => {
      const response = await next();
      return request.method === 'PATCH' &&
        response.status === 400 &&
        tenant.customizers[subjectOf(request)] === undefined
        ? error(404, 'entity.not_exists_with_id')(response, request)
        : response;
    },
  }),
]);

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
    'a token is granted without its scope': changed(granted, noFields('scope')),
    'a token is granted with more scope than requested': changed(granted, fields({ scope: 'all openid' })),
    'the scope is an array': changed(granted, fields({ scope: ['all'] })),
    'the token type is written bearer': changed(granted, fields({ token_type: 'bearer' })),
    'the token response has no expires_in': changed(granted, noFields('expires_in')),
    'the expires_in of a token is a string': changed(granted, fields({ expires_in: '3600' })),
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
  ...byRules('token-granted', {
    'a token is granted with an empty scope': { grantedScopes: () => [] },
    'a token has a negative lifetime': { lifetime: () => -1 },
  }),
  ...byHook('token-refused', {
    'a wrong secret gets 400': changed(on('token', 401), status(400)),
    'a wrong secret has the code of a missing permission': changed(
      on('token', 401),
      fields({ code: 'auth.unauthorized' }),
    ),
    'a wrong secret is an unauthorized_client': changed(
      on('token', 401),
      fields({ error: 'unauthorized_client' }),
    ),
    'an unknown client gets 401': changed((_, { body }) => body.includes('invalid client nope'), status(401)),
    'an unknown resource is an invalid_request': changed(
      (_, { body }) => body.includes('invalid_target'),
      fields({ code: 'oidc.invalid_request', error: 'invalid_request' }),
    ),
    'a refused token request has no error of OAuth 2.0': changed(refused, noFields('error')),
    'a refused token request has no description': changed(refused, noFields('error_description')),
    'a refused token request has no code of Logto': changed(refused, noFields('code')),
    'a refused token request has a text response': changed(refused, (response) => ({
      ...plainText(response.status, 'No.'),
      headers: { ...response.headers, 'content-type': 'text/plain' },
    })),
  }),
  ...byRules('token-refused', {
    'a wrong secret is granted a token': {
      refuseClient: (id, secret, client) => tenantRules.refuseClient(id, client?.secret ?? secret, client),
    },
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
    'an unknown resource gets 403': {
      refuseGrant: (form, resource) =>
        resource.includes(form.get('resource') ?? '') ? undefined : { ...target('No.'), status: 403 },
    },
  }),
]);
