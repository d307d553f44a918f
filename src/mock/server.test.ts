import { expect, it, onTestFinished } from 'vitest';
import { listen, makeClose } from './listen.ts';
import { makeServer } from './server.ts';

it('answers a fault of its own with 500, and logs where it is without what it says', async () => {
  const lines: string[] = [];
  const server = makeServer(
    async () => {
      throw new TypeError('cannot read secret-to-hide\n  of body');
    },
    (line) => lines.push(line),
    { 'Logto-Core-Request-Id': 'id' },
  );
  const close = makeClose(server);
  onTestFinished(close);
  const port = await listen(server, 0, '127.0.0.1');
  const response = await fetch(`http://127.0.0.1:${port}/api/x`, { method: 'POST', body: 'secret-to-hide' });
  expect(response.status).toBe(500);
  expect(response.headers.get('logto-core-request-id')).toBe('id');
  expect(await response.json()).toStrictEqual({ message: 'Internal server error.' });
  await expect.poll(() => lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^internal fault: TypeError at .*server\.test\.ts:\d+:\d+\)?$/);
  expect(lines.join()).not.toContain('to-hide');
});
