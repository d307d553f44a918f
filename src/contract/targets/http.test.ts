import { expect, test } from 'vitest';
import type { Case } from '../case.ts';
import { loadCases } from '../cases.ts';
import { listen, listenWith } from '../listen.test-helper.ts';
import { type Sender, send } from './http.ts';

const token = 'granted-token-of-this-test';
const secret = 'secret-of-the-application';

const senderTo = (endpoint: string): Sender => ({
  endpoint,
  client: { id: 'id', secret, resource: 'https://default.logto.app/api' },
  token: async () => 'token-that-was-sent',
});

/** Sends to a server that returns every token and credential. */
const toEcho = async (): Promise<Sender> =>
  senderTo(
    await listen(({ url, headers }, response) => {
      response.setHeader('content-type', 'application/json');
      response.setHeader('x-debug', headers.authorization ?? '');
      const granted = url === '/oidc/token' && { access_token: token };
      response.end(JSON.stringify({ ...granted, debug: `was ${token}` }));
    }),
  );

const named = (name: string): Case => loadCases().find((contract) => contract.name === name) as Case;
const granted = named('Client credentials in the form are granted the scope all');
const listed = named('The list is empty without customizers');

test('a granted token is redacted anywhere in the response', async () => {
  const { body } = await send(await toEcho(), granted);
  expect(body).toEqual({ access_token: '[redacted]', debug: 'was [redacted]' });
});

test('a secret is redacted in every encoding', async () => {
  const basic = Buffer.from(`id:${secret}`).toString('base64');
  const escaped = secret.replaceAll('-', '\\\\u002d');
  const sender = senderTo(await listenWith(`{"a":"${escaped}","${secret}":"Basic ${basic}"}`));
  const { body } = await send(sender, listed);
  expect(JSON.stringify(body)).not.toContain('of-the-application');
  expect(body).toEqual({
    a: '[redacted]',
    '[redacted]': expect.stringMatching(/^Basic .{0,4}\[redacted\].{0,4}$/),
  });
});

test('a secret that is a common word is redacted only if the response is published', async () => {
  const customizer = { script: 'x', environmentVariables: { V: '1' } };
  const sender = senderTo(await listenWith(customizer));
  const common = { ...sender, client: { ...sender.client, secret: 'script' } };
  expect((await send(common, listed)).body).toEqual(customizer);
  expect((await send({ ...common, isPublished: true }, listed)).body).toMatchObject({ '[redacted]': 'x' });
});

test('an earlier granted token is redacted if the sender has a set of secrets', async () => {
  const kept = { ...(await toEcho()), secrets: new Set<string>() };
  await send(kept, granted);
  const { body, headers } = await send(kept, listed);
  expect(body).toEqual({ debug: 'was [redacted]' });
  expect(headers['x-debug']).toBe('Bearer [redacted]');
});

test("an application without the role is sent with its own secret, never with the other's", async () => {
  const clientWithoutRole = { id: 'without', secret: 'secret-of-the-other' };
  let sent = '';
  const endpoint = await listen(async (request, response) => {
    for await (const chunk of request) sent += String(chunk);
    response.end();
  });
  const withoutRole = named('An application without the role is granted no scope');
  await send({ ...senderTo(endpoint), clientWithoutRole }, withoutRole);
  expect(Object.fromEntries(new URLSearchParams(sent))).toMatchObject({
    client_id: 'without',
    client_secret: 'secret-of-the-other',
  });
});
