/** What the workflows may do. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}
interface Job {
  permissions?: Record<string, string> | string;
  environment?: string;
  needs?: string;
  uses?: string;
  steps?: Step[];
}
interface Workflow {
  permissions?: Record<string, string> | string;
  jobs: Record<string, Job>;
}

const folder = resolve(import.meta.dirname, '../.github/workflows');
const names = readdirSync(folder);
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const workflows = names.map((name) => ({ name, workflow: parse(read(name)) as Workflow }));
const jobs = workflows.flatMap(({ name, workflow }) =>
  Object.entries(workflow.jobs).map(([job, body]) => ({ name: `${name}: ${job}`, workflow, job: body })),
);
const steps = jobs.flatMap(({ name, job }) => (job.steps ?? []).map((step) => ({ name, step })));

test('every action is pinned by commit, its release beside it', () => {
  const lines = names.flatMap((name) => read(name).split('\n')).filter((line) => /^\s*(- )?uses:/.test(line));
  const uses = [...steps.map(({ step }) => step.uses), ...jobs.map(({ job }) => job.uses)].filter(Boolean);
  expect(uses.length).toBeGreaterThan(0);
  expect(lines).toHaveLength(uses.length);
  for (const line of lines) expect(line).toMatch(/uses: [\w.-]+(\/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test('one action has one commit everywhere', () => {
  const commits = new Map<string, Set<string>>();
  for (const { step } of steps) {
    const [action = '', commit = ''] = step.uses?.split('@') ?? [];
    if (action !== '') commits.set(action, (commits.get(action) ?? new Set()).add(commit));
  }
  for (const [action, found] of commits) expect([action, found.size]).toEqual([action, 1]);
});

test.each(jobs)('$name has no right that it does not name', ({ workflow, job }) => {
  const rights = job.permissions ?? workflow.permissions;
  expect(rights).toBeTypeOf('object');
  for (const [right, access] of Object.entries(rights as object))
    expect(['contents: read', 'id-token: write', 'pages: write']).toContain(`${right}: ${access}`);
});

test('no checkout leaves its token behind', () => {
  const checkouts = steps.filter(({ step }) => step.uses?.startsWith('actions/checkout@'));
  expect(checkouts.length).toBeGreaterThan(0);
  for (const { name, step } of checkouts)
    expect([name, step.with?.['persist-credentials']]).toEqual([name, false]);
});

test('no expression stands in a script, where it could be code', () => {
  for (const { step } of steps) expect(step.run ?? '').not.toContain('${{');
});

describe('the release', () => {
  const { build, publish } = (parse(read('release.yml')) as Workflow).jobs;

  test('is built by a job that may only read, and published by the one that may publish', () => {
    expect(build?.permissions).toEqual({ contents: 'read' });
    expect(publish?.permissions).toEqual({ 'id-token': 'write' });
    expect(publish?.environment).toBe('npm');
    expect(publish?.needs).toBe('build');
    const publishing = jobs.filter(({ job, workflow }) =>
      Object.hasOwn((job.permissions ?? workflow.permissions) as object, 'id-token'),
    );
    expect(publishing.map(({ name }) => name)).toEqual(['docs.yml: publish', 'release.yml: publish']);
  });

  test('passes the gate before it is packed, without a cache that others can write', () => {
    const commands = build?.steps?.map(({ run = '' }) => run) ?? [];
    const gate = commands.indexOf('.ci/run');
    expect(gate).toBeGreaterThan(-1);
    expect(commands.findIndex((run) => run.includes('npm pack'))).toBeGreaterThan(gate);
    for (const { step } of steps.filter(({ name }) => name.startsWith('release.yml')))
      if (step.uses?.startsWith('actions/setup-node@')) {
        expect(step.with?.['cache']).toBeUndefined();
        expect(step.with?.['package-manager-cache']).toBe(false);
      }
  });

  test('is published as it was built, and nothing of it is run', () => {
    const commands = publish?.steps?.flatMap(({ run = [] }) => run) ?? [];
    expect(commands).toEqual([
      'echo "$SHA256  release/$TARBALL" | sha256sum --check',
      'npm publish --provenance --ignore-scripts --access public "./release/$TARBALL"',
    ]);
    expect(
      publish?.steps?.flatMap(({ uses = [] }) => uses).map((uses) => String(uses).split('@')[0]),
    ).toEqual(['actions/setup-node', 'actions/download-artifact']);
  });
});
