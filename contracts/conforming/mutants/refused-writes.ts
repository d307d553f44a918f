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
  ...byWrap(['body-is-guarded', 'objects-are-closed', 'kind-tells-the-type'], {
    'PATCH that is refused with 400 stores the script all the same': after(
      refused('PATCH', 400, 'ZodError'),
      writeAllTheSame,
    ),
  }),
  ...byWrap('objects-are-closed', {
    'PATCH that is refused with 400 for an unknown field stores the others all the same': after(
      refused('PATCH', 400, 'unrecognized_keys'),
      writeAllTheSame,
    ),
  }),
  ...byWrap('kind-tells-the-type', {
    'PATCH that is refused with 400 for its kind stores the others all the same': after(
      refused('PATCH', 400, 'invalid_literal'),
      writeAllTheSame,
    ),
  }),
  ...byWrap(['body-is-guarded', 'objects-are-closed'], {
    'PUT that is refused with 400 stores the script all the same': after(
      refused('PUT', 400),
      writeAllTheSame,
    ),
  }),
  ...byWrap('objects-are-closed', {
    'PUT that is refused with 400 has deleted already': after(refused('PUT', 400), (tenant, request) =>
      put(tenant, subjectOf(request), undefined),
    ),
  }),
  ...byWrap('not-json', {
    'a body that is not JSON is refused with 400 and empties the script': after(
      refused('PATCH', 400, 'JSON'),
      writeAllTheSame,
    ),
  }),
  ...byWrap('token-type-is-guarded', {
    'an unknown token type is refused with 400 and access-token is written': after(
      refused('PATCH', 400, 'tokenTypePath'),
      writeAllTheSame,
    ),
    'DELETE of an unknown token type is refused with 400 and access-token is deleted': after(
      refused('DELETE', 400),
      writeAllTheSame,
    ),
  }),
  ...byWrap(['body-is-guarded', 'objects-are-closed'], {
    'a refused PATCH changes the other customizer': after(refused('PATCH', 400), (tenant, request) =>
      put(tenant, otherThan(subjectOf(request)), { script: scriptIn(request) }),
    ),
  }),
  ...byWrap('token-required', {
    'PATCH that is refused with 401 is done all the same': after(refused('PATCH', 401), writeAllTheSame),
    'PUT that is refused with 401 is done all the same': after(refused('PUT', 401), writeAllTheSame),
    'DELETE that is refused with 401 is done all the same': after(refused('DELETE', 401), writeAllTheSame),
  }),
  ...byWrap('permission-required', {
    'PATCH that is refused with 403 is done all the same': after(refused('PATCH', 403), writeAllTheSame),
    'PUT that is refused with 403 is done all the same': after(refused('PUT', 403), writeAllTheSame),
    'DELETE that is refused with 403 is done all the same': after(refused('DELETE', 403), writeAllTheSame),
  }),
  ...byWrap('missing-customizer', {
    'PATCH of a missing customizer is refused with 404 and creates it': after(
      refused('PATCH', 404, 'entity.'),
      writeAllTheSame,
    ),
    'DELETE of a missing customizer is refused with 404 and creates the other': after(
      refused('DELETE', 404),
      (tenant, request) => put(tenant, otherThan(subjectOf(request)), { script: '' }),
    ),
  }),
  ...byWrap('body-limit', {
    'PATCH over 1 MiB is refused with 404 and stores what fits': after(
      refused('PATCH', 404, 'Not Found'),
      writeAllTheSame,
    ),
    'PUT over 1 MiB is refused with 404 and stores what fits': after(
      refused('PUT', 404, 'Not Found'),
      writeAllTheSame,
    ),
  }),
  ...byWrap('method-not-allowed', {
    'POST to a customizer is refused with 405 and writes': after(refused('POST', 405), writeAllTheSame),
  }),
  ...byWrap('storage-limits', {
    'PATCH of a lone surrogate is refused with 422 and stores U+FFFD in its place': after(
      refused('PATCH', 422),
      writeAllTheSame,
    ),
    'PUT of a lone surrogate is refused with 422 and creates a customizer': after(
      refused('PUT', 422),
      writeAllTheSame,
    ),
    'PATCH of U+0000 is answered 500 and stores the script without it': after(
      refused('PATCH', 500),
      writeAllTheSame,
    ),
    'PATCH of U+0000 is answered 500 between the deletion of the old and the new': after(
      refused('PATCH', 500),
      (tenant, request) => put(tenant, subjectOf(request), undefined),
    ),
    'PUT of U+0000 is answered 500 and creates a customizer': after(refused('PUT', 500), writeAllTheSame),
  }),
]);
