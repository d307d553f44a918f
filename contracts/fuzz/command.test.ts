/** The command `contract --fuzz`. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../scripts/temporary.test-helper.ts';
import { json } from '../../src/tenant/index.ts';
import { main, runContractCommand } from '../conforming/command.ts';
import { isWrite, type Opened, start } from './tenant.test-helper.ts';

describe('the command', () => {
  const state = temporaryFolder();
  const run = ({ served }: Opened, args: string[], preload?: URL) =>
    runContractCommand({ served, state, args, ...(preload && { preload }) }).ended;

  test('prints the seed and the counts with the table, and restores everything', async () => {
    const opened = await start();
    const { code, output } = await run(opened, ['--fuzz', '3', '--fuzz-seed=-7', '-t', 'fuzz:']);
    expect(output).toContain('Fuzz: seed -7; --fuzz-seed -7 repeats it.');
    expect(output).toMatch(/^fuzz +✓ 1$/m);
    expect(output).toMatch(/^seed -7: 3 sequences, \d+ steps, 0 inconclusive$/m);
    expect(code).toBe(0);
    expect(opened.tenant.customizers).toEqual({});
  });

  test('exits with 1 and includes the failure in every report', async () => {
    const opened = await start({ rules: { merge: (_stored, sent) => sent } });
    const report = join(state, 'junit.xml');
    const reporter = ['--reporter', 'junit', '--outputFile', report];
    const { code } = await run(opened, ['--fuzz', '20', '--fuzz-seed', '1', '-t', 'fuzz:', ...reporter]);
    const xml = readFileSync(report, 'utf8');
    expect(xml).toContain('<failure message="PATCH is a shallow merge (fuzz, seed 1)');
    expect(xml).toContain('As a case, for a file of contracts/cases/:');
    expect(code).toBe(1);
    expect(opened.tenant.customizers).toEqual({});
  });

  test('exits with 3 when it is inconclusive', async () => {
    const opened = await start({
      hook: ({ method }, next) => (isWrite(method) ? json(503, { message: 'tired' }) : next()),
    });
    const { code, output } = await run(opened, ['--fuzz', '3', '--fuzz-seed', '1', '-t', 'fuzz:']);
    expect(output).toContain('no step was conclusive; seed 1: 3 sequences, 0 steps, 3 inconclusive (503 ×3)');
    expect(code).toBe(3);
  });

  test.each([
    [['--fuzz', 'many'], '--fuzz takes a whole number from 1 to 1000000, not many'],
    [['--fuzz'], '--fuzz takes a whole number from 1 to 1000000, not nothing'],
    [['--fuzz', '1', '--fuzz-seed', '1.5'], '--fuzz-seed takes a whole number from -2147483648'],
    [['--fuzz-seed', '1'], '--fuzz-seed requires --fuzz N'],
  ])('refuses %j', async (args, message) => {
    const { code, output } = await run(await start(), args);
    expect(output).toContain(message);
    expect(code).toBe(2);
  });

  test('requires a live tenant', async () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [main, 'contract', '--target', 'mock', '--fuzz', '1'],
      { encoding: 'utf8' },
    );
    expect(stderr).toContain('--fuzz requires a live tenant: add --target tenant, and set LOGTO_ENDPOINT');
    expect(status).toBe(2);
  });

  test('explains in one line how to add fast-check if it is missing', async () => {
    const hooks = `import { registerHooks } from 'node:module';
      registerHooks({ resolve: (name, context, next) => {
        if (name.startsWith('fast-check')) throw new Error('planted');
        return next(name, context);
      } });`;
    const absent = new URL(`data:text/javascript,${encodeURIComponent(hooks)}`);
    const { code, output } = await run(await start(), ['--fuzz', '1'], absent);
    expect(output.trim()).toBe(
      'logto-jwt-customizer: fast-check cannot be found. Install with: npm install --save-dev fast-check',
    );
    expect(code).toBe(2);
  });
});
