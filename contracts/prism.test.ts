/** The command of the README by which Prism itself, without our front, serves the packaged document. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { validateClientCredentialsJwtCustomizer } from '../generated/validators/closed.js';
import { freePort } from '../scripts/free-port.ts';
import { requestFor, responseExamples } from '../src/mock/document.test-helper.ts';

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** With what is installed here in place of what npx brings, and the repository in place of the package. */
const command = (): string[] => {
  const readme = readFileSync(at('README.md'), 'utf8');
  const [, args = ''] = /^npx @stoplight\/prism-cli (.*)$/m.exec(readme) ?? [];
  return args.replace('node_modules/logto-jwt-customizer/dist/', at('')).split(' ');
};

let prism: ChildProcess;
let url: string;
beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  prism = spawn(at('node_modules/.bin/prism'), [...command(), '--port', String(port)]);
  await new Promise<void>((resolve, reject) => {
    prism.stdout?.on('data', (data) => String(data).includes('is listening') && resolve());
    prism.once('exit', (code) => reject(new Error(`Prism ended with ${code}`)));
  });
});
afterAll(() => {
  prism.removeAllListeners('exit');
  prism.kill();
});

test.each(responseExamples)('$method $path gives $status $key by Prefer', async (documented) => {
  const [path, init] = requestFor(documented);
  const response = await fetch(url + path, init);
  const text = await response.text();
  expect(response.status, text).toBe(documented.status);
  expect(documented.mediaType === 'text/plain' ? text : JSON.parse(text)).toStrictEqual(documented.value);
});

describe('client-credentials', () => {
  const ask = (body?: object) =>
    fetch(`${url}/api/configs/jwt-customizer/client-credentials`, {
      method: body === undefined ? 'GET' : 'PATCH',
      headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });

  test('has its own variant without Prefer', async () => {
    for (const body of [undefined, { script: 'x' }]) {
      const response = await ask(body);
      expect(response.status).toBe(200);
      expect(response.headers.get('etag') !== null).toBe(body === undefined);
      const stored = (await response.json()) as { tokenSample: { kind: string } };
      expect(validateClientCredentialsJwtCustomizer(stored)).toEqual([]);
      expect(stored.tokenSample.kind).toBe('ClientCredentials');
    }
  });

  test.each([{ kind: 'AccessToken' }, { accountId: 'x' }])(
    'refuses the tokenSample %j',
    async (tokenSample) => {
      expect((await ask({ script: 'x', tokenSample })).status).toBe(422);
    },
  );
});

test('a request without a token is refused', async () => {
  expect((await fetch(`${url}/api/configs/jwt-customizer`)).status).toBe(401);
});
