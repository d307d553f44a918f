import { expect, test } from 'vitest';
import type { ClientEvent } from './index.ts';
import { clientId, clientSecret, granted, json, startTenant, storing } from './local-tenant.test-helper.ts';

const token = 'planted-access-token';
const variable = 'planted-"variable"\n€';
const customizer = {
  script: 'const getCustomJwtClaims = async () => ({});',
  environmentVariables: { KEY: variable },
};

const eventsOf = async (options: object): Promise<ClientEvent[]> => {
  const events: ClientEvent[] = [];
  const tenant = await startTenant(storing, () => granted(token));
  const client = tenant.client({ onEvent: (event) => events.push(event), ...options });
  await client.put('access-token', customizer);
  return events;
};

test('each request and answer is told, without its secrets', async () => {
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

test('with its secrets when that is asked for', async () => {
  const text = JSON.stringify(await eventsOf({ redactEvents: false }));
  for (const secret of [clientSecret, clientId, token, 'planted-']) expect(text).toContain(secret);
});

test("variables that only the tenant's answer holds are taken out, too", async () => {
  const events: ClientEvent[] = [];
  const list = [{ key: 'jwt.accessToken', value: customizer }];
  const tenant = await startTenant(() => json(200, list));
  await tenant.client({ onEvent: (event) => events.push(event) }).list();
  expect(JSON.stringify(events)).not.toContain('planted');
});

test('a retry is told with its attempt, its delay and its fault', async () => {
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

test('what onEvent throws changes nothing', async () => {
  const onEvent = () => {
    throw new Error('the log is full');
  };
  const events = await eventsOf({ onEvent });
  expect(events).toEqual([]);
});
