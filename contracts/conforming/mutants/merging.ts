import { type Customizer, type Rules, tenantRules } from '../../../src/tenant/index.ts';
import { isObject } from './guards.ts';
import { changed, error, type Fields, on, status } from './hooks.ts';
import { inArea, type Mutant } from './mutant.ts';
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
  {
    name: 'PATCH replaces everything, as PUT does',
    breaks: 'patch-merges',
    rules: { merge: (_stored, sent) => sent },
  },
  {
    name: 'PATCH merges environmentVariables',
    breaks: 'patch-merges',
    rules: merging('environmentVariables'),
  },
  { name: 'PATCH merges contextSample', breaks: 'patch-merges', rules: merging('contextSample') },
  { name: 'PATCH merges tokenSample', breaks: 'patch-merges', rules: merging('tokenSample') },
  {
    name: 'PATCH merges at every depth',
    breaks: 'patch-merges',
    rules: { merge: (stored, sent) => deep(stored, sent) as Customizer },
  },
  {
    name: 'PATCH keeps the stored value of a field that it is sent',
    breaks: 'patch-merges',
    rules: { merge: (stored, sent) => ({ ...sent, ...stored, script: sent['script'] }) },
  },
  {
    name: 'PATCH takes an empty object for a field that was left out',
    breaks: 'patch-merges',
    rules: mergedWith((_merged, stored, sent) => ({
      ...stored,
      ...Object.fromEntries(Object.entries(sent).filter(([, value]) => !isEmptyObject(value))),
    })),
  },
  {
    name: 'PATCH takes an empty object for a field to remove',
    breaks: 'patch-merges',
    rules: mergedWith((merged) =>
      Object.fromEntries(Object.entries(merged).filter(([, value]) => !isEmptyObject(value))),
    ),
  },
  {
    name: 'PATCH takes an empty script for one that was left out',
    breaks: 'byte-for-byte',
    rules: mergedWith((merged, stored) => ({ ...merged, script: merged['script'] || stored['script'] })),
  },
  {
    name: 'PATCH removes environmentVariables that it is not sent',
    breaks: 'patch-merges',
    rules: mergedWith((merged, _, sent) =>
      'environmentVariables' in sent ? merged : without(merged, 'environmentVariables'),
    ),
  },
  {
    name: 'PATCH removes tokenSample when it is sent contextSample',
    breaks: 'patch-merges',
    rules: mergedWith((merged, _, sent) =>
      'contextSample' in sent ? without(merged, 'tokenSample') : merged,
    ),
  },
  {
    name: 'PATCH removes blockIssuanceOnError that it is not sent',
    breaks: 'patch-merges',
    rules: mergedWith((merged, _, sent) =>
      'blockIssuanceOnError' in sent ? merged : without(merged, 'blockIssuanceOnError'),
    ),
  },
  {
    name: 'PATCH with the script that is stored changes nothing',
    breaks: 'patch-merges',
    rules: mergedWith((merged, stored, sent) =>
      sent['script'] === stored['script'] ? { ...stored } : merged,
    ),
  },
  {
    name: 'PATCH changes the script alone',
    breaks: 'patch-merges',
    rules: mergedWith((_merged, stored, sent) => ({ ...stored, script: sent['script'] })),
  },
  {
    name: 'PATCH does not change the script',
    breaks: ['patch-merges', 'byte-for-byte'],
    rules: mergedWith((merged, stored) => ({ ...merged, script: stored['script'] })),
  },
  {
    name: 'PATCH of client-credentials replaces everything',
    breaks: 'patch-merges',
    wrap: after(
      (request, response) =>
        on('patch', 200)(request, response) && subjectOf(request) === 'client-credentials',
      (tenant, request) =>
        put(
          tenant,
          'client-credentials',
          JSON.parse(new TextDecoder().decode(request.body as Uint8Array)) as Customizer,
        ),
    ),
  },
]);

export const putAndPatch: Mutant[] = inArea('PUT and PATCH', [
  {
    name: 'PUT merges, as PATCH does',
    breaks: 'put-replaces',
    rules: { replace: (stored, sent) => ({ ...stored, ...sent }) },
  },
  {
    name: 'PUT keeps environmentVariables that it is not sent',
    breaks: 'put-replaces',
    rules: {
      replace: (stored, sent) => ({
        ...(stored?.['environmentVariables'] !== undefined && {
          environmentVariables: stored['environmentVariables'],
        }),
        ...sent,
      }),
    },
  },
  {
    name: 'PUT keeps blockIssuanceOnError that it is not sent',
    breaks: 'put-replaces',
    rules: {
      replace: (stored, sent) => ({
        ...(stored?.['blockIssuanceOnError'] !== undefined && {
          blockIssuanceOnError: stored['blockIssuanceOnError'],
        }),
        ...sent,
      }),
    },
  },
  {
    name: 'PUT answers 201 always',
    breaks: 'put-replaces',
    rules: { writeStatus: (operation) => (operation === 'put' ? 201 : 200) },
  },
  { name: 'PUT answers 200 always', breaks: 'put-replaces', rules: { writeStatus: () => 200 } },
  {
    name: 'PUT answers 200 when it created, 201 when not',
    breaks: 'put-replaces',
    rules: {
      writeStatus: (operation, existed) => (operation === 'put' && existed ? 201 : 200),
    },
  },
  {
    name: 'PUT is refused when there is a customizer',
    breaks: 'put-replaces',
    wrap: (tenant) => (request, next) =>
      request.method === 'PUT' && tenant.customizers[subjectOf(request)] !== undefined
        ? changed(() => true, error(409, 'entity.exists'))(request, async () => ({
            status: 409,
            headers: {},
            body: '',
          }))
        : next(),
  },
  {
    name: 'PATCH creates a missing customizer with 201',
    breaks: 'missing-customizer',
    wrap: (tenant) => async (request, next) => {
      const response = await next();
      return request.method === 'PATCH' && response.status === 404 && response.body.includes('entity.')
        ? tenant.handle({ ...request, method: 'PUT' })
        : response;
    },
  },
  {
    name: 'PATCH creates a missing customizer with 200',
    breaks: 'missing-customizer',
    wrap: (tenant) => async (request, next) => {
      const response = await next();
      if (request.method !== 'PATCH' || !response.body.includes('entity.not_exists')) return response;
      return status(200)(await tenant.handle({ ...request, method: 'PUT' }), request);
    },
  },
]);
