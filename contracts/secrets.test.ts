/** No planted secret appears, in any encoding, in the output, files or errors of any command. */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../scripts/temporary.test-helper.ts';
import { main, runContractCommand } from './conforming/command.ts';
import { type Hook, serveTenant } from './conforming/index.ts';
import { createEcho, spellings } from './secrets.test-helper.ts';

const folder = temporaryFolder();
const artefacts = join(folder, 'artefacts');
mkdirSync(artefacts);

const variable = 'planted "variable"/+ é';
const secrets = new Set<string>([variable]);

/** Every artefact by its origin. */
const said: Record<string, string> = {};

const onTenant = async (
  name: string,
  args: string[],
  hook?: Hook,
  signal?: NodeJS.Signals,
  secret?: string,
): Promise<void> => {
  const customizers = { 'access-token': { script: '// original', environmentVariables: { V: variable } } };
  const served = await serveTenant({ customizers, ...(secret && { secret }) }, hook);
  // A common word is everywhere.
  if (secret === undefined) secrets.add(served.credentials.clientSecret);
  const state = join(folder, `state-${name}`);
  const run = runContractCommand({ served, state, args, env: { GITHUB_ACTIONS: 'true' } });
  if (signal !== undefined) {
    await run.printed('are kept in');
    run.child.kill(signal);
  }
  said[name] = (await run.ended).output;
  await served.close();
  for (const file of readdirSync(join(state, 'logto-jwt-customizer'), { recursive: true }))
    said[`${name}: ${file}`] = readFileSync(join(state, 'logto-jwt-customizer', String(file)), 'utf8');
};

const mock = async (): Promise<void> => {
  const secret = 'planted-of-the-mock';
  secrets.add(secret);
  const child = spawn(process.execPath, [main, 'mock', '--port', '0', '--client', `id:${secret}`]);
  let output = '';
  const url = await new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data) => {
        output += String(data);
        const found = /http:\/\/\S+:\d+/.exec(output)?.[0];
        if (found !== undefined) resolve(found);
      });
  });
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'id',
    client_secret: secret,
    resource: 'r',
  });
  const token = 'planted-token';
  secrets.add(token);
  for (const send of [
    () => fetch(`${url}/oidc/token`, { method: 'POST', body: form }),
    () =>
      fetch(`${url}/oidc/token?client_secret=${secret}`, {
        method: 'POST',
        body: new URLSearchParams({ client_secret: secret }),
      }),
    () =>
      fetch(`${url}/api/configs/jwt-customizer?token=${token}`, {
        headers: { authorization: `Bearer ${token}` },
      }),
    () =>
      fetch(`${url}/api/configs/jwt-customizer/access-token`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify({ script: '', environmentVariables: { V: [variable] } }),
      }),
  ])
    said[`the mock answers ${Object.keys(said).length}`] = (await (await send()).text()).replaceAll(
      'planted-token',
      (match) => match,
    );
  child.kill('SIGTERM');
  await new Promise((resolve) => child.once('close', resolve));
  said['mock'] = output;
};

/** Reporters that write a file. */
const reporters = ['junit', 'json'];

const ownReports = (name: string): string[] =>
  ['html', 'json'].flatMap((format) => ['--report', `${format}=${join(artefacts, `${name}.${format}`)}`]);

beforeAll(async () => {
  await onTenant('green', ['--allow-overwrite', '--reporter', 'verbose', ...ownReports('good')]);
  await onTenant('refused', []);
  await onTenant('interrupted', ['--allow-overwrite'], undefined, 'SIGTERM');
  await onTenant(
    'annotations',
    [
      '--allow-overwrite',
      ...['github-actions', 'verbose', 'tap', ...reporters].flatMap((name) => ['--reporter', name]),
      ...reporters.map((name) => `--outputFile.${name}=${join(artefacts, name)}`),
      ...ownReports('own'),
    ],
    createEcho(secrets, ({ method }) => method === 'PATCH'),
  );
  await onTenant('a common word', ['--allow-overwrite'], undefined, undefined, 'script');
  await mock();
  for (const file of readdirSync(artefacts))
    said[`artefact ${file}`] = readFileSync(join(artefacts, file), 'utf8');
}, 180_000);

describe('no secret is revealed', () => {
  test('the artefacts are not empty, and the failing runs failed', () => {
    expect(Object.keys(said).length).toBeGreaterThan(12);
    expect(secrets.size).toBeGreaterThan(5);
    for (const name of reporters) expect(said[`artefact ${name}`]).toContain('[redacted]');
    expect(said['artefact own.json']).toContain('[redacted]');
    expect(said['artefact own.html']).toContain('[redacted]');
    expect(said['artefact good.json']).toContain('"result":"passed"');
    expect(said['annotations']).toContain('::error');
    expect(said['green']).toMatch(/^tenant: [12]\d\d passed, 0 failed/m);
  });

  test('a secret that is a common word fails no case', () => {
    expect(said['a common word']).toMatch(/^tenant: [12]\d\d passed, 0 failed/m);
  });

  test('a terminal and GitHub Actions execute no commands in responses', () => {
    expect(said['annotations']).toContain('said by the tenant');
    for (const name of ['annotations', ...reporters.map((reporter) => `artefact ${reporter}`)]) {
      const text = said[name] as string;
      expect(text, name).not.toMatch(/^\s*::(?:error::said|add-mask)/m);
      expect(text, name).not.toContain('##[set-output');
      expect(text, name).not.toContain('\u001b[2J');
      expect(text, name).not.toContain('\u009b');
    }
  });

  test('raw, in base64 (also of longer strings), in a URL, in a form, in JSON, or escaped in JSON', () => {
    for (const [name, text] of Object.entries(said))
      for (const secret of secrets)
        for (const spelling of spellings(secret))
          expect(text.includes(spelling), `${name} contains ${spelling}`).toBe(false);
  });

  test('the search finds a planted one', () => {
    for (const spelling of spellings(variable)) expect(`x${spelling}x`.includes(spelling)).toBe(true);
  });
});
