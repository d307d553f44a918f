import { expect, test } from 'vitest';
import { senderOf } from './environment.ts';
import { listen, listenWith } from './listen.test-helper.ts';

const credentials = { LOGTO_APP_ID: 'id', LOGTO_APP_SECRET: 'secret' };

test.each(['all', 'none'] as const)(
  'a redirected token request does not send the client secret elsewhere: permission %s',
  async (permission) => {
    let asked = 0;
    const elsewhere = await listen((_, response) => {
      asked += 1;
      response.end();
    });
    const url = await listen((_, response) =>
      response.writeHead(307, { location: `${elsewhere}/oidc/token` }).end(),
    );
    const sender = senderOf({ ...credentials, LOGTO_ENDPOINT: url });
    await expect(sender.token(permission)).rejects.toThrow();
    expect(asked).toBe(0);
  },
);

test('tokens come from LOGTO_TOKEN_ENDPOINT, with and without the permission', async () => {
  const tokens = await listenWith({ access_token: 'granted', expires_in: 3600, scope: 'all' });
  const sender = senderOf({
    ...credentials,
    LOGTO_ENDPOINT: 'http://127.0.0.1:1',
    LOGTO_TOKEN_ENDPOINT: `${tokens}/oidc/token`,
  });
  expect(await sender.token('all')).toBe('granted');
  expect(sender.tokenBaseUrl).toBe(tokens);
  await expect(sender.token('none')).rejects.toThrow('grants no token without the permission');
});

test('a token that would break a header is refused and not quoted', async () => {
  const url = await listenWith({ access_token: 'planted\r\nX: y', expires_in: 3600, scope: '' });
  const sender = senderOf({ ...credentials, LOGTO_ENDPOINT: url });
  for (const permission of ['all', 'none'] as const)
    await expect(sender.token(permission)).rejects.toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('planted') }),
    );
});
