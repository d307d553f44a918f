/** A saved plan is applied exactly, or refused. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDeploy, type Deploy, pushed } from './deploy.test-helper.ts';

let deploy: Deploy;
beforeEach(() => {
  deploy = createDeploy();
});
afterEach(() => deploy.reset());

const run = (...args: string[]) => deploy.run(args).ended;

describe('a plan', () => {
  test('is applied exactly, by another clone of the folder', async () => {
    await deploy.start();
    expect((await run('diff', '--out', 'plan.json')).code).toBe(1);
    deploy.write('claims/access-token.js', 'const getCustomJwtClaims = async () => ({ later: true });');
    const { code } = await run('push', 'plan.json', '--yes');
    expect(code).toBe(0);
    expect(deploy.stored()).toEqual(pushed);
    // A job that runs again.
    const again = await run('push', 'plan.json', '--yes');
    expect(again).toMatchObject({ code: 0, output: expect.stringContaining('nothing to change') });
    const elsewhere = await deploy.run(['push', 'plan.json', '--yes'], {
      env: { LOGTO_TENANT: 'production' },
    }).ended;
    expect(elsewhere.output).toContain('LOGTO_TENANT is production, and the plan is for staging');
    expect(elsewhere.code).toBe(2);
  });

  test('is not made of a script that push would refuse', async () => {
    await deploy.start();
    deploy.write(
      'claims/access-token.js',
      'const getCustomJwtClaims = async () => { throw new Error("no"); };',
    );
    const { code, output } = await run('diff', '--out', 'plan.json');
    expect(output).toContain('claims/access-token.js does not pass check for Logto 1.43.');
    expect(code).toBe(1);
    expect(() => deploy.read('plan.json')).toThrow('ENOENT');
    expect(deploy.writes()).toBe(0);
  });

  test.each([
    {
      what: 'the tenant moved',
      move: () => deploy.changeByHand(),
      message: 'The access-token customizer has changed since the plan was made',
      code: 1,
    },
    {
      what: 'a value changed',
      move: () => deploy.write('.env', 'PLAN=another'),
      message: 'the plan was made with other values of PLAN',
      code: 1,
    },
    {
      what: 'the file was edited',
      move: () => deploy.write('plan.json', deploy.read('plan.json').replace('billing', 'fraud')),
      message: 'its file was changed',
      code: 2,
    },
  ])('is refused when $what', async ({ move, message, code }) => {
    await deploy.start();
    await run('diff', '--out', 'plan.json');
    move();
    const ended = await run('push', 'plan.json', '--yes');
    expect(ended.output).toContain(message);
    expect(ended.code).toBe(code);
    expect(deploy.writes()).toBe(0);
  });
});
