import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Case } from '../case.ts';
import { loadCases } from '../cases.ts';
import { type Sender, send } from './http.ts';

const token = 'granted-token-of-this-test';

/** A server that says every token and every credential back. */
let server: Server;
let sender: Sender;
beforeAll(async () => {
  server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.setHeader('x-debug', request.headers.authorization ?? '');
    const isToken = request.url === '/oidc/token';
    response.end(JSON.stringify({ ...(isToken && { access_token: token }), debug: `was ${token}` }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  sender = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    client: { id: 'id', secret: 'secret-of-the-application', resource: 'https://default.logto.app/api' },
    token: async () => 'token-that-was-sent',
  };
});
afterAll(() => server.close());

const named = (name: string): Case => loadCases().find((contract) => contract.name === name) as Case;
const granted = named('Client credentials in the form are granted the scope all');
const listed = named('The list is empty without customizers');

test('a granted token is not said, wherever it stands', async () => {
  const { body } = await send(sender, granted);
  expect(body).toEqual({ access_token: '[redacted]', debug: 'was [redacted]' });
});

const served = async (answer: object | string, type = 'application/json'): Promise<Sender> => {
  const echo = createServer((_, response) => {
    response.setHeader('content-type', type);
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void echo.close());
  return { ...sender, endpoint: `http://127.0.0.1:${(echo.address() as AddressInfo).port}` };
};

test('a secret is not said however it is written', async () => {
  const secret = 'secret-of-the-application';
  const basic = Buffer.from(`id:${secret}`).toString('base64');
  const { body } = await send(
    await served(`{"a":"${secret.replaceAll('-', '\\\\u002d')}","${secret}":"Basic ${basic}"}`),
    listed,
  );
  expect(JSON.stringify(body)).not.toContain('of-the-application');
  expect(body).toEqual({
    a: '[redacted]',
    '[redacted]': expect.stringMatching(/^Basic .{0,4}\[redacted\].{0,4}$/),
  });
});

test('a secret that is a word of the cases is no reason to change a response, unless it is published', async () => {
  const customizer = { script: 'x', environmentVariables: { V: '1' } };
  const common = { ...(await served(customizer)), client: { ...sender.client, secret: 'script' } };
  expect((await send(common, listed)).body).toEqual(customizer);
  expect((await send({ ...common, isPublished: true }, listed)).body).toMatchObject({ '[redacted]': 'x' });
});

test('a token that was granted before is not said where secrets are kept', async () => {
  const kept = { ...sender, secrets: new Set<string>() };
  await send(kept, granted);
  const { body, headers } = await send(kept, listed);
  expect(body).toEqual({ debug: 'was [redacted]' });
  expect(headers['x-debug']).toBe('Bearer [redacted]');
});

test("an application without the role is sent with its own secret, never with the other's", async () => {
  const clientWithoutRole = { id: 'without', secret: 'secret-of-the-other' };
  let sent = '';
  const seen = createServer(async (request, response) => {
    for await (const chunk of request) sent += String(chunk);
    response.end();
  });
  await new Promise<void>((resolve) => seen.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(seen.address() as AddressInfo).port}`;
  const withoutRole = named('An application without the role is granted no scope');
  await send({ ...sender, endpoint, clientWithoutRole }, withoutRole);
  seen.close();
  expect(Object.fromEntries(new URLSearchParams(sent))).toMatchObject({
    client_id: 'without',
    client_secret: 'secret-of-the-other',
  });
});
