/** Tests the packed package in each supported runtime. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, inject, test } from 'vitest';
import { serveTenant } from '../../contracts/conforming/index.ts';
import { createConsumer, toolsNode } from '../package/consumer.test-helper.ts';
import { everyOperation, expected, toolPath } from './tools.test-helper.ts';

const { folder, write, execute, install } = createConsumer();

/** Each with its arguments before the file to run. Deno may only read its credentials and connect to the tenant. */
const runtimes: Record<string, string[]> = {
  'Node 20, the oldest': [toolPath('node-20/bin/node')],
  'Node 22': [toolPath('node-22/bin/node')],
  'Node of the tools': [join(toolsNode, 'node')],
  'Node 26, the newest': [toolPath('node-26/bin/node')],
  Deno: [
    toolPath('.bin/deno'),
    'run',
    '--quiet',
    '--no-prompt',
    '--node-modules-dir=manual',
    '--allow-env=LOGTO_ENDPOINT,LOGTO_APP_ID,LOGTO_APP_SECRET',
    '--allow-net=127.0.0.1',
  ],
  Bun: [toolPath('.bin/bun'), 'run'],
};

beforeAll(async () => {
  await install(inject('tarball'));
  copyFileSync(join(import.meta.dirname, 'exercise.js'), join(folder, 'exercise.js'));
  write(
    'main.js',
    `import process from 'node:process';
import * as api from 'logto-jwt-customizer';
import { exercise } from './exercise.js';
const { LOGTO_ENDPOINT, LOGTO_APP_ID, LOGTO_APP_SECRET } = process.env;
const options = { endpoint: LOGTO_ENDPOINT, clientId: LOGTO_APP_ID, clientSecret: LOGTO_APP_SECRET };
console.log(JSON.stringify(await exercise(api, options)));
`,
  );
}, 300_000);

test.each(Object.entries(runtimes))('%s does every operation', async (_, [command = '', ...args]) => {
  const { env, counts, close } = await serveTenant();
  try {
    const { code, output } = await execute(command, [...args, 'main.js'], {
      env: {
        ...env,
        DENO_NO_UPDATE_CHECK: '1',
        DENO_DIR: join(folder, '.deno'),
      },
    });
    expect(code, output).toBe(0);
    expect(JSON.parse(output)).toEqual(expected);
    expect(counts).toMatchObject(everyOperation);
  } finally {
    await close();
  }
});
