import { type TenantRequest, type TenantResponse, tenantRules } from '../../../src/tenant/index.ts';
import { on, sentIn } from './hooks.ts';
import { byRules, byWrap, inArea, type Mutant } from './mutant.ts';
import { after, otherThan, put, restore, subjectOf } from './storage.ts';

export const persistence: Mutant[] = inArea('persistence', [
  byWrap(
    'PATCH is answered and not stored',
    'patch-merges',
    after(on('patch', 200), (tenant, _, before) => restore(tenant, before)),
  ),
  byWrap(
    'PUT that creates is answered and not stored',
    'put-replaces',
    after(on('put', 201), (tenant, _, before) => restore(tenant, before)),
  ),
  byWrap(
    'PUT that replaces is answered and not stored',
    'put-replaces',
    after(on('put', 200), (tenant, _, before) => restore(tenant, before)),
  ),
  byWrap(
    'PATCH stores the script and answers the rest, too',
    'patch-merges',
    after(on('patch', 200), (tenant, request, before) =>
      put(tenant, subjectOf(request), {
        ...before[subjectOf(request)],
        script: sentIn(request)?.['script'],
      }),
    ),
  ),
  byWrap('a read is as old as the read before it', ['patch-merges', 'put-replaces', 'delete-removes'], () => {
    const last = new Map<string, TenantResponse>();
    return async (request, next) => {
      const response = await next();
      if (request.method !== 'GET') return response;
      const older = last.get(request.path);
      last.set(request.path, response);
      return older ?? response;
    };
  }),
  byWrap('PATCH answers what was there before it', 'patch-merges', (tenant) => async (request, next) => {
    const before = tenant.customizers[subjectOf(request)];
    const response = await next();
    return on('patch', 200)(request, response) && before !== undefined
      ? { ...response, body: JSON.stringify(before) }
      : response;
  }),
  byWrap('PATCH is stored with the next write alone', 'patch-merges', (tenant) => {
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
  }),
  byWrap(
    'a read loses the environment variables that it answered',
    'get-answers-stored',
    after(on('get', 200), (tenant, request) => {
      const { environmentVariables: _, ...others } = tenant.customizers[subjectOf(request)] ?? {};
      return put(tenant, subjectOf(request), others);
    }),
  ),
  byWrap(
    'reading the list empties it',
    'list-has-what-exists',
    after(on('list', 200), (tenant) => restore(tenant, {})),
  ),
]);

const onClientCredentials =
  (operation: 'put' | 'delete') =>
  (request: TenantRequest, response: TenantResponse): boolean =>
    on(operation, 200, 201, 204)(request, response) && subjectOf(request) === 'client-credentials';

export const crossTalk: Mutant[] = inArea('cross-talk', [
  byRules('a write of one customizer deletes the other', 'types-are-separate', {
    store: (_, tokenType, value) => ({ [tokenType]: value }),
  }),
  byWrap(
    'PATCH of one customizer stores its script in the other, too',
    'types-are-separate',
    after(on('patch', 200), async (tenant, request) => {
      const other = otherThan(subjectOf(request));
      const stored = tenant.customizers[other];
      if (stored !== undefined) await put(tenant, other, { ...stored, script: sentIn(request)?.['script'] });
    }),
  ),
  byRules('both customizers share their environmentVariables', 'types-are-separate', {
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
  }),
  byWrap(
    'PATCH keeps fields of the other customizer',
    'types-are-separate',
    after(on('patch', 200), async (tenant, request) => {
      const [own, other] = [subjectOf(request), otherThan(subjectOf(request))];
      const { environmentVariables } = tenant.customizers[other] ?? {};
      if (environmentVariables !== undefined)
        await put(tenant, own, { ...tenant.customizers[own], environmentVariables });
    }),
  ),
  byWrap(
    'PUT that creates one customizer deletes the other',
    'types-are-separate',
    after(on('put', 201), (tenant, request) => put(tenant, otherThan(subjectOf(request)), undefined)),
  ),
  byWrap(
    'PUT that replaces one customizer deletes the other',
    'types-are-separate',
    after(on('put', 200), (tenant, request) => put(tenant, otherThan(subjectOf(request)), undefined)),
  ),
  byWrap(
    'PUT of client-credentials deletes access-token',
    'types-are-separate',
    after(onClientCredentials('put'), (tenant) => put(tenant, 'access-token', undefined)),
  ),
  byWrap(
    'DELETE of client-credentials deletes access-token, too',
    'types-are-separate',
    after(onClientCredentials('delete'), (tenant) => put(tenant, 'access-token', undefined)),
  ),
  byRules('DELETE deletes both customizers', 'types-are-separate', { remove: () => ({}) }),
]);

export const deletion: Mutant[] = inArea('DELETE', [
  byRules('DELETE of a missing customizer is answered 204', 'missing-customizer', {
    nothingToDelete: () => ({ status: 204, headers: {}, body: '' }),
  }),
  byRules('DELETE answers 200', 'delete-removes', { deleteStatus: () => 200 }),
  byRules('DELETE answers 202', 'delete-removes', { deleteStatus: () => 202 }),
  byWrap('DELETE answers what it deleted', 'delete-removes', (tenant) => async (request, next) => {
    const before = tenant.customizers[subjectOf(request)];
    const response = await next();
    return on('delete', 204)(request, response)
      ? {
          status: 200,
          headers: { ...response.headers, 'content-type': 'application/json; charset=utf-8' },
          body: JSON.stringify(before),
        }
      : response;
  }),
  byRules('DELETE is answered and nothing deleted', 'delete-removes', {
    remove: (customizers) => customizers,
  }),
  byRules('DELETE empties the script and leaves the customizer', 'delete-removes', {
    remove: (customizers, tokenType) => ({ ...customizers, [tokenType]: { script: '' } }),
  }),
  byRules('DELETE deletes the other customizer', ['delete-removes', 'types-are-separate'], {
    remove: (customizers, tokenType) => tenantRules.remove(customizers, otherThan(tokenType)),
  }),
  byWrap('DELETE keeps a customizer for PUT to find', 'put-replaces', () => {
    const deleted = new Set<string>();
    return async (request, next) => {
      const response = await next();
      if (on('delete', 204)(request, response)) deleted.add(request.path);
      return on('put', 201)(request, response) && deleted.has(request.path)
        ? { ...response, status: 200 }
        : response;
    };
  }),
]);
