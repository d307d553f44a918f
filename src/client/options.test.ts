import { describe, expect, test, vi } from 'vitest';
import { createJwtCustomizerClient, InvalidOptionError, type JwtCustomizerClientOptions } from './index.ts';
import { startTenant } from './local-tenant.test-helper.ts';

const endpoint = 'https://my-tenant.logto.app';
const getToken = () => 'token';
const credentials = { endpoint, clientId: 'id', clientSecret: 'secret' };

const refused = (options: unknown): InvalidOptionError => {
  try {
    createJwtCustomizerClient(options as JwtCustomizerClientOptions);
  } catch (error) {
    if (error instanceof InvalidOptionError) return error;
    throw error;
  }
  throw new Error('not refused');
};

describe('a client is not created', () => {
  test.each([
    ['no options', undefined, 'endpoint'],
    ['null', null, 'endpoint'],
    ['no endpoint', { getToken }, 'endpoint'],
    ['an empty endpoint', { endpoint: '', getToken }, 'endpoint'],
    ['an endpoint without a scheme', { endpoint: 'my-tenant.logto.app', getToken }, 'endpoint'],
    ['a host and a port only', { endpoint: 'localhost:3001', getToken }, 'endpoint'],
    ['another scheme', { endpoint: 'ftp://example.com', getToken }, 'endpoint'],
    ['a query', { endpoint: `${endpoint}?a=b`, getToken }, 'endpoint'],
    ['a fragment', { endpoint: `${endpoint}#a`, getToken }, 'endpoint'],
    ['a password', { endpoint: 'https://a:b@example.com', getToken }, 'endpoint'],
    ['neither kind', { endpoint }, 'clientId'],
    ['no secret', { endpoint, clientId: 'id' }, 'clientSecret'],
    ['an empty secret', { ...credentials, clientSecret: '' }, 'clientSecret'],
    ['a resource that is not a string', { ...credentials, resource: 5 }, 'resource'],
    ['an empty resource', { ...credentials, resource: '' }, 'resource'],
    ['getToken that is not a function', { endpoint, getToken: 'token' }, 'getToken'],
    ['fetch that is not a function', { ...credentials, fetch: {} }, 'fetch'],
    ['onEvent that is not a function', { ...credentials, onEvent: true }, 'onEvent'],
    ['a user agent with a line break', { ...credentials, userAgent: 'deploy\n' }, 'userAgent'],
    ['a user agent with another header', { ...credentials, userAgent: 'a\r\nX: b' }, 'userAgent'],
    [
      'a user agent that is invalid in a header',
      { ...credentials, userAgent: 'd\u00e9ploy \u2713' },
      'userAgent',
    ],
    [
      'a secret with the line break of its file',
      { ...credentials, clientSecret: 'secret\n' },
      'clientSecret',
    ],
    ['an id with a space before it', { ...credentials, clientId: ' id' }, 'clientId'],
    ['allowHttp as a string from a shell', { ...credentials, allowHttp: 'false' }, 'allowHttp'],
    ['redactEvents as a number', { ...credentials, redactEvents: 0 }, 'redactEvents'],
    ['a negative recheck', { ...credentials, recheckAfter: -1 }, 'recheckAfter'],
    ['a user agent that is not a string', { ...credentials, userAgent: 5 }, 'userAgent'],
    ['an unknown validation mode', { ...credentials, validate: { response: 'lax' } }, 'validate.response'],
    ['requests validated strictly', { ...credentials, validate: { request: 'strict' } }, 'validate.request'],
    ['a validation that is not an object', { ...credentials, validate: false }, 'validate'],
    ['a negative number of retries', { ...credentials, maxRetries: -1 }, 'maxRetries'],
    ['no time for a token', { ...credentials, token: { timeout: 0 } }, 'token.timeout'],
    ['a negative delay', { ...credentials, retry: { delay: -1 } }, 'retry.delay'],
    ['a limit that is not a number', { ...credentials, totalTimeout: '5s' }, 'totalTimeout'],
    ['a limit that is NaN', { ...credentials, maxResponseBytes: Number.NaN }, 'maxResponseBytes'],
    ['http to another host', { ...credentials, endpoint: 'http://logto.example.com' }, 'endpoint'],
    [
      'http to a name that only looks local',
      { ...credentials, endpoint: 'http://localhost.example.com' },
      'endpoint',
    ],
    ['http to a number that only looks local', { ...credentials, endpoint: 'http://128.0.0.1' }, 'endpoint'],
    [
      'a token endpoint without its path',
      { ...credentials, tokenEndpoint: 'http://localhost:3002' },
      'tokenEndpoint',
    ],
    [
      'a token endpoint with http on another host',
      { ...credentials, tokenEndpoint: 'http://example.com/oidc/token' },
      'tokenEndpoint',
    ],
    [
      'a token endpoint beside getToken',
      { endpoint, getToken, tokenEndpoint: `${endpoint}/oidc/token` },
      'tokenEndpoint',
    ],
    ['token options beside getToken', { endpoint, getToken, token: { margin: 0 } }, 'token'],
    ['both kinds', { ...credentials, getToken }, 'clientId'],
    ['a secret beside getToken', { endpoint, getToken, clientSecret: 'x' }, 'clientSecret'],
    ['a resource beside getToken', { endpoint, getToken, resource: 'x' }, 'resource'],
  ])('%s', (_, options, option) => {
    const error = refused(options);
    expect(error.option).toBe(option);
    expect(error.message).toContain(`\`${option}\``);
  });

  test('and the message explains why', () => {
    expect(refused({ endpoint: 'localhost:3001', getToken }).message).toMatchInlineSnapshot(
      `"The option \`endpoint\` must be an http or https URL, such as https://my-tenant.logto.app."`,
    );
    expect(refused({ ...credentials, getToken }).message).toMatchInlineSnapshot(
      `"The option \`clientId\` cannot be combined with \`getToken\`."`,
    );
    expect(JSON.stringify(refused({ endpoint }))).toMatchInlineSnapshot(
      `"{"name":"InvalidOptionError","message":"The option \`clientId\` is missing: pass \`clientId\` and \`clientSecret\`, or \`getToken\`.","issues":[],"option":"clientId"}"`,
    );
  });
});

describe('http is allowed', () => {
  test.each(['http://localhost:3001', 'http://logto.localhost', 'http://127.1.2.3:1', 'http://[::1]:3001'])(
    'to this machine: %s',
    (local) => {
      createJwtCustomizerClient({ ...credentials, endpoint: local });
    },
  );

  test('to another host with `allowHttp`', () => {
    createJwtCustomizerClient({ ...credentials, endpoint: 'http://logto.example.com', allowHttp: true });
  });
});

test('an option of a call is checked, too', async () => {
  const client = createJwtCustomizerClient(credentials);
  const call = client.update('access-token', { script: '' }, { maxRetries: -1 });
  await expect(call).rejects.toMatchObject({ name: 'InvalidOptionError', option: 'maxRetries' });
});

describe('fetch', () => {
  test('from the option sends everything, including the token request', async () => {
    const tenant = await startTenant();
    const urls: string[] = [];
    const fetch = (url: string, init: RequestInit) => {
      urls.push(new URL(url).pathname);
      return globalThis.fetch(url, init);
    };
    await createJwtCustomizerClient({ ...credentials, endpoint: tenant.endpoint, fetch }).list();
    expect(urls).toEqual(['/oidc/token', '/api/configs/jwt-customizer']);
  });

  test('is by default the global one at the time of the call', async () => {
    const tenant = await startTenant();
    const client = createJwtCustomizerClient({ endpoint: tenant.endpoint, getToken });
    vi.stubGlobal('fetch', async () => Response.json([{ key: 'jwt.accessToken', value: { script: '' } }]));
    try {
      expect(await client.list()).toHaveLength(1);
    } finally {
      vi.unstubAllGlobals();
    }
    expect(tenant.calls).toHaveLength(0);
  });
});
