import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { test } from './tenant.js';

const run = promisify(execFile);

// It starts npm twice, which takes longer than vitest's 5 seconds on a busy machine.
test('npm run deploy stores both scripts, and can run again', { timeout: 60_000 }, async ({ tenant }) => {
  const env = {
    ...process.env,
    LOGTO_ENDPOINT: tenant.url,
    LOGTO_APP_ID: 'shop',
    LOGTO_APP_SECRET: 'secret-of-shop',
    PLANS: '{"shop":"pro"}',
    // Where push keeps what it replaces.
    XDG_STATE_HOME: await mkdtemp(join(tmpdir(), 'state-')),
  };
  const deploy = () => run('npm', ['run', '--silent', 'deploy', '--', '--yes'], { env });
  expect((await deploy()).stdout).toBe('production  pushed\n');
  expect(tenant.state()).toEqual({
    'access-token': { script: expect.stringContaining('customData') },
    'client-credentials': {
      script: expect.stringContaining('plans[token.clientId]'),
      environmentVariables: { PLANS: '{"shop":"pro"}' },
    },
  });
  expect((await deploy()).stdout).toBe('production  unchanged\n');
});
