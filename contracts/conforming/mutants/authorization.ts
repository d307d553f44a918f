import type { TenantRequest, TenantResponse } from '../../../src/tenant/index.ts';
import type { Hook } from '../serve.ts';
import type { ConformingTenant } from '../tenant.ts';
import { answered, error } from './hooks.ts';
import { byWrap, inArea, type Mutant } from './mutant.ts';
import { asAuthorized, subjectOf } from './storage.ts';

/** Does what these requests ask for, whoever asks with this. */
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
      [`${name} takes any bearer token`]: letting(isMeant, 'Bearer garbage'),
      [`${name} is open to everybody`]: letting(isMeant, undefined),
    }),
    ...byWrap('permission-required', {
      [`${name} needs no permission`]:
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

/** What an authorized request would be answered, in place of the refusals that fit, if it is this status. */
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
