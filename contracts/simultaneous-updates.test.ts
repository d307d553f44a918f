/** Real tenants lose one of two simultaneous updates, as does the conforming tenant with a pause in its writes. */
import { expect, onTestFinished, test } from 'vitest';
import { createJwtCustomizerClient } from '../src/client/index.ts';
import type { Customizers } from '../src/tenant/index.ts';
import { serveTenant } from './conforming/index.ts';

const script = '// kept by both';

const both: Customizers = { 'access-token': { script }, 'client-credentials': { script } };

/** Turns of the event loop that are enough for every local request to arrive. */
const enough = 1_000;

/** A tenant in which each write waits between its read and its write for another one, and continues if none comes. */
const startRacing = async (customizers: Customizers = both) => {
  let writing = 0;
  let most = 0;
  const meet = async (): Promise<void> => {
    writing += 1;
    most = Math.max(most, writing);
    for (let turns = 0; turns < enough && writing < 2; turns += 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    // The other write must see this one before it ends.
    await new Promise((resolve) => setImmediate(resolve));
    writing -= 1;
  };
  const served = await serveTenant({ customizers, pause: meet });
  onTestFinished(() => served.close());
  const client = () => createJwtCustomizerClient(served.credentials);
  return { tenant: served.tenant, client, most: () => most };
};

const environmentVariables = { PLAN: 'pro' };
const tokenSample = { kind: 'AccessToken', scope: 'read' } as const;

test('two clients lose one of two simultaneous updates, as on real tenants', async () => {
  const { tenant, client, most } = await startRacing();
  const [one, another] = [client(), client()];
  await Promise.all([one.list(), another.list()]);
  await Promise.all([
    one.update('access-token', { script, environmentVariables }),
    another.update('access-token', { script, tokenSample }),
  ]);
  const stored = tenant.customizers['access-token'] ?? {};
  expect(most()).toBe(2);
  expect(
    [stored['environmentVariables'], stored['tokenSample']].filter((field) => field === undefined),
  ).toHaveLength(1);
});

test('one client loses no update, even if its callers update concurrently', async () => {
  const { tenant, client, most } = await startRacing();
  const customizers = client();
  await Promise.all([
    customizers.update('access-token', { script, environmentVariables }),
    customizers.update('access-token', { script, tokenSample }),
    customizers.update('access-token', { script, blockIssuanceOnError: true }),
    customizers.get('access-token'),
  ]);
  expect(tenant.customizers['access-token']).toEqual({
    script,
    environmentVariables,
    tokenSample,
    blockIssuanceOnError: true,
  });
  expect(most()).toBe(1);
});

test('the writes of one client are performed in the order of the calls', async () => {
  const { tenant, client } = await startRacing({});
  const customizers = client();
  await Promise.all([
    customizers.put('access-token', { script: '1' }),
    customizers.update('access-token', { script: '2', environmentVariables }),
    customizers.delete('access-token'),
    customizers.put('access-token', { script: '4' }),
    customizers.update('access-token', { script: '5', environmentVariables }),
  ]);
  expect(tenant.customizers['access-token']).toEqual({ script: '5', environmentVariables });
});

test('writes to the two token types do not wait for each other', async () => {
  const { client, most } = await startRacing();
  const customizers = client();
  await Promise.all([
    customizers.update('access-token', { script: 'a' }),
    customizers.update('client-credentials', { script: 'c' }),
  ]);
  expect(most()).toBe(2);
});
