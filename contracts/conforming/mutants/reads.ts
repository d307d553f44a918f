import { createHash, randomUUID } from 'node:crypto';
import { tenantRules } from '../../../src/tenant/index.ts';
import { answered, body, changed, error, type Fields, header, instead, noHeader, on } from './hooks.ts';
import { byHook, byRules, byWrap, inArea, type Mutant } from './mutant.ts';

const entriesOf = (found: unknown): Fields[] => found as Fields[];

/** Changes each entry of the list. */
const entries = (change: (entry: Fields) => unknown) =>
  changed(
    on('list', 200),
    body((found) => entriesOf(found).map(change)),
  );

const keys = ['jwt.accessToken', 'jwt.clientCredentials'] as const;

export const list: Mutant[] = inArea('the list', [
  ...byRules('list-has-what-exists', {
    'the list has client-credentials first': {
      list: (customizers) => tenantRules.list(customizers).reverse(),
    },
    'the list has only access-token': {
      list: (customizers) => tenantRules.list(customizers).filter(({ key }) => key === keys[0]),
    },
    'the list ends after the first': {
      list: (customizers) => tenantRules.list(customizers).slice(0, 1),
    },
  }),
  ...byHook('list-has-what-exists', {
    'the list has token types for keys': entries(({ key, value }) => ({
      key: key === keys[0] ? 'access-token' : 'client-credentials',
      value,
    })),
    'the list has each key at the other value': entries(({ key, value }) => ({
      key: key === keys[0] ? keys[1] : keys[0],
      value,
    })),
    'the list has a null entry for a missing customizer': changed(
      on('list', 200),
      body((found) =>
        keys.map((key) => entriesOf(found).find((entry) => entry['key'] === key) ?? { key, value: null }),
      ),
    ),
    'the list is an object by key': changed(
      on('list', 200),
      body((found) => Object.fromEntries(entriesOf(found).map(({ key, value }) => [key, value]))),
    ),
    'the list is in an envelope': changed(
      on('list', 200),
      body((found) => ({ data: found })),
    ),
    'the list has no values': entries(({ key }) => ({ key })),
    'the entries of the list have fields of the customizer beside the key': entries(({ key, value }) => ({
      key,
      ...(value as Fields),
    })),
    'the entries of the list have an additional field': entries((entry) => ({
      tenantId: 'default',
      ...entry,
    })),
    'the list has only the scripts': entries(({ key, value }) => ({
      key,
      value: { script: (value as Fields)['script'] },
    })),
  }),
]);

export const etags: Mutant[] = inArea('ETags', [
  ...byHook('etags-guard-nothing', {
    'GET has no ETag': changed(on('get', 200), noHeader('etag')),
    'the list has no ETag': changed(on('list', 200), noHeader('etag')),
    'writes have an ETag': changed(on(['put', 'patch'], 200, 201), (response) => ({
      ...response,
      headers: { ...response.headers, etag: tenantRules.etagOf(response.body) },
    })),
    'PATCH has an ETag': changed(on('patch', 200), header('etag', '"1"')),
    'PATCH refuses a stale If-Match with 412': (request, next) =>
      request.method === 'PATCH' && request.headers['if-match'] !== undefined
        ? {
            status: 412,
            headers: { 'content-type': 'application/json', 'logto-core-request-id': 'x' },
            body: JSON.stringify({ message: 'No.' }),
          }
        : next(),
    'PUT refuses If-None-Match: * with 412': changed(
      (request) => request.method === 'PUT' && request.headers['if-none-match'] === '*',
      error(412, 'precondition_failed'),
    ),
    'HEAD gets 404': changed(
      ({ method }) => method === 'HEAD',
      instead({ status: 404, headers: {}, body: '' }),
    ),
  }),
  ...byRules('etags-guard-nothing', {
    'every content has the same ETag': { etagOf: () => '"1"' },
    'ETags are weak': {
      etagOf: (content) => `W/${tenantRules.etagOf(content)}`,
    },
    'ETags are computed from the length only': {
      etagOf: (content) => `"${content.length.toString(16)}"`,
    },
    'ETags have another hash': {
      etagOf: (content) => `"${createHash('md5').update(content).digest('hex')}"`,
    },
    'every read has a different ETag': { etagOf: () => `"${randomUUID()}"` },
    'a read responds to fetch with 304': {
      isFresh: ({ 'cache-control': _, ...headers }, etag) => tenantRules.isFresh(headers, etag),
    },
  }),
  ...byWrap('etags-guard-nothing', {
    'PATCH with a stale If-Match silently changes nothing': (tenant) => (request, next) =>
      request.method === 'PATCH' && request.headers['if-match'] !== undefined
        ? {
            status: 200,
            headers: { 'content-type': 'application/json; charset=utf-8', 'logto-core-request-id': 'x' },
            body: JSON.stringify(tenant.customizers['access-token']),
          }
        : next(),
  }),
]);

const id = 'logto-core-request-id';

export const requestIds: Mutant[] = inArea('request ids', [
  ...byHook('request-id', {
    'no response has a request id': changed(() => true, noHeader(id)),
    'the request id is empty': changed(() => true, header(id, '')),
    'the request id has another name': changed(
      () => true,
      noHeader(id),
      header('x-request-id', 'K3E8-GiJ6Rjmyww3'),
    ),
    'a refusal has no request id': changed(answered(400), noHeader(id)),
    'a request without a token is refused without a request id': changed(answered(401), noHeader(id)),
    'the refusal of another method has no request id': changed(answered(405), noHeader(id)),
    'a deletion has no request id': changed(answered(204), noHeader(id)),
    'a 500 has no request id': changed(answered(500), noHeader(id)),
  }),
]);
