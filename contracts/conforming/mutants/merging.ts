import { isRecord } from '../../../src/client/json.ts';
import {
  type Customizer,
  type Rules,
  type TenantRequest,
  type TenantResponse,
  tenantRules,
} from '../../../src/tenant/index.ts';
import {
  after,
  changed,
  error,
  type Fields,
  isEmptyObject,
  on,
  otherThan,
  put,
  scriptIn,
  status,
  subjectOf,
  writeAllTheSame,
} from './hooks.ts';
import { byRules, byWrap, inArea, type Mutant } from './mutant.ts';

/** PATCH as on a tenant, with its result changed. */
const mergedWith = (
  change: (merged: Fields, stored: Customizer, sent: Customizer) => Fields,
): Partial<Rules> => ({
  merge: (stored, sent) => change({ ...tenantRules.merge(stored, sent) }, stored, sent),
});

/** PATCH also merges the content of this field. */
const merging = (field: string): Partial<Rules> =>
  mergedWith((merged, stored, sent) =>
    sent[field] === undefined
      ? merged
      : { ...merged, [field]: { ...(stored[field] as Fields), ...(sent[field] as Fields) } },
  );

const without = (fields: Fields, field: string): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => name !== field));

/** A deep merge. */
export const deep = (stored: unknown, sent: unknown): unknown =>
  isRecord(stored) && isRecord(sent)
    ? {
        ...stored,
        ...Object.fromEntries(Object.entries(sent).map(([key, value]) => [key, deep(stored[key], value)])),
      }
    : sent;

export const mergingMutants: Mutant[] = inArea('merging', [
  ...byRules('patch-merges', {
    'PATCH replaces everything, like PUT': { merge: (_stored, sent) => sent },
    'PATCH merges environmentVariables': merging('environmentVariables'),
    'PATCH merges contextSample': merging('contextSample'),
    'PATCH merges tokenSample': merging('tokenSample'),
    'PATCH merges at every depth': {
      merge: (stored, sent) => deep(stored, sent) as Customizer,
    },
    'PATCH keeps the stored value of a field in the request': {
      merge: (stored, sent) => ({ ...sent, ...stored, script: sent['script'] }),
    },
    'PATCH treats an empty object as an absent field': mergedWith((_merged, stored, sent) => ({
      ...stored,
      ...Object.fromEntries(Object.entries(sent).filter(([, value]) => !isEmptyObject(value))),
    })),
    'PATCH removes a field for an empty object': mergedWith((merged) =>
      Object.fromEntries(Object.entries(merged).filter(([, value]) => !isEmptyObject(value))),
    ),
    'PATCH removes environmentVariables that are not in the request': mergedWith((merged, _, sent) =>
      'environmentVariables' in sent ? merged : without(merged, 'environmentVariables'),
    ),
    'PATCH with contextSample removes tokenSample': mergedWith((merged, _, sent) =>
      'contextSample' in sent ? without(merged, 'tokenSample') : merged,
    ),
    'PATCH removes blockIssuanceOnError that is not in the request': mergedWith((merged, _, sent) =>
      'blockIssuanceOnError' in sent ? merged : without(merged, 'blockIssuanceOnError'),
    ),
    'PATCH with the stored script changes nothing': mergedWith((merged, stored, sent) =>
      sent['script'] === stored['script'] ? { ...stored } : merged,
    ),
    'PATCH changes only the script': mergedWith((_merged, stored, sent) => ({
      ...stored,
      script: sent['script'],
    })),
  }),
  ...byRules('byte-for-byte', {
    'PATCH treats an empty script as an absent one': mergedWith((merged, stored) => ({
      ...merged,
      script: merged['script'] || stored['script'],
    })),
  }),
  ...byRules(['patch-merges', 'byte-for-byte'], {
    'PATCH does not change the script': mergedWith((merged, stored) => ({
      ...merged,
      script: stored['script'],
    })),
  }),
  ...byWrap('patch-merges', {
    'PATCH of client-credentials replaces everything': after(
      (request, response) =>
        on('patch', 200)(request, response) && subjectOf(request) === 'client-credentials',
      (tenant, request) =>
        put(
          tenant,
          'client-credentials',
          JSON.parse(new TextDecoder().decode(request.body as Uint8Array)) as Customizer,
        ),
    ),
  }),
]);

export const putAndPatch: Mutant[] = inArea('PUT and PATCH', [
  ...byRules('put-replaces', {
    'PUT merges, like PATCH': {
      replace: (stored, sent) => ({ ...stored, ...sent }),
    },
    'PUT keeps environmentVariables that are not in the request': {
      replace: (stored, sent) => ({
        ...(stored?.['environmentVariables'] !== undefined && {
          environmentVariables: stored['environmentVariables'],
        }),
        ...sent,
      }),
    },
    'PUT keeps blockIssuanceOnError that is not in the request': {
      replace: (stored, sent) => ({
        ...(stored?.['blockIssuanceOnError'] !== undefined && {
          blockIssuanceOnError: stored['blockIssuanceOnError'],
        }),
        ...sent,
      }),
    },
    'PUT always responds with 201': {
      writeStatus: (operation) => (operation === 'put' ? 201 : 200),
    },
    'PUT always responds with 200': { writeStatus: () => 200 },
    'PUT responds with 200 when it created, 201 when it replaced': {
      writeStatus: (operation, existed) => (operation === 'put' && existed ? 201 : 200),
    },
  }),
  ...byWrap('put-replaces', {
    'PUT is refused when there is a customizer': (tenant) => (request, next) =>
      request.method === 'PUT' && tenant.customizers[subjectOf(request)] !== undefined
        ? changed(() => true, error(409, 'entity.exists'))(request, async () => ({
            status: 409,
            headers: {},
            body: '',
          }))
        : next(),
  }),
  ...byWrap('missing-customizer', {
    'PATCH creates a missing customizer with 201': (tenant) => async (request, next) => {
      const response = await next();
      return request.method === 'PATCH' && response.status === 404 && response.body.includes('entity.')
        ? tenant.handle({ ...request, method: 'PUT' })
        : response;
    },
    'PATCH creates a missing customizer with 200': (tenant) => async (request, next) => {
      const response = await next();
      if (request.method !== 'PATCH' || !response.body.includes('entity.not_exists')) return response;
      return status(200)(await tenant.handle({ ...request, method: 'PUT' }), request);
    },
  }),
]);

/** Matches a write with this method and this status. */
const refused =
  (method: string, status: number, words = '') =>
  (request: TenantRequest, response: TenantResponse): boolean =>
    request.method === method && response.status === status && response.body.includes(words);

export const refusedWrites: Mutant[] = inArea('refused writes', [
  ...byWrap(['body-is-guarded', 'objects-are-closed', 'kind-tells-the-type'], {
    'PATCH that is refused with 400 stores the script anyway': after(
      refused('PATCH', 400, 'ZodError'),
      writeAllTheSame,
    ),
  }),
  ...byWrap('objects-are-closed', {
    'PATCH that is refused with 400 for an unknown field stores the others anyway': after(
      refused('PATCH', 400, 'unrecognized_keys'),
      writeAllTheSame,
    ),
    'PUT that is refused with 400 deletes the customizer first': after(
      refused('PUT', 400),
      (tenant, request) => put(tenant, subjectOf(request), undefined),
    ),
  }),
  ...byWrap('kind-tells-the-type', {
    'PATCH that is refused with 400 for its kind stores the others anyway': after(
      refused('PATCH', 400, 'invalid_literal'),
      writeAllTheSame,
    ),
  }),
  ...byWrap(['body-is-guarded', 'objects-are-closed'], {
    'PUT that is refused with 400 stores the script anyway': after(refused('PUT', 400), writeAllTheSame),
    'a refused PATCH changes the other customizer': after(refused('PATCH', 400), (tenant, request) =>
      put(tenant, otherThan(subjectOf(request)), { script: scriptIn(request) }),
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
  ...byWrap('token-required', {
    'PATCH that is refused with 401 is performed anyway': after(refused('PATCH', 401), writeAllTheSame),
    'PUT that is refused with 401 is performed anyway': after(refused('PUT', 401), writeAllTheSame),
    'DELETE that is refused with 401 is performed anyway': after(refused('DELETE', 401), writeAllTheSame),
  }),
  ...byWrap('permission-required', {
    'PATCH that is refused with 403 is performed anyway': after(refused('PATCH', 403), writeAllTheSame),
    'PUT that is refused with 403 is performed anyway': after(refused('PUT', 403), writeAllTheSame),
    'DELETE that is refused with 403 is performed anyway': after(refused('DELETE', 403), writeAllTheSame),
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
    'PATCH of a lone surrogate is refused with 422 and stores U+FFFD instead': after(
      refused('PATCH', 422),
      writeAllTheSame,
    ),
    'PUT of a lone surrogate is refused with 422 and creates a customizer': after(
      refused('PUT', 422),
      writeAllTheSame,
    ),
    'PATCH of U+0000 gets 500 and stores the script without it': after(
      refused('PATCH', 500),
      writeAllTheSame,
    ),
    'PATCH of U+0000 gets 500 after the old customizer is deleted': after(
      refused('PATCH', 500),
      (tenant, request) => put(tenant, subjectOf(request), undefined),
    ),
    'PUT of U+0000 gets 500 and creates a customizer': after(refused('PUT', 500), writeAllTheSame),
  }),
]);
