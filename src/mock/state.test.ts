/** The state of the mock: across requests, from a seed, in a file. */
import { execFile } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { InvalidOptionError } from '../client/index.ts';
import { newest, startMock } from './index.ts';
import { parseCustomizersFile } from './json-file.ts';
import { base, call, script, start } from './serve.test-helper.ts';
import { holdFile } from './state-file.ts';

const variables = { PLAN: 'pro' };

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'mock-state-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
};

it('returns copies of its state', async () => {
  const mock = await start({ seed: { 'access-token': { script } } });
  (mock.state()['access-token'] as { script: string }).script = 'changed';
  expect(mock.state()).toEqual({ 'access-token': { script } });
});

describe('a seed', () => {
  it('is what a tenant lists', async () => {
    const first = await start({
      seed: { 'client-credentials': { script, environmentVariables: variables } },
    });
    const { body } = await call(first, base);
    const second = await start({ seed: body as unknown[] });
    expect(second.state()).toEqual(first.state());
  });

  it.each([
    [
      { 'access-token': {} },
      'The option `seed` cannot be stored by a tenant: /access-token/script: Required',
    ],
    [
      { 'access-token': { script, environmentVariables: { 'a/b~c': 1 } } },
      'The option `seed` cannot be stored by a tenant: /access-token/environmentVariables/a~1b~0c: Expected string, received number',
    ],
    [
      [{ key: 'jwt.accessToken', value: { script, nope: 1 } }],
      "The option `seed` cannot be stored by a tenant: /0/value: Unrecognized key(s) in object: 'nope'",
    ],
    [
      { accessToken: {} },
      'The option `seed` has a key "accessToken"; its keys are access-token, client-credentials',
    ],
    [
      { constructor: {} },
      'The option `seed` has a key "constructor"; its keys are access-token, client-credentials',
    ],
    [
      { 'access-token': { script }, 'jwt.accessToken': { script } },
      'The option `seed` names the access-token customizer twice; leave one of them out',
    ],
    [
      [1, 2].map(() => ({ key: 'jwt.clientCredentials', value: { script } })),
      'The option `seed` names the client-credentials customizer twice; leave one of them out',
    ],
    [
      'x',
      'The option `seed` must be an object of customizers by token type, or the list that a tenant returns',
    ],
  ])('that is %j is refused, with the place', async (seed, message) => {
    await expect(startMock({ seed: seed as unknown[] })).rejects.toThrow(
      new InvalidOptionError('seed', message.replace('The option `seed` ', '')),
    );
    const mock = await start({ seed: { 'access-token': { script } } });
    await expect(mock.reset(seed as unknown[])).rejects.toThrow(
      new InvalidOptionError('seed', message.replace('The option `seed` ', '')),
    );
    expect(mock.state()).toEqual({ 'access-token': { script } });
  });

  it('is judged by the release', async () => {
    const seed = { 'access-token': { script, blockIssuanceOnError: true } };
    await expect(startMock({ seed, release: '1.28' })).rejects.toThrow(/Unrecognized key.*blockIssuance/);
    expect((await start({ seed, release: '1.39' })).state()).toEqual(seed);
  });
});

describe('releases', () => {
  it.each(['1.27', `1.${Number(newest.slice(2)) + 1}`, '2.28', '1.4', 'nope', ''])(
    '%j is refused',
    async (release) => {
      await expect(startMock({ release })).rejects.toThrow(
        `The option \`release\` must be a release of Logto from 1.28 to ${newest}, for example 1.42, not ${JSON.stringify(release)}.`,
      );
    },
  );
});

describe('reset', () => {
  it('replaces the customizers and forgets the requests', async () => {
    const mock = await start({ seed: { 'access-token': { script } } });
    await call(mock, base);
    expect(mock.requests()).toHaveLength(1);
    await mock.reset({ 'client-credentials': { script } });
    expect(mock.state()).toEqual({ 'client-credentials': { script } });
    expect(mock.requests()).toEqual([]);
    await mock.reset();
    expect(mock.state()).toEqual({});
  });
});

it('a seed that is nested deeper than a tenant reads is refused', async () => {
  const customData = { a: JSON.parse('['.repeat(5_000) + ']'.repeat(5_000)) };
  await expect(
    startMock({ seed: { 'access-token': { script, contextSample: { user: { customData } } } } }),
  ).rejects.toThrow(
    new InvalidOptionError('seed', 'cannot be stored by a tenant: /access-token: nested too deep'),
  );
});

describe('a file of customizers', () => {
  it.each([
    ['\uFEFF{"access-token":{"script":"\uFEFF"}}', { 'access-token': { script: '\uFEFF' } }],
    ['{"a":{"b":1,"c":"{\\"a\\":"},"d":["a",{"b":1}]}', { a: { b: 1, c: '{"a":' }, d: ['a', { b: 1 }] }],
  ])('that contains %j is read', (text, value) => {
    expect(parseCustomizersFile(text)).toEqual(value);
  });

  it.each([
    ['{', 'is not valid JSON'],
    [new TextDecoder().decode(Buffer.from('\uFEFF{}', 'utf16le')), 'is not JSON in UTF-8; save it as UTF-8'],
    ['{"access-token":{},"access\\u002dtoken" :{}}', 'names "access-token" twice; leave one of them out'],
  ])('that contains %j is refused', (text, reason) => {
    expect(() => parseCustomizersFile(text)).toThrow(new Error(reason));
  });
});

describe('a state file', () => {
  it('that cannot be written undoes the change', async () => {
    const stateFile = join(folder(), 'state.json');
    const mock = await start({ stateFile, seed: { 'access-token': { script } } });
    // A folder in place of the draft makes writing fail.
    const draft = `${stateFile}.${process.pid}.tmp`;
    mkdirSync(draft);
    for (const options of [{ method: 'PUT', body: { script: '// other' } }, { method: 'DELETE' }])
      expect((await call(mock, `${base}/access-token`, options)).status).toBe(500);
    await expect(mock.reset()).rejects.toThrow(`${stateFile} cannot be written`);
    expect(mock.state()).toEqual({ 'access-token': { script } });
    rmSync(draft, { recursive: true });
    expect((await call(mock, `${base}/access-token`, { method: 'DELETE' })).status).toBe(204);
    expect(JSON.parse(readFileSync(stateFile, 'utf8'))).toEqual({});
  });

  it('is never written through a planted link', async () => {
    const made = folder();
    const [stateFile, other] = [join(made, 'state.json'), join(made, 'of-somebody-else')];
    writeFileSync(other, 'theirs');
    symlinkSync(other, `${stateFile}.${process.pid}.tmp`);
    const mock = await start({ stateFile });
    await mock.reset({ 'access-token': { script } });
    expect(readFileSync(other, 'utf8')).toBe('theirs');
    expect(JSON.parse(readFileSync(stateFile, 'utf8'))).toEqual({ 'access-token': { script } });
  });

  it('belongs to one mock at a time, under any name', async () => {
    const made = folder();
    const stateFile = join(made, 'state.json');
    symlinkSync(made, join(made, 'link'));
    const first = await startMock({ stateFile });
    for (const name of [stateFile, join(made, 'link', 'state.json')])
      await expect(startMock({ stateFile: name })).rejects.toThrow(
        new Error(`${name} is in use by another running mock; stop that one, or give another file`),
      );
    await start({ stateFile: join(made, 'other.json') });
    await first.close();
    await first.close();
    await expect(startMock({ stateFile, release: '9.9' })).rejects.toThrow('9.9');
    await start({ stateFile });
  });

  it('is released when its process is killed, even where that leaves a socket file', async () => {
    const stateFile = join(folder(), 'state.json');
    const held = new URL('./state-file.ts', import.meta.url).href;
    for (const platform of ['linux', 'darwin']) {
      const program = `
        const { holdFile } = await import(${JSON.stringify(held)});
        await holdFile(${JSON.stringify(stateFile)}, '${platform}');
        process.kill(process.pid, 'SIGKILL');`;
      const ended = promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
      await expect(ended).rejects.toMatchObject({ signal: 'SIGKILL' });
      const giveBack = await holdFile(stateFile, platform);
      await expect(holdFile(stateFile, platform)).rejects.toThrow('is in use by another running mock');
      await giveBack();
    }
  });

  it('survives restarts, is readable only by its owner, and takes precedence over the seed', async () => {
    const stateFile = join(folder(), 'state.json');
    const seed = { 'client-credentials': { script } };
    const first = await startMock({ stateFile, seed });
    await call(first, `${base}/access-token`, { method: 'PUT', body: { script } });
    const state = first.state();
    await first.close();
    expect(JSON.parse(readFileSync(stateFile, 'utf8'))).toEqual(state);
    expect(statSync(stateFile).mode & 0o777).toBe(0o600);
    const second = await start({ stateFile, seed: { 'access-token': { script: 'seed' } } });
    expect(second.state()).toEqual(state);
    await second.reset();
    expect(JSON.parse(readFileSync(stateFile, 'utf8'))).toEqual({});
  });

  it('contains the last of many simultaneous writes', async () => {
    const stateFile = join(folder(), 'state.json');
    const mock = await start({ stateFile });
    await Promise.all(
      Array.from({ length: 30 }, (_, number) =>
        call(mock, `${base}/access-token`, { method: 'PUT', body: { script: `// ${number}` } }),
      ),
    );
    expect(JSON.parse(readFileSync(stateFile, 'utf8'))).toEqual(mock.state());
    expect(readdirSync(join(stateFile, '..'))).toEqual(['state.json']);
  });

  it.each([
    ['{', (file: string) => `${file} is not valid JSON; give another file, or remove it to start empty`],
    [
      '{"access-token":{}}',
      (file: string) => `${file} cannot be stored by a tenant: /access-token/script: Required`,
    ],
  ])('that contains %j is refused and left unchanged', async (text, message) => {
    const stateFile = join(folder(), 'state.json');
    writeFileSync(stateFile, text);
    await expect(startMock({ stateFile })).rejects.toThrow(new Error(message(stateFile)));
    expect(readFileSync(stateFile, 'utf8')).toBe(text);
  });

  it('that cannot be written is refused at startup', async () => {
    const stateFile = join(folder(), 'none', 'state.json');
    await expect(startMock({ stateFile })).rejects.toThrow(
      new Error(`${stateFile} cannot be written (ENOENT); give another file`),
    );
  });

  const program = `
    const { startMock } = await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)});
    const mock = await startMock({ stateFile: process.env.STATE_FILE });
    await mock.reset({ 'access-token': { script: 'new' } });
    await mock.close();
    process.exit();`;

  it('has the old or the new state, no matter at which file operation the process is killed', async () => {
    const state = folder();
    const stateFile = join(state, 'state.json');
    const faults = new URL('../../contracts/conforming/file-fault.ts', import.meta.url).href;
    const seen = new Set<string>();
    for (let at = 1; ; at += 1) {
      writeFileSync(stateFile, '{"access-token":{"script":"old"}}');
      const env = {
        ...process.env,
        STATE_FILE: stateFile,
        XDG_STATE_HOME: state,
        FAULT: 'SIGKILL',
        FAULT_AT: String(at),
      };
      const ended = await promisify(execFile)(
        process.execPath,
        ['--import', faults, '--input-type=module', '-e', program],
        { env },
      ).then(
        () => 'completed',
        ({ signal }) => signal as unknown,
      );
      const { 'access-token': kept } = JSON.parse(readFileSync(stateFile, 'utf8'));
      expect(['old', 'new'], `operation ${at}`).toContain(kept.script);
      seen.add(kept.script);
      if (ended === 'completed') {
        expect(kept.script).toBe('new');
        expect(at).toBeGreaterThan(4);
        break;
      }
      expect(ended).toBe('SIGKILL');
    }
    expect(seen).toEqual(new Set(['old', 'new']));
  });
});
