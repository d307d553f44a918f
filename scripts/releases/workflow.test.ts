/** The workflow that tries the newest release: its scripts are run, with stand-ins for `node` and `gh`. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';

interface Job {
  needs?: string;
  if?: string;
  permissions: Record<string, string>;
  outputs?: Record<string, string>;
  steps: { id?: string; if?: string; uses?: string; run?: string; env?: Record<string, string> }[];
}

const path = resolve(import.meta.dirname, '../../.github/workflows/newest-release.yml');
const workflow = parse(readFileSync(path, 'utf8')) as {
  on: { schedule: { cron: string }[]; workflow_dispatch: null };
  permissions: object;
  jobs: { compare: Job; issue: Job };
};
const { compare, issue } = workflow.jobs;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'workflow-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** A command that writes down how it was called, and then does what the lines say. */
const standIn = (command: string, ...lines: string[]): void => {
  const text = ['#!/bin/bash', `printf '%s\\n' "$*" >> calls`, ...lines].join('\n');
  writeFileSync(join(folder, command), text);
  chmodSync(join(folder, command), 0o755);
};

/** Runs a script as GitHub does. */
const run = (script = '', env: Record<string, string> = {}) =>
  spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: `${folder}${delimiter}${process.env['PATH']}`,
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      ...env,
    },
  });

test('runs each week and when asked; only the job that writes the issue may write, and it runs nothing of ours', () => {
  expect(workflow.on.schedule).toEqual([{ cron: expect.stringMatching(/^\d+ \d+ \* \* \d$/) }]);
  expect(workflow.on).toHaveProperty('workflow_dispatch');
  expect(workflow.permissions).toEqual({});
  expect(compare.permissions).toEqual({ contents: 'read' });
  expect(issue.permissions).toEqual({ issues: 'write' });
  expect(issue.steps.map(({ uses }) => uses?.split('@')[0])).toEqual([
    'actions/download-artifact',
    undefined,
  ]);
});

describe('the comparison', () => {
  const step = compare.steps.find(({ id }) => id === 'compare');

  test('that finds nothing opens nothing', () => {
    standIn('node');
    expect(run(step?.run).status).toBe(0);
    expect(read('calls')).toBe('scripts/releases/newest.ts --output issue.md\n');
    expect(existsSync(join(folder, 'output'))).toBe(false);
  });

  test('that finds something hands the issue on', () => {
    standIn('node', 'echo "# What differs" > issue.md');
    expect(run(step?.run).status).toBe(0);
    expect(read('output')).toBe('differs=true\n');
    expect(read('summary')).toBe('# What differs\n');
    expect(compare.outputs?.['differs']).toContain('{{ steps.compare.outputs.differs }}');
    expect(issue.needs).toBe('compare');
    expect(issue.if).toBe("needs.compare.outputs.differs == 'true'");
  });

  test('that fails fails the job', () => {
    standIn('node', 'exit 1');
    expect(run(step?.run).status).toBe(1);
  });
});

describe('the issue', () => {
  const { run: script, env = {} } = issue.steps[1] ?? {};
  const { LABEL = '', TITLE = '' } = env;
  const listing = `issue list --state open --label ${LABEL} --limit 1 --json number --jq .[0].number // empty`;

  test('is opened when there is none', () => {
    standIn('gh');
    expect(run(script, { LABEL, TITLE }).status).toBe(0);
    const calls = read('calls').trim().split('\n');
    expect(calls.slice(1)).toEqual([
      listing,
      `issue create --title ${TITLE} --label ${LABEL} --body-file issue.md`,
    ]);
    expect(calls[0]).toMatch(/^label create newest-release --force /);
  });

  test('is brought up to date when there is one', () => {
    standIn('gh', 'if [ "$2" = list ]; then echo 17; fi');
    expect(run(script, { LABEL, TITLE }).status).toBe(0);
    expect(read('calls').trim().split('\n').slice(1)).toEqual([
      listing,
      `issue edit 17 --title ${TITLE} --body-file issue.md`,
    ]);
  });

  test('is not opened twice because the open ones could not be listed', () => {
    standIn('gh', 'if [ "$2" = list ]; then exit 1; fi');
    expect(run(script, { LABEL, TITLE }).status).toBe(1);
    expect(read('calls')).not.toContain('issue create');
  });
});
