import { expect, it } from 'vitest';
import type { Operation } from './operation.ts';
import { allowOf, findRoute } from './routes.ts';

const operation = (method: string, path: string): Operation => ({
  id: `${method} ${path}`,
  method,
  path,
  statuses: [],
  requestExamples: [],
  contents: [],
});

const operations = [
  operation('get', '/things/{tokenTypePath}'),
  operation('post', '/things/{tokenTypePath}'),
  operation('post', '/things/test'),
];

const route = (method: string, path: string) => {
  const found = findRoute(operations, method, path);
  return found && [found.operation?.id, found.tokenTypePath];
};

it('prefers the path that is written out, for the methods that it has', () => {
  expect(route('POST', '/things/test')).toStrictEqual(['post /things/test', undefined]);
  expect(route('GET', '/things/test')).toStrictEqual(['get /things/{tokenTypePath}', 'test']);
  expect(route('HEAD', '/things/a%20b')).toStrictEqual(['get /things/{tokenTypePath}', 'a b']);
});

it('tells a path without the method from no path', () => {
  expect(route('PUT', '/things/x')).toStrictEqual([undefined, 'x']);
  expect(route('GET', '/things/')).toBeUndefined();
  expect(route('GET', '/things/x/y')).toBeUndefined();
});

it('names each method once', () => {
  expect(allowOf(operations)).toBe('HEAD, GET, POST');
  expect(allowOf(operations.slice(2))).toBe('POST');
});
