/** `contract --record` refuses unsafe runs, leaves nothing behind, and reveals no secrets. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { senderOf } from '../../../src/contract/environment.ts';
import { storedBy } from '../../../src/contract/expected.ts';
import { type Case, loadCases } from '../../../src/contract/index.ts';
import { obstacleOf } from '../../../src/contract/obstacle.ts';
import { newest } from '../../../src/contract/releases.ts';
import { send } from '../../../src/contract/targets/http.ts';
import { openRecordedTenant } from '../../../src/contract/targets/recorded-tenant.ts';
import { openSession } from '../../../src/session/index.ts';
import { afterWrites, type ConformingOptions, type Hook } from '../../conforming/index.ts';
import { filesIn, openRecording, type Recording } from './run.ts';

let recording: Recording;
afterEach(() => recording.close());
afterEach(() => void vi.unstubAllEnvs());

const open = async (options: Partial<ConformingOptions> = {}, hook?: Hook): Promise<Recording> => {
  recording = await openRecording({ release: '1.43', ...options }, hook === undefined ? {} : { hook });
  return recording;
};

const wroteNothing = (): void => {
  expect(recording.served.counts).toMatchObject({ put: 0, patch: 0, delete: 0, test: 0 });
};

const isEmpty = (): boolean => !existsSync(recording.folder) || readdirSync(recording.folder).length === 0;

test('a tenant that has customizers is refused, even if overwriting is allowed', async () => {
  const customizers = { 'client-credentials': { script: '// theirs' } };
  const { contract, tenant } = await open({ customizers });
  const { code, output } = await contract().ended;
  expect(output).toContain('has customizers (client-credentials). Recording stores the scripts of the cases');
  expect(output).toContain('a dedicated tenant without customizers. Start one');
  expect(code).toBe(2);
  expect(tenant.customizers).toEqual(customizers);
  wroteNothing();
});

test('a tenant of 1.43 is refused when recording 1.42', async () => {
  const { contract, folder } = await open();
  const { code, output } = await contract(['--record', folder, '--release', '1.42', '--allow-overwrite'])
    .ended;
  expect(output).toContain('is not Logto 1.42: its document has the fields added in 1.43');
  expect(code).toBe(2);
  wroteNothing();
});

test('a folder that has that release is refused and left unchanged', async () => {
  const { contract, folder } = await open();
  mkdirSync(folder);
  writeFileSync(join(folder, 'logto-1.43.jsonl'), '');
  const { code, output } = await contract().ended;
  expect(output).toContain('has a recording of 1.43 (logto-1.43.jsonl), which is not overwritten');
  expect(code).toBe(2);
  expect(filesIn(folder)).toEqual({ 'logto-1.43.jsonl': '' });
  wroteNothing();
});

test('an interrupted run writes no file, reports it, and leaves no customizer', async () => {
  const { hook, reached } = afterWrites(20);
  const { contract, tenant } = await open({}, hook);
  const run = contract();
  await reached;
  run.child.kill('SIGTERM');
  const { code, output } = await run.ended;
  expect(output).toMatch(/Not recorded: only \d+ cases got a response\. Nothing was written/);
  expect(code).toBe(3);
  expect(isEmpty()).toBe(true);
  expect(tenant.customizers).toEqual({});
});

test('a run of only some cases records nothing', async () => {
  const { contract, folder } = await open();
  const args = ['--record', folder, '--release', '1.43', '--allow-overwrite', '-t', 'PUT creates'];
  const { code, output } = await contract(args).ended;
  expect(output).toMatch(/Not recorded: only \d+ cases got a response/);
  expect(code).toBe(3);
  expect(isEmpty()).toBe(true);
});

test('after a killed run, the next one deletes what it stored, even scripts without the marker', async () => {
  const { hook, reached } = afterWrites(5);
  const { contract, tenant, state } = await open({}, hook);
  const run = contract();
  await reached;
  run.child.kill('SIGKILL');
  await run.ended;
  expect(JSON.stringify(tenant.customizers)).toContain('getCustomJwtClaims');
  expect(JSON.stringify(tenant.customizers)).not.toContain('The contract suite stores this');
  const { output, code } = await contract(['-t', 'GET answers']).ended;
  expect(output).toContain('An earlier run did not end');
  expect(code).toBe(0);
  expect(tenant.customizers).toEqual({});
  expect(readdirSync(join(state, 'logto-jwt-customizer'))).toEqual([]);
});

test('no secret is recorded, even if the tenant returns all of them', async () => {
  const secrets = new Set<string>();
  let hasBegun = false;
  /** Every response to PATCH returns the credentials, in every encoding, and the tenant's address. */
  const echo: Hook = async (request, next) => {
    const response = await next();
    const authorization = request.headers['authorization'] ?? '';
    const sent = new URLSearchParams(new TextDecoder().decode(request.body as Uint8Array));
    const granted = /"access_token":"([^"]+)"/.exec(response.body)?.[1];
    // The process that restores everything has its own token. It only reads before the cases begin.
    hasBegun ||= request.method === 'PUT' || request.method === 'PATCH';
    for (const secret of hasBegun
      ? [authorization.split(' ').at(-1), sent.get('client_secret'), granted]
      : [])
      if (secret && secret.length > 10) secrets.add(secret);
    if (request.path === '/oidc/token' && granted !== undefined)
      return { ...response, body: response.body.replace('{', `{"debug":"${granted}",`) };
    if (request.method !== 'PATCH') return response;
    const { url } = recording.served;
    const said = [...secrets, recording.tenant.clients.withRole.id, url, new URL(url).host];
    const told = said.flatMap((text) => [text, encodeURIComponent(text), btoa(text), JSON.stringify(text)]);
    const headers = {
      ...response.headers,
      'content-type': `text/plain; for=${authorization.split(' ').at(-1)}`,
    };
    return { ...response, status: 502, headers, body: told.join(' ') };
  };
  const { contract, files, served, tenant } = await open({}, echo);
  const { code, output } = await contract().ended;
  expect(output).toContain('Recorded Logto 1.43');
  expect(code).toBe(1);
  const text = Object.values(files()).join('');
  expect(text).toContain('[redacted]');
  expect(secrets.size).toBeGreaterThan(4);
  const own = [tenant.clients.withRole.id, tenant.clients.withoutRole.id, new URL(served.url).host];
  for (const secret of [...secrets, ...own])
    for (const spelling of [secret, btoa(secret).replaceAll('=', ''), encodeURIComponent(secret)])
      expect(text.includes(spelling), `${spelling} is recorded`).toBe(false);
});

/** A case that may be added some day: its stored script denies every new token, even the suite's own. */
const denying: Case = {
  name: 'A client-credentials script that denies is stored',
  rule: 'put-replaces',
  group: 'upsert',
  given: {},
  request: {
    operation: 'UpsertJwtCustomizer',
    tokenType: 'client-credentials',
    body: { script: "const getCustomJwtClaims = async ({ api }) => api.denyAccess('nobody');" },
  },
  expect: { status: 201 },
  evidence: { readme: '' },
};

test('a stored script that denies every token does not lock the suite out: it has tokens already', async () => {
  const { served, tenant, folder, state } = await open();
  const { id, secret } = tenant.clients.withRole;
  vi.stubEnv('XDG_STATE_HOME', state);
  const sender = senderOf({ LOGTO_ENDPOINT: served.url, LOGTO_APP_ID: id, LOGTO_APP_SECRET: secret });
  const session = await openSession({
    endpoint: served.url,
    getToken: () => sender.token('all'),
    forgetToken: () => {},
    getObstacles: async () => (tokenType, text) => obstacleOf(newest, tokenType, text),
    storedByRun: (asWritten) => storedBy(loadCases(), asWritten),
    allowOverwrite: true,
    asWritten: true,
    cases: 1,
    log: () => {},
  });
  const target = await openRecordedTenant(sender, { folder, release: '1.43' }, session.begin);
  const named = (name: string): Case => loadCases().find((contract) => contract.name === name) as Case;
  const granted = named('Client credentials in the form are granted the scope all');
  const { after } = await target.exchange(denying);
  expect((await send(sender, granted)).body).toMatchObject({ code: 'oidc.access_denied' });
  const refused = await target.exchange({
    ...named('PATCH with a token without the permission is 403'),
    given: after as Case['given'],
  });
  expect(refused.status).toBe(403);
  // No customizer is given there: the script that denies is deleted before a token is requested.
  expect((await target.exchange(granted)).status).toBe(200);
  await target.exchange(denying);
  await target.close();
  await session.restore(target.left?.() ?? { lastSeen: {}, foreign: [], isCut: true });
  await session.release();
  expect(tenant.customizers).toEqual({});
});
