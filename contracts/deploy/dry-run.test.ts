/** No list of arguments with `--dry-run` sends a write. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Command } from '../../src/cli/command.ts';
import { diff } from '../../src/cli/diff.ts';
import { init } from '../../src/cli/init.ts';
import { pull } from '../../src/cli/pull.ts';
import { push } from '../../src/cli/push.ts';
import { rollback } from '../../src/cli/rollback.ts';
import { status } from '../../src/cli/status.ts';
import { isNightly } from '../nightly.ts';
import { createDeploy, old } from './deploy.test-helper.ts';

const commands: Record<string, Command> = { push, rollback, status, diff, pull, init };

const deploy = createDeploy();
/** The backup of a push that was killed, which the next command without `--dry-run` undoes. */
let interrupted: { path: string; text: string };
let printed = '';

beforeAll(async () => {
  const customizers = {
    'access-token': { script: 'claims/access-token.js', environmentVariables: ['PLAN'] },
  };
  await deploy.start({ declared: { release: '1.43', customizers } });
  const { env, url } = deploy.served;
  vi.stubEnv('XDG_STATE_HOME', deploy.state);
  for (const [name, value] of Object.entries({ ...env, LOGTO_ENDPOINT: url })) vi.stubEnv(name, value);
  vi.spyOn(process, 'cwd').mockReturnValue(deploy.folder);
  for (const method of ['log', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((line) => {
      printed += `${line}\n`;
    });
  // Each command waits for signals, and for its output to break.
  for (const emitter of [process, process.stdout, process.stderr]) emitter.setMaxListeners(0);
  await diff.run(['--out', join(deploy.folder, 'plan.json')]);
  const run = deploy.run(['push', '--yes']);
  deploy.served.setHook(async ({ method }, next) => {
    if (method === 'PUT') run.child.kill('SIGKILL');
    return next();
  });
  await run.ended;
  deploy.served.setHook(undefined);
  const path = deploy.pathOf(deploy.files().find((name) => /^[0-9a-f]+\.json$/.test(name)) ?? '');
  interrupted = { path, text: readFileSync(path, 'utf8') };
  rmSync(dirname(path), { recursive: true });
});
afterAll(() => deploy.reset());

const config = join(deploy.folder, 'logto.config.mts');
const argument = fc.constantFrom(
  ...['--yes', '--force', '--dry-run', '--dry-run=false', '--no-dry-run', '--yes=true', '-y', '--'],
  ...['-t', 'staging', '--tenant=staging', '-tstaging', '-c', config, `--config=${config}`],
  ...['plan.json', join(deploy.folder, 'plan.json'), '--to', '--json', '--markdown', '--out', ''],
);
/** Those that push takes, so that most lists reach the tenant. */
const good = fc.constantFrom(['--yes'], ['--force'], ['-t', 'staging'], ['-c', config], ['--dry-run']);
const lists = fc.oneof(
  fc.tuple(fc.constantFrom(...Object.keys(commands)), fc.array(argument, { maxLength: 6 })),
  fc.tuple(
    fc.constant('push'),
    fc.array(good, { maxLength: 4 }).map((all) => all.flat()),
  ),
);

test('no list of arguments with --dry-run sends a write, or undoes an interrupted push', async () => {
  await fc.assert(
    fc.asyncProperty(lists, fc.nat(), fc.boolean(), async ([name, others], at, isInterrupted) => {
      const args = others.toSpliced(at % (others.length + 1), 0, '--dry-run');
      await deploy.tenant.reset(old as never);
      rmSync(dirname(interrupted.path), { recursive: true, force: true });
      mkdirSync(dirname(interrupted.path), { recursive: true, mode: 0o700 });
      if (isInterrupted) writeFileSync(interrupted.path, interrupted.text, { mode: 0o600 });
      const left = readdirSync(dirname(interrupted.path));
      const { put, patch, delete: deleted } = { ...deploy.served.counts };
      await commands[name]?.run(args).catch((error: Error) => {
        printed += `${error.message}\n`;
      });
      expect(deploy.served.counts).toMatchObject({ put, patch, delete: deleted });
      expect(readdirSync(dirname(interrupted.path))).toEqual(left);
    }),
    { numRuns: isNightly ? 1000 : 40 },
  );
  // Many came as far as the question.
  expect(printed.match(/would push/g)?.length).toBeGreaterThan(10);
}, 600_000);
