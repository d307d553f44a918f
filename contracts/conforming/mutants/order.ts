import type { TenantRequest, TenantResponse } from '../../../src/tenant/index.ts';
import type { Hook } from '../serve.ts';
import type { ConformingTenant } from '../tenant.ts';
import { answered, error } from './hooks.ts';
import { byWrap, inArea, type Mutant } from './mutant.ts';
import { asAuthorized, subjectOf } from './storage.ts';

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

const isTest = ({ path }: TenantRequest): boolean => path.endsWith('/test');

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
