import { createHash, randomUUID } from 'node:crypto';
import { tenantRules } from '../../../src/tenant/index.ts';
import { answered, body, changed, error, type Fields, header, instead, noHeader, on } from './hooks.ts';
import { byHook, byRules, byWrap, inArea, type Mutant } from './mutant.ts';

const entriesOf = (found: unknown): Fields[] => found as Fields[];

/** The list, with each entry made another. */
const entries = (change: (entry: Fields) => unknown) =>
  changed(
    on('list', 200),
    body((found) => entriesOf(found).map(change)),
  );

const keys = ['jwt.accessToken', 'jwt.clientCredentials'] as const;

export const list: Mutant[] = inArea('the list', [
  byRules('the list has client-credentials first', 'list-has-what-exists', {
    list: (customizers) => tenantRules.list(customizers).reverse(),
  }),
  byHook(
    'the list has token types for keys',
    'list-has-what-exists',
    entries(({ key, value }) => ({
      key: key === keys[0] ? 'access-token' : 'client-credentials',
      value,
    })),
  ),
  byHook(
    'the list has each key at the other value',
    'list-has-what-exists',
    entries(({ key, value }) => ({ key: key === keys[0] ? keys[1] : keys[0], value })),
  ),
  byHook(
    'the list has an entry of null for what does not exist',
    'list-has-what-exists',
    changed(
      on('list', 200),
      body((found) =>
        keys.map((key) => entriesOf(found).find((entry) => entry['key'] === key) ?? { key, value: null }),
      ),
    ),
  ),
  byHook(
    'the list is an object by key',
    'list-has-what-exists',
    changed(
      on('list', 200),
      body((found) => Object.fromEntries(entriesOf(found).map(({ key, value }) => [key, value]))),
    ),
  ),
  byHook(
    'the list is in an envelope',
    'list-has-what-exists',
    changed(
      on('list', 200),
      body((found) => ({ data: found })),
    ),
  ),
  byHook(
    'the list has no values',
    'list-has-what-exists',
    entries(({ key }) => ({ key })),
  ),
  byHook(
    'the entries of the list have fields of the customizer beside the key',
    'list-has-what-exists',
    entries(({ key, value }) => ({ key, ...(value as Fields) })),
  ),
  byHook(
    'the entries of the list have a further field',
    'list-has-what-exists',
    entries((entry) => ({ tenantId: 'default', ...entry })),
  ),
  byRules('the list has access-token alone', 'list-has-what-exists', {
    list: (customizers) => tenantRules.list(customizers).filter(({ key }) => key === keys[0]),
  }),
  byRules('the list ends after the first', 'list-has-what-exists', {
    list: (customizers) => tenantRules.list(customizers).slice(0, 1),
  }),
  byHook(
    'the list has the scripts alone',
    'list-has-what-exists',
    entries(({ key, value }) => ({ key, value: { script: (value as Fields)['script'] } })),
  ),
]);

export const etags: Mutant[] = inArea('ETags', [
  byHook('GET has no ETag', 'etags-guard-nothing', changed(on('get', 200), noHeader('etag'))),
  byHook('the list has no ETag', 'etags-guard-nothing', changed(on('list', 200), noHeader('etag'))),
  byRules('every content has the same ETag', 'etags-guard-nothing', { etagOf: () => '"1"' }),
  byRules('ETags are weak', 'etags-guard-nothing', {
    etagOf: (content) => `W/${tenantRules.etagOf(content)}`,
  }),
  byRules('ETags are made of the length alone', 'etags-guard-nothing', {
    etagOf: (content) => `"${content.length.toString(16)}"`,
  }),
  byRules('ETags have another hash', 'etags-guard-nothing', {
    etagOf: (content) => `"${createHash('md5').update(content).digest('hex')}"`,
  }),
  byRules('every read has another ETag', 'etags-guard-nothing', { etagOf: () => `"${randomUUID()}"` }),
  byHook(
    'writes have an ETag',
    'etags-guard-nothing',
    changed(on(['put', 'patch'], 200, 201), (response) => ({
      ...response,
      headers: { ...response.headers, etag: tenantRules.etagOf(response.body) },
    })),
  ),
  byHook('PATCH has an ETag', 'etags-guard-nothing', changed(on('patch', 200), header('etag', '"1"'))),
  byHook('PATCH refuses a stale If-Match with 412', 'etags-guard-nothing', (request, next) =>
    request.method === 'PATCH' && request.headers['if-match'] !== undefined
      ? {
          status: 412,
          headers: { 'content-type': 'application/json', 'logto-core-request-id': 'x' },
          body: JSON.stringify({ message: 'No.' }),
        }
      : next(),
  ),
  byWrap(
    'PATCH leaves everything as it is for a stale If-Match, and says nothing',
    'etags-guard-nothing',
    (tenant) => (request, next) =>
      request.method === 'PATCH' && request.headers['if-match'] !== undefined
        ? {
            status: 200,
            headers: {
              'content-type': 'application/json; charset=utf-8',
              'logto-core-request-id': 'x',
            },
            body: JSON.stringify(tenant.customizers['access-token']),
          }
        : next(),
  ),
  byHook(
    'PUT refuses If-None-Match: * with 412',
    'etags-guard-nothing',
    changed(
      (request) => request.method === 'PUT' && request.headers['if-none-match'] === '*',
      error(412, 'precondition_failed'),
    ),
  ),
  byRules('a read answers 304 to fetch', 'etags-guard-nothing', {
    isFresh: ({ 'cache-control': _, ...headers }, etag) => tenantRules.isFresh(headers, etag),
  }),
  byHook(
    'HEAD is answered 404',
    'etags-guard-nothing',
    changed(({ method }) => method === 'HEAD', instead({ status: 404, headers: {}, body: '' })),
  ),
]);

const id = 'logto-core-request-id';

export const requestIds: Mutant[] = inArea('request ids', [
  byHook(
    'no answer has a request id',
    'request-id',
    changed(() => true, noHeader(id)),
  ),
  byHook(
    'the request id is empty',
    'request-id',
    changed(() => true, header(id, '')),
  ),
  byHook(
    'the request id has another name',
    'request-id',
    changed(() => true, noHeader(id), header('x-request-id', 'K3E8-GiJ6Rjmyww3')),
  ),
  byHook('a refusal has no request id', 'request-id', changed(answered(400), noHeader(id))),
  byHook(
    'a request without a token is refused without a request id',
    'request-id',
    changed(answered(401), noHeader(id)),
  ),
  byHook(
    'the refusal of another method has no request id',
    'request-id',
    changed(answered(405), noHeader(id)),
  ),
  byHook('a deletion has no request id', 'request-id', changed(answered(204), noHeader(id))),
  byHook('a 500 has no request id', 'request-id', changed(answered(500), noHeader(id))),
]);
