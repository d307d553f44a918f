import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Mock, startMock } from './index.ts';
import { askToken, base, call, script, start } from './serve.test-helper.ts';

describe('startMock', () => {
  it('starts several mocks, each on its own port', async () => {
    const mocks = await Promise.all([
      start(),
      start({ clients: [{ id: 'a', secret: 'b' }] }),
      start({ release: '1.28' }),
    ]);
    expect(new Set(mocks.map(({ url }) => url)).size).toBe(3);
    for (const mock of mocks) expect(await call(mock, base)).toMatchObject({ status: 200 });
    await mocks[0]?.close();
    expect(await call(mocks[2] as Mock, base)).toMatchObject({ status: 200 });
  });

  it('reports a port that is in use and how to choose another', async () => {
    const { port } = new URL((await start()).url);
    await expect(startMock({ port: Number(port) })).rejects.toThrow(
      new Error(`port ${port} on 127.0.0.1 is already in use; choose another with --port`),
    );
  });

  it.each([
    [{ host: '192.0.2.1' }, /^cannot listen on 192\.0\.2\.1 \(EADDRNOTAVAIL\); choose .* --host$/],
    [{ host: 'no-such-host.invalid' }, /^cannot listen on no-such-host\.invalid \(E\w+\); choose .* --host$/],
    [{ port: 70_000 }, /^70000 is not a port; choose one from 0 to 65535 with --port$/],
    [{ port: Number.NaN }, /^NaN is not a port; /],
  ])('refuses %j in one line', async (options, message) => {
    await expect(startMock(options)).rejects.toThrow(message);
  });

  it('listens on IPv6', async () => {
    const mock = await start({ host: '::1' });
    expect(mock.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect(await call(mock, base)).toMatchObject({ status: 200 });
  });

  const inFolderWith = async (packages: string[], start: 'startMock' | 'startPrism') => {
    const folder = await mkdtemp(join(tmpdir(), 'mock-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const rooms = ['client', 'compatibility', 'mock', 'runner', 'tenant'].map((room) => `src/${room}`);
    for (const part of ['generated', 'contracts/recordings', ...rooms])
      await cp(new URL(`../../${part}`, import.meta.url), join(folder, part), { recursive: true });
    for (const name of packages) {
      const link = join(folder, 'node_modules', name);
      await mkdir(dirname(link), { recursive: true });
      await symlink(fileURLToPath(new URL(`../../node_modules/${name}`, import.meta.url)), link);
    }
    const program = `import('./src/mock/index.ts').then((m) => m.${start}())
      .then(async (mock) => { await mock.close(); console.log('started'); }, (e) => console.log(e.message))`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
      cwd: folder,
    });
    return stdout.trim();
  };

  it('needs only jose, and explains how to add it', async () => {
    expect(await inFolderWith(['jose'], 'startMock')).toBe('started');
    expect(await inFolderWith([], 'startMock')).toBe(
      'The mock needs jose, which is not installed. To add it: npm install --save-dev jose',
    );
  });

  it('needs only Prism to serve the document, and explains how to add it', async () => {
    expect(await inFolderWith(['@stoplight/prism-http'], 'startPrism')).toBe('started');
    expect(await inFolderWith(['jose'], 'startPrism')).toBe(
      'The mock needs @stoplight/prism-http, which is not installed. To add it: npm install --save-dev @stoplight/prism-http',
    );
  });
});

describe('requests', () => {
  it('are kept with their bodies and statuses, oldest first', async () => {
    const mock = await start();
    await call(mock, `${base}/access-token?x=1`, { method: 'PUT', body: { script } });
    await call(mock, '/nope');
    const put = {
      method: 'PUT',
      path: `${base}/access-token`,
      body: JSON.stringify({ script }),
      status: 201,
    };
    expect(mock.requests()).toMatchObject([put, { method: 'GET', path: '/nope', body: '', status: 404 }]);
    expect(mock.requests()[0]?.headers['content-type']).toBe('application/json');
  });

  it('are dropped beyond a thousand and beyond 16 MiB of bodies, oldest first', async () => {
    const mock = await start();
    const big = JSON.stringify({ script: 'x'.repeat(1_000_000) });
    for (let number = 0; number < 20; number += 1)
      await call(mock, `${base}/access-token`, { method: 'PUT', raw: big });
    expect(mock.requests()).toHaveLength(16);
    for (let number = 0; number < 1_005; number += 1) await fetch(`${mock.url}/${number}`);
    expect(mock.requests()).toHaveLength(1_000);
    expect(mock.requests().at(-1)?.path).toBe('/1004');
  });
});

describe('the log', () => {
  it('has a line for each request, and nothing that could be a secret', async () => {
    const lines: string[] = [];
    const mock = await start({ log: (line) => lines.push(line) });
    const hidden = { authorization: 'Bearer token-to-hide', 'x-other': 'header-to-hide' };
    const item = `${base}/access-token`;
    await call(mock, `${base}?query-to-hide=1`, { headers: hidden });
    const wrong = { script: 'body-to-hide', environmentVariables: { A: 1 } };
    await call(mock, item, { method: 'PATCH', body: wrong });
    const right = { script: '// to-hide', environmentVariables: { A: 'variable-to-hide' } };
    await call(mock, `${base}/client-credentials`, { method: 'PUT', body: right });
    await askToken(mock.url, { client_secret: 'secret-to-hide' });
    await call(mock, '/a%0Ab', {});
    await expect.poll(() => lines.length).toBe(6);
    expect(lines.map((line) => line.replace(/\d+ ms/, '0 ms'))).toStrictEqual([
      `GET ${base} 401 0 ms: auth.unauthorized: ERR_JWS_INVALID`,
      `PATCH ${item} 400 0 ms: guard.invalid_input: /environmentVariables/A invalid_type`,
      `PUT ${base}/client-credentials 201 0 ms`,
      'The client-credentials script added no claims: The script does not have a function named `getCustomJwtClaims`. It ran for a token for https://default.logto.app/api, asked for by any.',
      'POST /oidc/token 200 0 ms',
      'GET /a%0Ab 404 0 ms: Not Found',
    ]);
  });
});

describe('the log says of a script that fails', () => {
  const log = async (release: string, body: string, environmentVariables = {}): Promise<string> => {
    const lines: string[] = [];
    const script = `const getCustomJwtClaims = async ({ environmentVariables, api }) => {\n  ${body}\n};`;
    const mock = await start({
      release,
      resources: ['https://api.example.com'],
      users: [{ id: 'ada' }],
      seed: { 'access-token': { script, environmentVariables } },
      log: (line) => lines.push(line),
    });
    await mock.userToken({ user: 'ada', resource: 'https://api.example.com' }).catch(() => {});
    return lines.join('\n');
  };
  const request = 'It ran for a token for https://api.example.com of the user ada, asked for by mock.';

  it.each(['1.28', '1.42', '1.43'])('why, and its line, on %s', async (release) => {
    expect(await log(release, 'throw new Error("boom");')).toBe(
      `The access-token script added no claims: boom (line 2). ${request}`,
    );
    expect(await log(release, 'api.denyAccess("no seat");')).toBe(
      `The access-token script denied the token: no seat (line 2). ${request}`,
    );
    expect(await log(release, 'return { plan: "pro" };')).toBe('');
  });

  it('that a claim is none', async () => {
    expect(await log('1.42', 'return { a: 1n };')).toContain(
      'kept the token from being issued: JSON cannot hold a claim',
    );
    expect(await log('1.43', 'return { a() {} };')).toContain('must be JSON-serializable');
  });

  it('no value of its variables', async () => {
    const line = await log('1.43', 'throw new Error(environmentVariables.KEY);', { KEY: 'secret-to-hide' });
    expect(line).toContain('added no claims: [redacted] (line 2)');
    const encoded = await log('1.43', 'throw new Error(btoa(environmentVariables.KEY));', {
      KEY: 'secret-to-hide',
    });
    expect(encoded).toContain('added no claims: [redacted]');
    expect(encoded).not.toContain(btoa('secret-to-hide').slice(0, 8));
  });
});

describe('close', () => {
  const slowPatch = async ({ url, token }: Mock) => {
    const bearer = await token();
    return new Promise<{ finish: () => void; response: Promise<string> }>((resolve) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      const response = new Promise<string>((done) => {
        let text = '';
        socket.on('data', (chunk) => {
          text += chunk;
          if (text.includes('100 Continue'))
            resolve({ finish: () => socket.write('{"script":"x"}'), response });
        });
        socket.on('close', () => done(text));
        socket.on('error', () => {});
      });
      socket.write(
        `PUT ${base}/access-token HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${bearer}\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 14\r\n\r\n`,
      );
    });
  };

  it('cuts a request that does not finish', async () => {
    const mock = await startMock();
    const { response } = await slowPatch(mock);
    await mock.close();
    expect(await response).not.toMatch(/HTTP\/1\.1 2/);
  });

  it('ends idle connections at once, including those that have sent nothing yet', async () => {
    const mock = await startMock();
    const open = async (text: string) => {
      const socket = connect(Number(new URL(mock.url).port), '127.0.0.1');
      await once(socket, 'connect');
      if (text !== '') {
        socket.write(text);
        await once(socket, 'data');
      }
      return { ended: once(socket, 'close') };
    };
    const unused = [await open(''), await open('GET / HTTP/1.1\r\nHost: x\r\n\r\n')];
    const { finish, response } = await slowPatch(mock);
    const closing = mock.close();
    await Promise.all(unused.map(({ ended }) => ended));
    finish();
    await closing;
    expect(await response).toMatch(/HTTP\/1\.1 20[01] /);
  });

  it('ends a connection as soon as its response is sent', async () => {
    const mock = await startMock();
    const first = await slowPatch(mock);
    const second = await slowPatch(mock);
    const closing = mock.close();
    first.finish();
    expect(await first.response).toMatch(/HTTP\/1\.1 20[01] /);
    second.finish();
    await closing;
    expect(await second.response).toMatch(/HTTP\/1\.1 20[01] /);
  });

  it('can be called again, even concurrently, and frees the port', async () => {
    const mock = await startMock();
    await Promise.all([mock.close(), mock.close()]);
    await mock.close();
    await (await startMock({ port: Number(new URL(mock.url).port) })).close();
  });
});
