import { createHash, randomUUID } from 'node:crypto';
import { tenantRules } from '../../../src/tenant/index.ts';
import { answered, body, changed, error, type Fields, header, instead, noHeader, on } from './hooks.ts';
import { inArea, type Mutant } from './mutant.ts';

const entriesOf = (found: unknown): Fields[] => found as Fields[];

/** The list, with each entry made another. */
const entries = (change: (entry: Fields) => unknown) =>
  changed(
    on('list', 200),
    body((found) => entriesOf(found).map(change)),
  );

const keys = ['jwt.accessToken', 'jwt.clientCredentials'] as const;

export const list: Mutant[] = inArea('the list', [
  {
    name: 'the list has client-credentials first',
    breaks: 'list-has-what-exists',
    rules: { list: (customizers) => tenantRules.list(customizers).reverse() },
  },
  {
    name: 'the list has token types for keys',
    breaks: 'list-has-what-exists',
    hook: entries(({ key, value }) => ({
      key: key === keys[0] ? 'access-token' : 'client-credentials',
      value,
    })),
  },
  {
    name: 'the list has each key at the other value',
    breaks: 'list-has-what-exists',
    hook: entries(({ key, value }) => ({ key: key === keys[0] ? keys[1] : keys[0], value })),
  },
  {
    name: 'the list has an entry of null for what does not exist',
    breaks: 'list-has-what-exists',
    hook: changed(
      on('list', 200),
      body((found) =>
        keys.map((key) => entriesOf(found).find((entry) => entry['key'] === key) ?? { key, value: null }),
      ),
    ),
  },
  {
    name: 'the list is an object by key',
    breaks: 'list-has-what-exists',
    hook: changed(
      on('list', 200),
      body((found) => Object.fromEntries(entriesOf(found).map(({ key, value }) => [key, value]))),
    ),
  },
  {
    name: 'the list is in an envelope',
    breaks: 'list-has-what-exists',
    hook: changed(
      on('list', 200),
      body((found) => ({ data: found })),
    ),
  },
  {
    name: 'the list has no values',
    breaks: 'list-has-what-exists',
    hook: entries(({ key }) => ({ key })),
  },
  {
    name: 'the entries of the list have fields of the customizer beside the key',
    breaks: 'list-has-what-exists',
    hook: entries(({ key, value }) => ({ key, ...(value as Fields) })),
  },
  {
    name: 'the entries of the list have a further field',
    breaks: 'list-has-what-exists',
    hook: entries((entry) => ({ tenantId: 'default', ...entry })),
  },
  {
    name: 'the list has access-token alone',
    breaks: 'list-has-what-exists',
    rules: { list: (customizers) => tenantRules.list(customizers).filter(({ key }) => key === keys[0]) },
  },
  {
    name: 'the list ends after the first',
    breaks: 'list-has-what-exists',
    rules: { list: (customizers) => tenantRules.list(customizers).slice(0, 1) },
  },
  {
    name: 'the list has the scripts alone',
    breaks: 'list-has-what-exists',
    hook: entries(({ key, value }) => ({ key, value: { script: (value as Fields)['script'] } })),
  },
]);

export const etags: Mutant[] = inArea('ETags', [
  {
    name: 'GET has no ETag',
    breaks: 'etags-guard-nothing',
    hook: changed(on('get', 200), noHeader('etag')),
  },
  {
    name: 'the list has no ETag',
    breaks: 'etags-guard-nothing',
    hook: changed(on('list', 200), noHeader('etag')),
  },
  { name: 'every content has the same ETag', breaks: 'etags-guard-nothing', rules: { etagOf: () => '"1"' } },
  {
    name: 'ETags are weak',
    breaks: 'etags-guard-nothing',
    rules: { etagOf: (content) => `W/${tenantRules.etagOf(content)}` },
  },
  {
    name: 'ETags are made of the length alone',
    breaks: 'etags-guard-nothing',
    rules: { etagOf: (content) => `"${content.length.toString(16)}"` },
  },
  {
    name: 'ETags have another hash',
    breaks: 'etags-guard-nothing',
    rules: { etagOf: (content) => `"${createHash('md5').update(content).digest('hex')}"` },
  },
  {
    name: 'every read has another ETag',
    breaks: 'etags-guard-nothing',
    rules: { etagOf: () => `"${randomUUID()}"` },
  },
  {
    name: 'writes have an ETag',
    breaks: 'etags-guard-nothing',
    hook: changed(on(['put', 'patch'], 200, 201), (response) => ({
      ...response,
      headers: { ...response.headers, etag: tenantRules.etagOf(response.body) },
    })),
  },
  {
    name: 'PATCH has an ETag',
    breaks: 'etags-guard-nothing',
    hook: changed(on('patch', 200), header('etag', '"1"')),
  },
  {
    name: 'PATCH refuses a stale If-Match with 412',
    breaks: 'etags-guard-nothing',
    hook: (request, next) =>
      request.method === 'PATCH' && request.headers['if-match'] !== undefined
        ? {
            status: 412,
            headers: { 'content-type': 'application/json', 'logto-core-request-id': 'x' },
            body: JSON.stringify({ message: 'No.' }),
          }
        : next(),
  },
  {
    name: 'PATCH leaves everything as it is for a stale If-Match, and says nothing',
    breaks: 'etags-guard-nothing',
    wrap: (tenant) => (request, next) =>
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
  },
  {
    name: 'PUT refuses If-None-Match: * with 412',
    breaks: 'etags-guard-nothing',
    hook: changed(
      (request) => request.method === 'PUT' && request.headers['if-none-match'] === '*',
      error(412, 'precondition_failed'),
    ),
  },
  {
    name: 'a read answers 304 to fetch',
    breaks: 'etags-guard-nothing',
    rules: {
      isFresh: ({ 'cache-control': _, ...headers }, etag) => tenantRules.isFresh(headers, etag),
    },
  },
  {
    name: 'HEAD is answered 404',
    breaks: 'etags-guard-nothing',
    hook: changed(({ method }) => method === 'HEAD', instead({ status: 404, headers: {}, body: '' })),
  },
]);

const id = 'logto-core-request-id';

export const requestIds: Mutant[] = inArea('request ids', [
  { name: 'no answer has a request id', breaks: 'request-id', hook: changed(() => true, noHeader(id)) },
  {
    name: 'the request id is empty',
    breaks: 'request-id',
    hook: changed(() => true, header(id, '')),
  },
  {
    name: 'the request id has another name',
    breaks: 'request-id',
    hook: changed(() => true, noHeader(id), header('x-request-id', 'K3E8-GiJ6Rjmyww3')),
  },
  {
    name: 'a refusal has no request id',
    breaks: 'request-id',
    hook: changed(answered(400), noHeader(id)),
  },
  {
    name: 'a request without a token is refused without a request id',
    breaks: 'request-id',
    hook: changed(answered(401), noHeader(id)),
  },
  {
    name: 'the refusal of another method has no request id',
    breaks: 'request-id',
    hook: changed(answered(405), noHeader(id)),
  },
  {
    name: 'a deletion has no request id',
    breaks: 'request-id',
    hook: changed(answered(204), noHeader(id)),
  },
  {
    name: 'a 500 has no request id',
    breaks: 'request-id',
    hook: changed(answered(500), noHeader(id)),
  },
]);
