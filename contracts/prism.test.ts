/**
 * The README's command that serves the packaged document with Prism itself, without our server; and the target `prism`,
 * which passes for our document and fails for a different one.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { validateClientCredentialsJwtCustomizer } from '../generated/validators/closed.js';
import { freePort } from '../scripts/free-port.ts';
import { type Case, loadCases } from '../src/contract/index.ts';
import { openPrism } from '../src/contract/targets/prism.ts';
import { requestFor, responseExamples } from '../src/mock/document.test-helper.ts';
import { loadPrism } from '../src/mock/prism.ts';
import { serve } from '../src/mock/server.ts';

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** With the installed Prism instead of npx, and the repository instead of the package. */
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

test.each(responseExamples)('$method $path responds with $status $key to Prefer', async (documented) => {
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

const read = (file: string): string => readFileSync(new URL(`../generated/${file}`, import.meta.url), 'utf8');
const ours = read('openapi.by-token-type.json');

/** The failing cases, and the number of cases run, when the target serves this document. */
const run = async (document: string, chosen: (contract: Case) => boolean = () => true) => {
  const target = await openPrism(serve(await loadPrism(document), {}));
  const failed: string[] = [];
  const tried = loadCases().filter((one) => target.cannotShow(one) === undefined && chosen(one));
  for (const written of tried) {
    const contract = target.prepare(written);
    const findings = target.validate?.(contract, await target.exchange(contract)) ?? [];
    if (findings.length > 0) failed.push(written.name);
  }
  await target.close();
  return { failed, tried };
};

test('our document passes in at least 75 cases of PATCH', async () => {
  const { failed, tried } = await run(ours);
  expect(failed).toEqual([]);
  const patched = tried.filter(({ request }) => request.operation === 'UpdateJwtCustomizer');
  expect(patched.length).toBeGreaterThanOrEqual(75);
});

type Document = {
  paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
  components: {
    schemas: Record<string, { required?: string[]; additionalProperties?: unknown }>;
    examples: Record<string, { value: Record<string, unknown> }>;
  };
};
const item = '/api/configs/jwt-customizer/client-credentials';

const planted: [string, (document: Document) => unknown, string][] = [
  [
    'one variant for both token types',
    ({ paths }) => {
      paths[item] = paths['/api/configs/jwt-customizer/access-token'] ?? {};
    },
    'PATCH refuses the tokenSample.kind of the other token type (client-credentials)',
  ],
  [
    "the other token type's response",
    ({ paths }) => {
      const other = paths['/api/configs/jwt-customizer/access-token']?.['patch'];
      Object.assign(paths[item]?.['patch'] ?? {}, { responses: other?.responses });
    },
    'PATCH of client-credentials leaves access-token alone',
  ],
  [
    'a required field that is optional',
    ({ components }) => delete components.schemas['ClientCredentialsJwtCustomizer']?.required,
    'PATCH refuses the documented request example {} (client-credentials)',
  ],
  [
    'unknown fields allowed',
    ({ components }) => delete components.schemas['ClientCredentialsJwtCustomizer']?.additionalProperties,
    'PATCH refuses an unknown top-level field (client-credentials)',
  ],
  [
    'another example',
    ({ components }) => {
      for (const { value } of Object.values(components.examples))
        if (typeof value['script'] === 'string') value['script'] += ' ';
    },
    'PATCH stores blockIssuanceOnError (client-credentials)',
  ],
  [
    'a path that is missing',
    ({ paths }) => delete paths[item],
    'GET answers the stored customizer (client-credentials)',
  ],
  [
    'a token type that there is not',
    ({ paths }) => {
      paths['/api/configs/jwt-customizer/id-token'] = paths[item] ?? {};
    },
    'PATCH refuses an unknown token type',
  ],
  [
    'no security',
    (document) => Object.assign(document, { security: [] }),
    'The list without an Authorization header is 401',
  ],
];

test.each(planted)('a document with %s fails', async (_, plant, name) => {
  const document = JSON.parse(ours) as Document;
  plant(document);
  const { failed } = await run(JSON.stringify(document));
  expect(failed).toContain(name);
});
