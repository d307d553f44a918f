import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type MockOptions, startMock } from './index.ts';
import { base, call } from './serve.test-helper.ts';

const start = async (options: MockOptions = {}) => {
  const mock = await startMock(options);
  onTestFinished(() => mock.close());
  return mock;
};

describe('startMock', () => {
  it('starts several mocks, each on a port of its own', async () => {
    const mocks = await Promise.all([start(), start({ clients: [{ id: 'a', secret: 'b' }] }), start()]);
    expect(new Set(mocks.map(({ url }) => url)).size).toBe(3);
    for (const { url } of mocks) expect(await call(url, base)).toMatchObject({ status: 200 });
    await mocks[0]?.close();
    expect(await call(mocks[2]?.url ?? '', base)).toMatchObject({ status: 200 });
  });

  it('says that a port is taken, and what to do', async () => {
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
    const { url } = await start({ host: '::1' });
    expect(url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect(await call(url, base)).toMatchObject({ status: 200 });
  });

  it('tells how to add Prism where there is none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mock-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    for (const part of ['generated', 'src/mock', 'src/tenant'])
      await cp(new URL(`../../${part}`, import.meta.url), join(folder, part), { recursive: true });
    const script = `import('./src/mock/index.ts').then((m) => m.startMock()).catch((e) => console.log(e.message))`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      cwd: folder,
    });
    expect(stdout).toBe(
      'The mock needs Prism, which is not installed. Add it: npm install --save-dev @stoplight/prism-http\n',
    );
  });
});

describe('the log', () => {
  it('has a line for each request and nothing that could be a secret', async () => {
    const lines: string[] = [];
    const { url } = await start({ log: (line) => lines.push(line) });
    const hidden = { authorization: 'Bearer token-to-hide', 'x-other': 'header-to-hide' };
    await call(url, `${base}?query-to-hide=1`, { headers: hidden });
    await call(url, `${base}/access-token`, {
      method: 'PATCH',
      body: { script: 'body-to-hide', environmentVariables: { A: 1 } },
      headers: hidden,
    });
    await call(url, '/a%0Ab', {});
    await expect.poll(() => lines.length).toBe(3);
    expect(lines.map((line) => line.replace(/\d+ ms$/, '0 ms'))).toStrictEqual([
      `GET ${base} 200 0 ms`,
      `PATCH ${base}/access-token 400 0 ms`,
      'GET /a%0Ab 404 0 ms',
    ]);
  });
});

describe('close', () => {
  const slowPatch = (url: string) =>
    new Promise<{ finish: () => void; answer: Promise<string> }>((resolve) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      const answer = new Promise<string>((done) => {
        let text = '';
        socket.on('data', (chunk) => {
          text += chunk;
          if (text.includes('100 Continue'))
            resolve({ finish: () => socket.write('{"script":"x"}'), answer });
        });
        socket.on('close', () => done(text));
        socket.on('error', () => {});
      });
      socket.write(
        `PATCH ${base}/access-token HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\nExpect: 100-continue\r\nContent-Length: 14\r\n\r\n`,
      );
    });

  it('lets a request in flight finish and then frees the port', async () => {
    const mock = await startMock();
    const { finish, answer } = await slowPatch(mock.url);
    const closing = mock.close();
    finish();
    await closing;
    expect(await answer).toMatch(/HTTP\/1\.1 200 OK/);
    const { port } = new URL(mock.url);
    await (await startMock({ port: Number(port) })).close();
  });

  it('cuts a request that does not finish', async () => {
    const mock = await startMock();
    const { answer } = await slowPatch(mock.url);
    await mock.close();
    expect(await answer).not.toMatch(/HTTP\/1\.1 200/);
  });

  it('ends connections that nobody uses at once, also those that sent nothing yet', async () => {
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
    const { finish, answer } = await slowPatch(mock.url);
    const closing = mock.close();
    await Promise.all(unused.map(({ ended }) => ended));
    finish();
    await closing;
    expect(await answer).toMatch(/HTTP\/1\.1 200 OK/);
  });

  it('ends a connection as soon as its request is answered', async () => {
    const mock = await startMock();
    const first = await slowPatch(mock.url);
    const second = await slowPatch(mock.url);
    const closing = mock.close();
    first.finish();
    expect(await first.answer).toMatch(/HTTP\/1\.1 200 OK/);
    second.finish();
    await closing;
    expect(await second.answer).toMatch(/HTTP\/1\.1 200 OK/);
  });

  it('may be called again, also meanwhile', async () => {
    const mock = await startMock();
    await Promise.all([mock.close(), mock.close()]);
    await mock.close();
  });
});
