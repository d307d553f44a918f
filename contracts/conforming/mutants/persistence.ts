import { type TenantRequest, type TenantResponse, tenantRules } from '../../../src/tenant/index.ts';
import { after, on, otherThan, put, restore, sentIn, subjectOf } from './hooks.ts';
import { byRules, byWrap, inArea, type Mutant } from './mutant.ts';

export const persistence: Mutant[] = inArea('persistence', [
  ...byWrap('patch-merges', {
    'PATCH succeeds but stores nothing': after(on('patch', 200), (tenant, _, before) =>
      restore(tenant, before),
    ),
    'PATCH stores only the script but returns the rest, too': after(
      on('patch', 200),
      (tenant, request, before) =>
        put(tenant, subjectOf(request), {
          ...before[subjectOf(request)],
          script: sentIn(request)?.['script'],
        }),
    ),
    'PATCH returns the customizer before the change': (tenant) => async (request, next) => {
      const before = tenant.customizers[subjectOf(request)];
      const response = await next();
      return on('patch', 200)(request, response) && before !== undefined
        ? { ...response, body: JSON.stringify(before) }
        : response;
    },
    'PATCH is stored only with the next write': (tenant) => {
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
  }),
  ...byWrap('put-replaces', {
    'PUT that creates succeeds but stores nothing': after(on('put', 201), (tenant, _, before) =>
      restore(tenant, before),
    ),
    'PUT that replaces succeeds but stores nothing': after(on('put', 200), (tenant, _, before) =>
      restore(tenant, before),
    ),
  }),
  ...byWrap(['patch-merges', 'put-replaces', 'delete-removes'], {
    'a read returns the state of the previous read': () => {
      const last = new Map<string, TenantResponse>();
      return async (request, next) => {
        const response = await next();
        if (request.method !== 'GET') return response;
        const older = last.get(request.path);
        last.set(request.path, response);
        return older ?? response;
      };
    },
  }),
  ...byWrap('get-answers-stored', {
    'a read deletes the environment variables that it returned': after(on('get', 200), (tenant, request) => {
      const { environmentVariables: _, ...others } = tenant.customizers[subjectOf(request)] ?? {};
      return put(tenant, subjectOf(request), others);
    }),
  }),
  ...byWrap('list-has-what-exists', {
    'reading the list empties it': after(on('list', 200), (tenant) => restore(tenant, {})),
  }),
]);

const onClientCredentials =
  (operation: 'put' | 'delete') =>
  (request: TenantRequest, response: TenantResponse): boolean =>
    on(operation, 200, 201, 204)(request, response) && subjectOf(request) === 'client-credentials';

export const crossTalk: Mutant[] = inArea('cross-talk', [
  ...byRules('types-are-separate', {
    'a write of one customizer deletes the other': {
      store: (_, tokenType, value) => ({ [tokenType]: value }),
    },
    'both customizers share their environmentVariables': {
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
    'DELETE deletes both customizers': { remove: () => ({}) },
  }),
  ...byWrap('types-are-separate', {
    'PATCH of one customizer stores its script in the other, too': after(
      on('patch', 200),
      async (tenant, request) => {
        const other = otherThan(subjectOf(request));
        const stored = tenant.customizers[other];
        if (stored !== undefined)
          await put(tenant, other, { ...stored, script: sentIn(request)?.['script'] });
      },
    ),
    'PATCH keeps fields of the other customizer': after(on('patch', 200), async (tenant, request) => {
      const [own, other] = [subjectOf(request), otherThan(subjectOf(request))];
      const { environmentVariables } = tenant.customizers[other] ?? {};
      if (environmentVariables !== undefined)
        await put(tenant, own, { ...tenant.customizers[own], environmentVariables });
    }),
    'PUT that creates one customizer deletes the other': after(on('put', 201), (tenant, request) =>
      put(tenant, otherThan(subjectOf(request)), undefined),
    ),
    'PUT that replaces one customizer deletes the other': after(on('put', 200), (tenant, request) =>
      put(tenant, otherThan(subjectOf(request)), undefined),
    ),
    'PUT of client-credentials deletes access-token': after(onClientCredentials('put'), (tenant) =>
      put(tenant, 'access-token', undefined),
    ),
    'DELETE of client-credentials deletes access-token, too': after(onClientCredentials('delete'), (tenant) =>
      put(tenant, 'access-token', undefined),
    ),
  }),
]);

export const deletion: Mutant[] = inArea('DELETE', [
  ...byRules('missing-customizer', {
    'DELETE of a missing customizer gets 204': {
      nothingToDelete: () => ({ status: 204, headers: {}, body: '' }),
    },
  }),
  ...byRules('delete-removes', {
    'DELETE responds with 200': { deleteStatus: () => 200 },
    'DELETE responds with 202': { deleteStatus: () => 202 },
    'DELETE succeeds but deletes nothing': {
      remove: (customizers) => customizers,
    },
    'DELETE empties the script and leaves the customizer': {
      remove: (customizers, tokenType) => ({ ...customizers, [tokenType]: { script: '' } }),
    },
  }),
  ...byWrap('delete-removes', {
    'DELETE returns the deleted customizer': (tenant) => async (request, next) => {
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
  }),
  ...byRules(['delete-removes', 'types-are-separate'], {
    'DELETE deletes the other customizer': {
      remove: (customizers, tokenType) => tenantRules.remove(customizers, otherThan(tokenType)),
    },
  }),
  ...byWrap('put-replaces', {
    'PUT after a DELETE responds with 200': () => {
      const deleted = new Set<string>();
      return async (request, next) => {
        const response = await next();
        if (on('delete', 204)(request, response)) deleted.add(request.path);
        return on('put', 201)(request, response) && deleted.has(request.path)
          ? { ...response, status: 200 }
          : response;
      };
    },
  }),
]);
