/** Real tenants lose one of two simultaneous updates, and so does the conforming tenant with a pause in its writes. */
import { expect, onTestFinished, test } from 'vitest';
import { createJwtCustomizerClient } from '../src/client/index.ts';
import { createConformingTenant, serve } from './conforming/index.ts';

const script = '// kept by both';

/** A tenant in which each write waits between its read and its write until as many are there as shall meet. */
const startRacing = async (writers: number) => {
  let waiting: (() => void)[] = [];
  let most = 0;
  let writing = 0;
  const meet = async (): Promise<void> => {
    writing += 1;
    most = Math.max(most, writing);
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      const letGo = (): void => {
        for (const go of waiting) go();
        waiting = [];
      };
      if (waiting.length === writers) letGo();
      // Whoever is alone is not met by anybody: it goes on once the machine has nothing else to do.
      else setTimeout(letGo, 20);
    });
    writing -= 1;
  };
  const tenant = createConformingTenant({
    release: '1.43',
    customizers: { 'access-token': { script }, 'client-credentials': { script } },
    pause: meet,
  });
  const served = await serve(tenant);
  onTestFinished(() => served.close());
  const { id: clientId, secret: clientSecret } = tenant.clients.withRole;
  const client = () => createJwtCustomizerClient({ endpoint: served.url, clientId, clientSecret });
  return { tenant, client, most: () => most };
};

const environmentVariables = { PLAN: 'pro' };
const tokenSample = { kind: 'AccessToken', scope: 'read' } as const;

test('two clients lose one of two simultaneous updates: the tenant races as real ones do', async () => {
  const { tenant, client, most } = await startRacing(2);
  await Promise.all([
    client().update('access-token', { script, environmentVariables }),
    client().update('access-token', { script, tokenSample }),
  ]);
  const stored = tenant.customizers['access-token'] ?? {};
  expect(most()).toBe(2);
  expect(
    [stored['environmentVariables'], stored['tokenSample']].filter((field) => field === undefined),
  ).toHaveLength(1);
});

test('one client loses none, whatever its callers do at the same time', async () => {
  const { tenant, client, most } = await startRacing(2);
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

test('the writes of one client are carried out in the order of the calls', async () => {
  const { tenant, client } = await startRacing(2);
  const customizers = client();
  await Promise.all([
    customizers.put('access-token', { script: '1' }),
    customizers.delete('access-token'),
    customizers.put('access-token', { script: '3', environmentVariables }),
    customizers.update('access-token', { script: '4' }),
  ]);
  expect(tenant.customizers['access-token']).toEqual({ script: '4', environmentVariables });
});

test('writes to the two token types do not wait for one another', async () => {
  const { client, most } = await startRacing(2);
  const customizers = client();
  await Promise.all([
    customizers.update('access-token', { script: 'a' }),
    customizers.update('client-credentials', { script: 'c' }),
  ]);
  expect(most()).toBe(2);
});
