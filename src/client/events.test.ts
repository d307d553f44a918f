import { expect, test } from 'vitest';
import type { ClientEvent } from './index.ts';
import {
  clientId,
  clientSecret,
  granted,
  json,
  type Reply,
  startTenant,
  storing,
} from './local-tenant.test-helper.ts';

const token = 'planted-access-token';
const variable = 'planted-"variable"\n€';
const customizer = {
  script: 'const getCustomJwtClaims = async () => ({});',
  environmentVariables: { KEY: variable },
};

const eventsOf = async (options: object, reply?: Reply): Promise<ClientEvent[]> => {
  const events: ClientEvent[] = [];
  const tenant = await startTenant(reply === undefined ? storing : () => reply, () => granted(token));
  const client = tenant.client({ onEvent: (event) => events.push(event), maxRetries: 0, ...options });
  const call = client.put('access-token', customizer);
  if (reply === undefined) await call;
  else await call.catch(() => {});
  return events;
};

test('each request and response is reported without its secrets', async () => {
  const events = await eventsOf({});
  expect(events.map(({ type, method, path }) => `${type} ${method} ${path}`)).toEqual([
    'request POST /oidc/token',
    'response POST /oidc/token',
    'request PUT /api/configs/jwt-customizer/access-token',
    'response PUT /api/configs/jwt-customizer/access-token',
  ]);
  const text = JSON.stringify(events);
  for (const secret of [clientSecret, token, variable, 'planted']) expect(text).not.toContain(secret);
  expect(events[2]).toMatchObject({
    headers: { Authorization: 'Bearer [redacted]', 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...customizer, environmentVariables: { KEY: '[redacted]' } }),
  });
  expect(events[3]).toMatchObject({ status: 200, requestId: 'K3E8-GiJ6Rjmyww3' });
});

test('events contain the secrets if `redactEvents` is false', async () => {
  const text = JSON.stringify(await eventsOf({ redactEvents: false }));
  for (const secret of [clientSecret, clientId, token, 'planted-']) expect(text).toContain(secret);
});

test('variables that are only in the response are redacted, too', async () => {
  const events: ClientEvent[] = [];
  const list = [{ key: 'jwt.accessToken', value: customizer }];
  const tenant = await startTenant(() => json(200, list));
  await tenant.client({ onEvent: (event) => events.push(event) }).list();
  expect(JSON.stringify(events)).not.toContain('planted');
});

test('a retry is reported with its attempt, delay and error', async () => {
  const events: ClientEvent[] = [];
  let count = 0;
  const tenant = await startTenant(() => {
    count += 1;
    return count === 1 ? json(503, { message: 'soon' }) : json(200, []);
  });
  await tenant.client({ onEvent: (event) => events.push(event) }).list();
  expect(events.find(({ type }) => type === 'retry')).toMatchObject({
    method: 'GET',
    attempt: 1,
    delay: 0,
    error: { name: 'RequestRefusedError', status: 503 },
  });
});

const isFull = async (): Promise<never> => {
  throw new Error('the log is full');
};

test.each<[string, () => unknown]>([
  ['an async function', isFull],
  ['a promise with its own `catch`', () => Object.assign(isFull(), { catch: () => {} })],
])('a rejection of onEvent does not affect the call or end the process: %s', async (_, reject) => {
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown): void => void rejections.push(reason);
  process.on('unhandledRejection', onRejection);
  expect(await eventsOf({ onEvent: reject as () => void })).toEqual([]);
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', onRejection);
  expect(rejections).toEqual([]);
});

const events = async (reply: Reply, options: object = {}): Promise<string> =>
  JSON.stringify(await eventsOf(options, reply));

const isJson = { 'content-type': 'application/json' };
const people = '{"environmentVariables":{"KEY":"of-another"},"name":"Ada"';

test.each([
  ['is cut', { headers: isJson, body: people }],
  ['is text', { headers: { 'content-type': 'text/plain' }, body: `env: ${people}` }],
  ['is a page', { status: 502, headers: { 'content-type': 'text/html' }, body: `<html>${people}` }],
])('an event has the length in place of a body that %s', async (_, reply) => {
  const text = await events(reply);
  expect(text).not.toContain('of-another');
  expect(text).not.toContain('Ada');
  expect(text).toContain(`[${reply.body.length} characters that are not JSON]`);
  expect(await events(reply, { redactEvents: false })).toContain('Ada');
});

test('JSON of any media type is redacted after parsing', async () => {
  const headers = { 'content-type': 'text/x-odd' };
  const text = await events({ headers, body: `${people},"a":"pl\\u0061nted-access-token"}` });
  expect(text).not.toContain('of-another');
  expect(text).not.toContain('nted-access-token');
  expect(text).toContain('Ada');
});

test('secrets too short to be searched for are redacted where they are known to be', async () => {
  const events: ClientEvent[] = [];
  const tenant = await startTenant(storing, () => granted('t'));
  const client = tenant.client({ clientSecret: 's', onEvent: (event) => events.push(event) });
  await client.put('access-token', { script: '', environmentVariables: { A: 'x' } });
  expect(events).toMatchObject([
    { type: 'request', body: expect.stringContaining('client_secret=[redacted]') },
    { type: 'response', body: expect.stringContaining('"access_token":"[redacted]"') },
    {
      type: 'request',
      headers: { Authorization: 'Bearer [redacted]' },
      body: '{"script":"","environmentVariables":{"A":"[redacted]"}}',
    },
    { type: 'response', body: '{"script":"","environmentVariables":{"A":"[redacted]"}}' },
  ]);
});

test('an exception of onEvent does not affect the call', async () => {
  const onEvent = () => {
    throw new Error('the log is full');
  };
  const events = await eventsOf({ onEvent });
  expect(events).toEqual([]);
});
