/** Runs the scripts of the workflow that tests the newest release, with stand-ins for `node` and `gh`. */
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRunner, type Runner, readWorkflow, stepOf } from '../workflows.test-helper.ts';

const { on, permissions, jobs } = readWorkflow('newest-release.yml');
const { compare, issue } = jobs;

let runner: Runner;
beforeEach(() => {
  runner = createRunner(['.', process.env['PATH']].join(delimiter));
});
afterEach(() => runner.remove());

const calls = (): string[] => readFileSync(join(runner.folder, 'calls'), 'utf8').trim().split('\n');

/** A command that records its arguments and then runs the lines. */
const standIn = (command: string, ...lines: string[]): void => {
  const text = ['#!/bin/bash', `printf '%s\\n' "$*" >> calls`, ...lines].join('\n');
  const file = join(runner.folder, command);
  writeFileSync(file, text);
  chmodSync(file, 0o755);
};

test('runs each week and on request; only the job that writes the issue has write permission, and it runs none of our code', () => {
  expect(on['schedule']).toEqual([{ cron: expect.stringMatching(/^\d+ \d+ \* \* \d$/) }]);
  expect(on).toHaveProperty('workflow_dispatch');
  expect(permissions).toEqual({});
  expect(compare?.permissions).toEqual({ contents: 'read' });
  expect(issue?.permissions).toEqual({ issues: 'write' });
  expect(issue?.steps?.map(({ uses }) => uses?.split('@')[0])).toEqual([
    'actions/download-artifact',
    undefined,
  ]);
});

describe('the comparison', () => {
  const step = stepOf(compare?.steps, 'Compare');

  test('opens no issue if there is no difference', async () => {
    standIn('node');
    expect(await runner.run(step)).toMatchObject({ code: 0, outputs: {} });
    expect(calls()).toEqual(['scripts/releases/newest.ts --output issue.md']);
  });

  test('passes the issue on if there is a difference', async () => {
    standIn('node', 'echo "# What differs" > issue.md');
    expect(await runner.run(step)).toMatchObject({
      code: 0,
      outputs: { differs: 'true' },
      summary: '# What differs\n',
    });
    expect(compare?.outputs?.['differs']).toContain('{{ steps.compare.outputs.differs }}');
    expect(issue?.needs).toBe('compare');
    expect(issue?.if).toBe("needs.compare.outputs.differs == 'true'");
  });

  test('fails the job if it fails', async () => {
    standIn('node', 'exit 1');
    expect((await runner.run(step)).code).toBe(1);
  });
});

describe('the issue', () => {
  const step = stepOf(issue?.steps, 'Open or update the issue');
  const { LABEL = '', TITLE = '' } = step?.env ?? {};
  const listing = `issue list --state open --label ${LABEL} --limit 1 --json number --jq .[0].number // empty`;

  test('is opened if there is none', async () => {
    standIn('gh');
    expect((await runner.run(step, { LABEL, TITLE })).code).toBe(0);
    expect(calls().slice(1)).toEqual([
      listing,
      `issue create --title ${TITLE} --label ${LABEL} --body-file issue.md`,
    ]);
    expect(calls()[0]).toMatch(/^label create newest-release --force /);
  });

  test('is updated if there is one', async () => {
    standIn('gh', 'if [ "$2" = list ]; then echo 17; fi');
    expect((await runner.run(step, { LABEL, TITLE })).code).toBe(0);
    expect(calls().slice(1)).toEqual([listing, `issue edit 17 --title ${TITLE} --body-file issue.md`]);
  });

  test('is not opened again if the open ones cannot be listed', async () => {
    standIn('gh', 'if [ "$2" = list ]; then exit 1; fi');
    expect((await runner.run(step, { LABEL, TITLE })).code).toBe(1);
    expect(calls().join()).not.toContain('issue create');
  });
});
