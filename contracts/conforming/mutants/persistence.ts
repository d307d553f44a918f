import { type TenantRequest, type TenantResponse, tenantRules } from '../../../src/tenant/index.ts';
import { on, sentIn } from './hooks.ts';
import { inArea, type Mutant } from './mutant.ts';
import { after, otherThan, put, restore, subjectOf } from './storage.ts';

export const persistence: Mutant[] = inArea('persistence', [
  {
    name: 'PATCH is answered and not stored',
    breaks: 'patch-merges',
    wrap: after(on('patch', 200), (tenant, _, before) => restore(tenant, before)),
  },
  {
    name: 'PUT that creates is answered and not stored',
    breaks: 'put-replaces',
    wrap: after(on('put', 201), (tenant, _, before) => restore(tenant, before)),
  },
  {
    name: 'PUT that replaces is answered and not stored',
    breaks: 'put-replaces',
    wrap: after(on('put', 200), (tenant, _, before) => restore(tenant, before)),
  },
  {
    name: 'PATCH stores the script and answers the rest, too',
    breaks: 'patch-merges',
    wrap: after(on('patch', 200), (tenant, request, before) =>
      put(tenant, subjectOf(request), {
        ...before[subjectOf(request)],
        script: sentIn(request)?.['script'],
      }),
    ),
  },
  {
    name: 'a read is as old as the read before it',
    breaks: ['patch-merges', 'put-replaces', 'delete-removes'],
    wrap: () => {
      const last = new Map<string, TenantResponse>();
      return async (request, next) => {
        const response = await next();
        if (request.method !== 'GET') return response;
        const older = last.get(request.path);
        last.set(request.path, response);
        return older ?? response;
      };
    },
  },
  {
    name: 'PATCH answers what was there before it',
    breaks: 'patch-merges',
    wrap: (tenant) => async (request, next) => {
      const before = tenant.customizers[subjectOf(request)];
      const response = await next();
      return on('patch', 200)(request, response) && before !== undefined
        ? { ...response, body: JSON.stringify(before) }
        : response;
    },
  },
  {
    name: 'PATCH is stored with the next write alone',
    breaks: 'patch-merges',
    wrap: (tenant) => {
      let late = async (): Promise<void> => {};
      return async (request, next) => {
        if (request.method !== 'GET') await late();
        const before = tenant.customizers;
        const response = await next();
        late = async () => {};
        if (on('patch', 200)(request, response)) {
          const { customizers } = tenant;
          await restore(tenant, before);
          late = () => restore(tenant, customizers);
        }
        return response;
      };
    },
  },
  {
    name: 'a read loses the environment variables that it answered',
    breaks: 'get-answers-stored',
    wrap: after(on('get', 200), (tenant, request) => {
      const { environmentVariables: _, ...others } = tenant.customizers[subjectOf(request)] ?? {};
      return put(tenant, subjectOf(request), others);
    }),
  },
  {
    name: 'reading the list empties it',
    breaks: 'list-has-what-exists',
    wrap: after(on('list', 200), (tenant) => restore(tenant, {})),
  },
]);

const onClientCredentials =
  (operation: 'put' | 'delete') =>
  (request: TenantRequest, response: TenantResponse): boolean =>
    on(operation, 200, 201, 204)(request, response) && subjectOf(request) === 'client-credentials';

export const crossTalk: Mutant[] = inArea('cross-talk', [
  {
    name: 'a write of one customizer deletes the other',
    breaks: 'types-are-separate',
    rules: { store: (_, tokenType, value) => ({ [tokenType]: value }) },
  },
  {
    name: 'PATCH of one customizer stores its script in the other, too',
    breaks: 'types-are-separate',
    wrap: after(on('patch', 200), async (tenant, request) => {
      const other = otherThan(subjectOf(request));
      const stored = tenant.customizers[other];
      if (stored !== undefined) await put(tenant, other, { ...stored, script: sentIn(request)?.['script'] });
    }),
  },
  {
    name: 'both customizers share their environmentVariables',
    breaks: 'types-are-separate',
    rules: {
      store: (customizers, tokenType, value) => {
        const other = customizers[otherThan(tokenType)];
        const { environmentVariables } = value;
        return tenantRules.store(
          other === undefined || environmentVariables === undefined
            ? customizers
            : { ...customizers, [otherThan(tokenType)]: { ...other, environmentVariables } },
          tokenType,
          value,
        );
      },
    },
  },
  {
    name: 'PATCH keeps fields of the other customizer',
    breaks: 'types-are-separate',
    wrap: after(on('patch', 200), async (tenant, request) => {
      const [own, other] = [subjectOf(request), otherThan(subjectOf(request))];
      const { environmentVariables } = tenant.customizers[other] ?? {};
      if (environmentVariables !== undefined)
        await put(tenant, own, { ...tenant.customizers[own], environmentVariables });
    }),
  },
  {
    name: 'PUT that creates one customizer deletes the other',
    breaks: 'types-are-separate',
    wrap: after(on('put', 201), (tenant, request) => put(tenant, otherThan(subjectOf(request)), undefined)),
  },
  {
    name: 'PUT that replaces one customizer deletes the other',
    breaks: 'types-are-separate',
    wrap: after(on('put', 200), (tenant, request) => put(tenant, otherThan(subjectOf(request)), undefined)),
  },
  {
    name: 'PUT of client-credentials deletes access-token',
    breaks: 'types-are-separate',
    wrap: after(onClientCredentials('put'), (tenant) => put(tenant, 'access-token', undefined)),
  },
  {
    name: 'DELETE of client-credentials deletes access-token, too',
    breaks: 'types-are-separate',
    wrap: after(onClientCredentials('delete'), (tenant) => put(tenant, 'access-token', undefined)),
  },
  {
    name: 'DELETE deletes both customizers',
    breaks: 'types-are-separate',
    rules: { remove: () => ({}) },
  },
]);

export const deletion: Mutant[] = inArea('DELETE', [
  {
    name: 'DELETE of a missing customizer is answered 204',
    breaks: 'missing-customizer',
    rules: { nothingToDelete: () => ({ status: 204, headers: {}, body: '' }) },
  },
  { name: 'DELETE answers 200', breaks: 'delete-removes', rules: { deleteStatus: () => 200 } },
  { name: 'DELETE answers 202', breaks: 'delete-removes', rules: { deleteStatus: () => 202 } },
  {
    name: 'DELETE answers what it deleted',
    breaks: 'delete-removes',
    wrap: (tenant) => async (request, next) => {
      const before = tenant.customizers[subjectOf(request)];
      const response = await next();
      return on('delete', 204)(request, response)
        ? {
            status: 200,
            headers: { ...response.headers, 'content-type': 'application/json; charset=utf-8' },
            body: JSON.stringify(before),
          }
        : response;
    },
  },
  {
    name: 'DELETE is answered and nothing deleted',
    breaks: 'delete-removes',
    rules: { remove: (customizers) => customizers },
  },
  {
    name: 'DELETE empties the script and leaves the customizer',
    breaks: 'delete-removes',
    rules: { remove: (customizers, tokenType) => ({ ...customizers, [tokenType]: { script: '' } }) },
  },
  {
    name: 'DELETE deletes the other customizer',
    breaks: ['delete-removes', 'types-are-separate'],
    rules: { remove: (customizers, tokenType) => tenantRules.remove(customizers, otherThan(tokenType)) },
  },
  {
    name: 'DELETE keeps a customizer for PUT to find',
    breaks: 'put-replaces',
    wrap: () => {
      const deleted = new Set<string>();
      return async (request, next) => {
        const response = await next();
        if (on('delete', 204)(request, response)) deleted.add(request.path);
        return on('put', 201)(request, response) && deleted.has(request.path)
          ? { ...response, status: 200 }
          : response;
      };
    },
  },
]);
