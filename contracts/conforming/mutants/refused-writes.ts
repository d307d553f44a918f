/** Refusals that changed something all the same, one or more for each kind of refusal. */
import type { TenantRequest, TenantResponse } from '../../../src/tenant/index.ts';
import { inArea, type Mutant } from './mutant.ts';
import { after, otherThan, put, scriptIn, subjectOf, writeAllTheSame } from './storage.ts';

/** A write by this method, answered this status. */
const refused =
  (method: string, status: number, words = '') =>
  (request: TenantRequest, response: TenantResponse): boolean =>
    request.method === method && response.status === status && response.body.includes(words);

export const refusedWrites: Mutant[] = inArea('refused writes', [
  {
    name: 'PATCH that is refused with 400 stores the script all the same',
    breaks: ['body-is-guarded', 'objects-are-closed', 'kind-tells-the-type'],
    wrap: after(refused('PATCH', 400, 'ZodError'), writeAllTheSame),
  },
  {
    name: 'PATCH that is refused with 400 for an unknown field stores the others all the same',
    breaks: 'objects-are-closed',
    wrap: after(refused('PATCH', 400, 'unrecognized_keys'), writeAllTheSame),
  },
  {
    name: 'PATCH that is refused with 400 for its kind stores the others all the same',
    breaks: 'kind-tells-the-type',
    wrap: after(refused('PATCH', 400, 'invalid_literal'), writeAllTheSame),
  },
  {
    name: 'PUT that is refused with 400 stores the script all the same',
    breaks: ['body-is-guarded', 'objects-are-closed'],
    wrap: after(refused('PUT', 400), writeAllTheSame),
  },
  {
    name: 'PUT that is refused with 400 has deleted already',
    breaks: 'objects-are-closed',
    wrap: after(refused('PUT', 400), (tenant, request) => put(tenant, subjectOf(request), undefined)),
  },
  {
    name: 'a body that is not JSON is refused with 400 and empties the script',
    breaks: 'not-json',
    wrap: after(refused('PATCH', 400, 'JSON'), writeAllTheSame),
  },
  {
    name: 'an unknown token type is refused with 400 and access-token is written',
    breaks: 'token-type-is-guarded',
    wrap: after(refused('PATCH', 400, 'tokenTypePath'), writeAllTheSame),
  },
  {
    name: 'DELETE of an unknown token type is refused with 400 and access-token is deleted',
    breaks: 'token-type-is-guarded',
    wrap: after(refused('DELETE', 400), writeAllTheSame),
  },
  {
    name: 'a refused PATCH changes the other customizer',
    breaks: ['body-is-guarded', 'objects-are-closed'],
    wrap: after(refused('PATCH', 400), (tenant, request) =>
      put(tenant, otherThan(subjectOf(request)), { script: scriptIn(request) }),
    ),
  },
  {
    name: 'PATCH that is refused with 401 is done all the same',
    breaks: 'token-required',
    wrap: after(refused('PATCH', 401), writeAllTheSame),
  },
  {
    name: 'PUT that is refused with 401 is done all the same',
    breaks: 'token-required',
    wrap: after(refused('PUT', 401), writeAllTheSame),
  },
  {
    name: 'DELETE that is refused with 401 is done all the same',
    breaks: 'token-required',
    wrap: after(refused('DELETE', 401), writeAllTheSame),
  },
  {
    name: 'PATCH that is refused with 403 is done all the same',
    breaks: 'permission-required',
    wrap: after(refused('PATCH', 403), writeAllTheSame),
  },
  {
    name: 'PUT that is refused with 403 is done all the same',
    breaks: 'permission-required',
    wrap: after(refused('PUT', 403), writeAllTheSame),
  },
  {
    name: 'DELETE that is refused with 403 is done all the same',
    breaks: 'permission-required',
    wrap: after(refused('DELETE', 403), writeAllTheSame),
  },
  {
    name: 'PATCH of a missing customizer is refused with 404 and creates it',
    breaks: 'missing-customizer',
    wrap: after(refused('PATCH', 404, 'entity.'), writeAllTheSame),
  },
  {
    name: 'DELETE of a missing customizer is refused with 404 and creates the other',
    breaks: 'missing-customizer',
    wrap: after(refused('DELETE', 404), (tenant, request) =>
      put(tenant, otherThan(subjectOf(request)), { script: '' }),
    ),
  },
  {
    name: 'PATCH over 1 MiB is refused with 404 and stores what fits',
    breaks: 'body-limit',
    wrap: after(refused('PATCH', 404, 'Not Found'), writeAllTheSame),
  },
  {
    name: 'PUT over 1 MiB is refused with 404 and stores what fits',
    breaks: 'body-limit',
    wrap: after(refused('PUT', 404, 'Not Found'), writeAllTheSame),
  },
  {
    name: 'POST to a customizer is refused with 405 and writes',
    breaks: 'method-not-allowed',
    wrap: after(refused('POST', 405), writeAllTheSame),
  },
  {
    name: 'PATCH of a lone surrogate is refused with 422 and stores U+FFFD in its place',
    breaks: 'storage-limits',
    wrap: after(refused('PATCH', 422), writeAllTheSame),
  },
  {
    name: 'PUT of a lone surrogate is refused with 422 and creates a customizer',
    breaks: 'storage-limits',
    wrap: after(refused('PUT', 422), writeAllTheSame),
  },
  {
    name: 'PATCH of U+0000 is answered 500 and stores the script without it',
    breaks: 'storage-limits',
    wrap: after(refused('PATCH', 500), writeAllTheSame),
  },
  {
    name: 'PATCH of U+0000 is answered 500 between the deletion of the old and the new',
    breaks: 'storage-limits',
    wrap: after(refused('PATCH', 500), (tenant, request) => put(tenant, subjectOf(request), undefined)),
  },
  {
    name: 'PUT of U+0000 is answered 500 and creates a customizer',
    breaks: 'storage-limits',
    wrap: after(refused('PUT', 500), writeAllTheSame),
  },
]);
