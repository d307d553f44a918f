/** The document is served by Prism's own command as it stands, without our front. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { validateClientCredentialsJwtCustomizer } from '../generated/validators/closed.js';
import { freePort } from '../scripts/free-port.ts';

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

let prism: ChildProcess;
let url: string;
beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  prism = spawn(at('node_modules/.bin/prism'), ['mock', '--port', String(port), at('openapi.yaml')]);
  await new Promise<void>((resolve, reject) => {
    prism.stdout?.on('data', (data) => String(data).includes('is listening') && resolve());
    prism.once('exit', (code) => reject(new Error(`Prism ended with ${code}`)));
  });
});
afterAll(() => {
  prism.removeAllListeners('exit');
  prism.kill();
});

test("Prism's own command serves openapi.yaml", async () => {
  const response = await fetch(`${url}/api/configs/jwt-customizer/client-credentials`, {
    headers: { authorization: 'Bearer any', prefer: 'example=client-credentials-every-field' },
  });
  expect(response.status).toBe(200);
  expect(response.headers.get('etag')).toBeTruthy();
  expect(validateClientCredentialsJwtCustomizer(await response.json())).toEqual([]);
});

test('and asks for a token', async () => {
  const response = await fetch(`${url}/api/configs/jwt-customizer`);
  expect(response.status).toBe(401);
});
