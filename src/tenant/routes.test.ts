import { expect, it } from 'vitest';
import { findRoute } from './routes.ts';

const item = '/api/configs/jwt-customizer/access-token';

it.each([
  ['PUT', item, 'put'],
  ['PATCH', item, 'patch'],
  ['GET', item, 'get'],
  ['HEAD', item, 'get'],
  ['DELETE', item, 'delete'],
  ['GET', '/api/configs/jwt-customizer', 'list'],
  ['HEAD', '/api/configs/jwt-customizer', 'list'],
  ['GET', '/api/configs/jwt-customizer/?page=1', 'list'],
  ['POST', '/api/configs/jwt-customizer/test', 'test'],
  ['POST', '/oidc/token', 'token'],
])('%s %s is %s', (method, path, operation) => {
  expect(findRoute(method, path)).toMatchObject({ operation });
});

it.each([
  ['GET', '/api/configs/jwt-customizer/test', 'test'],
  ['PUT', '/api/configs/jwt-customizer/a%2Fb?x', 'a/b'],
  ['PUT', '/api/configs/jwt-customizer/%zz', '%zz'],
])('%s %s names the token type %s', (method, path, tokenTypePath) => {
  expect(findRoute(method, path)).toMatchObject({ tokenTypePath });
});

it.each([
  ['POST', item, 'PUT, PATCH, HEAD, GET, DELETE'],
  ['DELETE', '/api/configs/jwt-customizer', 'HEAD, GET'],
])('%s %s is allowed %s instead', (method, path, allow) => {
  expect(findRoute(method, path)).toEqual({ allow });
});

it.each(['/', '/api', `${item}/more`, '/api/configs/jwt-customizers', '/oidc/token'])(
  '%s leads nowhere',
  (path) => {
    expect(findRoute('GET', path)).toBeUndefined();
  },
);
