import { type Customizer, type Rules, tenantRules } from '../../../src/tenant/index.ts';
import { isObject } from './guards.ts';
import { changed, error, type Fields, on, status } from './hooks.ts';
import { byRules, byWrap, inArea, type Mutant } from './mutant.ts';
import { after, isEmptyObject, put, subjectOf } from './storage.ts';

/** PATCH as a tenant does it, then this done to the result. */
const mergedWith = (
  change: (merged: Fields, stored: Customizer, sent: Customizer) => Fields,
): Partial<Rules> => ({
  merge: (stored, sent) => change({ ...tenantRules.merge(stored, sent) }, stored, sent),
});

/** PATCH merges what is inside this field, too. */
const merging = (field: string): Partial<Rules> =>
  mergedWith((merged, stored, sent) =>
    sent[field] === undefined
      ? merged
      : { ...merged, [field]: { ...(stored[field] as Fields), ...(sent[field] as Fields) } },
  );

const without = (fields: Fields, field: string): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => name !== field));

const deep = (stored: unknown, sent: unknown): unknown =>
  isObject(stored) && isObject(sent)
    ? {
        ...stored,
        ...Object.fromEntries(Object.entries(sent).map(([key, value]) => [key, deep(stored[key], value)])),
      }
    : sent;

export const mergingMutants: Mutant[] = inArea('merging', [
  byRules('PATCH replaces everything, as PUT does', 'patch-merges', { merge: (_stored, sent) => sent }),
  byRules('PATCH merges environmentVariables', 'patch-merges', merging('environmentVariables')),
  byRules('PATCH merges contextSample', 'patch-merges', merging('contextSample')),
  byRules('PATCH merges tokenSample', 'patch-merges', merging('tokenSample')),
  byRules('PATCH merges at every depth', 'patch-merges', {
    merge: (stored, sent) => deep(stored, sent) as Customizer,
  }),
  byRules('PATCH keeps the stored value of a field that it is sent', 'patch-merges', {
    merge: (stored, sent) => ({ ...sent, ...stored, script: sent['script'] }),
  }),
  byRules(
    'PATCH takes an empty object for a field that was left out',
    'patch-merges',
    mergedWith((_merged, stored, sent) => ({
      ...stored,
      ...Object.fromEntries(Object.entries(sent).filter(([, value]) => !isEmptyObject(value))),
    })),
  ),
  byRules(
    'PATCH takes an empty object for a field to remove',
    'patch-merges',
    mergedWith((merged) =>
      Object.fromEntries(Object.entries(merged).filter(([, value]) => !isEmptyObject(value))),
    ),
  ),
  byRules(
    'PATCH takes an empty script for one that was left out',
    'byte-for-byte',
    mergedWith((merged, stored) => ({ ...merged, script: merged['script'] || stored['script'] })),
  ),
  byRules(
    'PATCH removes environmentVariables that it is not sent',
    'patch-merges',
    mergedWith((merged, _, sent) =>
      'environmentVariables' in sent ? merged : without(merged, 'environmentVariables'),
    ),
  ),
  byRules(
    'PATCH removes tokenSample when it is sent contextSample',
    'patch-merges',
    mergedWith((merged, _, sent) => ('contextSample' in sent ? without(merged, 'tokenSample') : merged)),
  ),
  byRules(
    'PATCH removes blockIssuanceOnError that it is not sent',
    'patch-merges',
    mergedWith((merged, _, sent) =>
      'blockIssuanceOnError' in sent ? merged : without(merged, 'blockIssuanceOnError'),
    ),
  ),
  byRules(
    'PATCH with the script that is stored changes nothing',
    'patch-merges',
    mergedWith((merged, stored, sent) => (sent['script'] === stored['script'] ? { ...stored } : merged)),
  ),
  byRules(
    'PATCH changes the script alone',
    'patch-merges',
    mergedWith((_merged, stored, sent) => ({ ...stored, script: sent['script'] })),
  ),
  byRules(
    'PATCH does not change the script',
    ['patch-merges', 'byte-for-byte'],
    mergedWith((merged, stored) => ({ ...merged, script: stored['script'] })),
  ),
  byWrap(
    'PATCH of client-credentials replaces everything',
    'patch-merges',
    after(
      (request, response) =>
        on('patch', 200)(request, response) && subjectOf(request) === 'client-credentials',
      (tenant, request) =>
        put(
          tenant,
          'client-credentials',
          JSON.parse(new TextDecoder().decode(request.body as Uint8Array)) as Customizer,
        ),
    ),
  ),
]);

export const putAndPatch: Mutant[] = inArea('PUT and PATCH', [
  byRules('PUT merges, as PATCH does', 'put-replaces', {
    replace: (stored, sent) => ({ ...stored, ...sent }),
  }),
  byRules('PUT keeps environmentVariables that it is not sent', 'put-replaces', {
    replace: (stored, sent) => ({
      ...(stored?.['environmentVariables'] !== undefined && {
        environmentVariables: stored['environmentVariables'],
      }),
      ...sent,
    }),
  }),
  byRules('PUT keeps blockIssuanceOnError that it is not sent', 'put-replaces', {
    replace: (stored, sent) => ({
      ...(stored?.['blockIssuanceOnError'] !== undefined && {
        blockIssuanceOnError: stored['blockIssuanceOnError'],
      }),
      ...sent,
    }),
  }),
  byRules('PUT answers 201 always', 'put-replaces', {
    writeStatus: (operation) => (operation === 'put' ? 201 : 200),
  }),
  byRules('PUT answers 200 always', 'put-replaces', { writeStatus: () => 200 }),
  byRules('PUT answers 200 when it created, 201 when not', 'put-replaces', {
    writeStatus: (operation, existed) => (operation === 'put' && existed ? 201 : 200),
  }),
  byWrap(
    'PUT is refused when there is a customizer',
    'put-replaces',
    (tenant) => (request, next) =>
      request.method === 'PUT' && tenant.customizers[subjectOf(request)] !== undefined
        ? changed(() => true, error(409, 'entity.exists'))(request, async () => ({
            status: 409,
            headers: {},
            body: '',
          }))
        : next(),
  ),
  byWrap(
    'PATCH creates a missing customizer with 201',
    'missing-customizer',
    (tenant) => async (request, next) => {
      const response = await next();
      return request.method === 'PATCH' && response.status === 404 && response.body.includes('entity.')
        ? tenant.handle({ ...request, method: 'PUT' })
        : response;
    },
  ),
  byWrap(
    'PATCH creates a missing customizer with 200',
    'missing-customizer',
    (tenant) => async (request, next) => {
      const response = await next();
      if (request.method !== 'PATCH' || !response.body.includes('entity.not_exists')) return response;
      return status(200)(await tenant.handle({ ...request, method: 'PUT' }), request);
    },
  ),
]);
