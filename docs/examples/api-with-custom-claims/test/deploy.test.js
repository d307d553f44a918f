import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect } from 'vitest';
import { deploy } from '../src/deploy.js';
import { test } from './tenant.js';

const run = promisify(execFile);

describe('deploy', () => {
  test('stores script and plans, and leaves the other customizer as it is', async ({ tenant }) => {
    const other = { script: 'const getCustomJwtClaims = async () => ({});' };
    await tenant.customizers.put('access-token', other);
    const answer = await deploy(tenant.customizers, { shop: 'pro' });
    await expect(answer).toSatisfyContract('UpsertJwtCustomizer', 'client-credentials');
    expect(tenant.state()).toEqual({
      'access-token': other,
      'client-credentials': {
        script: expect.stringContaining('getCustomJwtClaims'),
        environmentVariables: { PLANS: '{"shop":"pro"}' },
      },
    });
  });

  test('is a command that can be run twice', async ({ tenant }) => {
    const env = {
      ...process.env,
      LOGTO_ENDPOINT: tenant.url,
      LOGTO_APP_ID: 'shop',
      LOGTO_APP_SECRET: 'secret-of-shop',
      PLANS: '{"shop":"pro"}',
    };
    const command = /** @type {const} */ ([process.execPath, ['src/main.js'], { env }]);
    expect((await run(...command)).stdout).toBe('created\n');
    expect((await run(...command)).stdout).toBe('replaced\n');
    expect(tenant.requests().filter(({ method }) => method === 'PUT')).toHaveLength(4);
  });

  test('would be refused with a script that is no text, as a tenant refuses it', async ({ tenant }) => {
    const response = await fetch(`${tenant.url}/api/configs/jwt-customizer/client-credentials`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${await tenant.token()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ script: 1 }),
    });
    expect(response.status).toBe(400);
    await expect(response).toSatisfyContract('UpsertJwtCustomizer', 'client-credentials');
  });
});
