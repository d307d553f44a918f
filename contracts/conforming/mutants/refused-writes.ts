/** Refusals that changed something all the same, one or more for each kind of refusal. */
import type { TenantRequest, TenantResponse } from '../../../src/tenant/index.ts';
import { byWrap, inArea, type Mutant } from './mutant.ts';
import { after, otherThan, put, scriptIn, subjectOf, writeAllTheSame } from './storage.ts';

/** A write by this method, answered this status. */
const refused =
  (method: string, status: number, words = '') =>
  (request: TenantRequest, response: TenantResponse): boolean =>
    request.method === method && response.status === status && response.body.includes(words);

export const refusedWrites: Mutant[] = inArea('refused writes', [
  byWrap(
    'PATCH that is refused with 400 stores the script all the same',
    ['body-is-guarded', 'objects-are-closed', 'kind-tells-the-type'],
    after(refused('PATCH', 400, 'ZodError'), writeAllTheSame),
  ),
  byWrap(
    'PATCH that is refused with 400 for an unknown field stores the others all the same',
    'objects-are-closed',
    after(refused('PATCH', 400, 'unrecognized_keys'), writeAllTheSame),
  ),
  byWrap(
    'PATCH that is refused with 400 for its kind stores the others all the same',
    'kind-tells-the-type',
    after(refused('PATCH', 400, 'invalid_literal'), writeAllTheSame),
  ),
  byWrap(
    'PUT that is refused with 400 stores the script all the same',
    ['body-is-guarded', 'objects-are-closed'],
    after(refused('PUT', 400), writeAllTheSame),
  ),
  byWrap(
    'PUT that is refused with 400 has deleted already',
    'objects-are-closed',
    after(refused('PUT', 400), (tenant, request) => put(tenant, subjectOf(request), undefined)),
  ),
  byWrap(
    'a body that is not JSON is refused with 400 and empties the script',
    'not-json',
    after(refused('PATCH', 400, 'JSON'), writeAllTheSame),
  ),
  byWrap(
    'an unknown token type is refused with 400 and access-token is written',
    'token-type-is-guarded',
    after(refused('PATCH', 400, 'tokenTypePath'), writeAllTheSame),
  ),
  byWrap(
    'DELETE of an unknown token type is refused with 400 and access-token is deleted',
    'token-type-is-guarded',
    after(refused('DELETE', 400), writeAllTheSame),
  ),
  byWrap(
    'a refused PATCH changes the other customizer',
    ['body-is-guarded', 'objects-are-closed'],
    after(refused('PATCH', 400), (tenant, request) =>
      put(tenant, otherThan(subjectOf(request)), { script: scriptIn(request) }),
    ),
  ),
  byWrap(
    'PATCH that is refused with 401 is done all the same',
    'token-required',
    after(refused('PATCH', 401), writeAllTheSame),
  ),
  byWrap(
    'PUT that is refused with 401 is done all the same',
    'token-required',
    after(refused('PUT', 401), writeAllTheSame),
  ),
  byWrap(
    'DELETE that is refused with 401 is done all the same',
    'token-required',
    after(refused('DELETE', 401), writeAllTheSame),
  ),
  byWrap(
    'PATCH that is refused with 403 is done all the same',
    'permission-required',
    after(refused('PATCH', 403), writeAllTheSame),
  ),
  byWrap(
    'PUT that is refused with 403 is done all the same',
    'permission-required',
    after(refused('PUT', 403), writeAllTheSame),
  ),
  byWrap(
    'DELETE that is refused with 403 is done all the same',
    'permission-required',
    after(refused('DELETE', 403), writeAllTheSame),
  ),
  byWrap(
    'PATCH of a missing customizer is refused with 404 and creates it',
    'missing-customizer',
    after(refused('PATCH', 404, 'entity.'), writeAllTheSame),
  ),
  byWrap(
    'DELETE of a missing customizer is refused with 404 and creates the other',
    'missing-customizer',
    after(refused('DELETE', 404), (tenant, request) =>
      put(tenant, otherThan(subjectOf(request)), { script: '' }),
    ),
  ),
  byWrap(
    'PATCH over 1 MiB is refused with 404 and stores what fits',
    'body-limit',
    after(refused('PATCH', 404, 'Not Found'), writeAllTheSame),
  ),
  byWrap(
    'PUT over 1 MiB is refused with 404 and stores what fits',
    'body-limit',
    after(refused('PUT', 404, 'Not Found'), writeAllTheSame),
  ),
  byWrap(
    'POST to a customizer is refused with 405 and writes',
    'method-not-allowed',
    after(refused('POST', 405), writeAllTheSame),
  ),
  byWrap(
    'PATCH of a lone surrogate is refused with 422 and stores U+FFFD in its place',
    'storage-limits',
    after(refused('PATCH', 422), writeAllTheSame),
  ),
  byWrap(
    'PUT of a lone surrogate is refused with 422 and creates a customizer',
    'storage-limits',
    after(refused('PUT', 422), writeAllTheSame),
  ),
  byWrap(
    'PATCH of U+0000 is answered 500 and stores the script without it',
    'storage-limits',
    after(refused('PATCH', 500), writeAllTheSame),
  ),
  byWrap(
    'PATCH of U+0000 is answered 500 between the deletion of the old and the new',
    'storage-limits',
    after(refused('PATCH', 500), (tenant, request) => put(tenant, subjectOf(request), undefined)),
  ),
  byWrap(
    'PUT of U+0000 is answered 500 and creates a customizer',
    'storage-limits',
    after(refused('PUT', 500), writeAllTheSame),
  ),
]);
