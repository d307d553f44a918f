/** The permissions of the workflows and the action, and whether GitHub accepts them. */
import { spawnSync } from 'node:child_process';
import { validate } from '@actions/languageservice';
import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parse } from 'yaml';
import { files, readAction, readText, readWorkflow, type Workflow } from './workflows.test-helper.ts';

const names = files.flatMap((file) => file.match(/workflows\/(.*)/)?.[1] ?? []);
const workflows = names.map((name) => ({ name, workflow: readWorkflow(name) }));
const action = readAction();
const jobs = workflows.flatMap(({ name, workflow }) =>
  Object.entries(workflow.jobs).map(([job, body]) => ({ name: `${name}: ${job}`, workflow, job: body })),
);
const steps = [
  ...jobs.flatMap(({ name, job }) => (job.steps ?? []).map((step) => ({ name, step }))),
  ...action.runs.steps.map((step) => ({ name: 'action.yml', step })),
];
const scripts = steps.flatMap(({ name, step: { name: title = '', run } }) =>
  run === undefined ? [] : [{ name: `${name}: ${title || run}`, run }],
);

let asked = 0;

/** The problems that GitHub's language service reports for a file. It caches files by name, so each call uses a new name. */
const problemsOf = async (file: string, text: string): Promise<string[]> => {
  asked += 1;
  const found = await validate(TextDocument.create(`file:///${asked}/${file}`, 'yaml', 1, text));
  return found.map(({ message, range }) => `${range.start.line + 1}: ${message}`);
};

test.each(files)('%s is what GitHub takes', async (file) => {
  expect(await problemsOf(file, readText(file))).toEqual([]);
});

test.each([
  ['action.yml', 'using: composite', 'using: composed'],
  ['action.yml', 'inputs.app-id', 'inptus.app-id'],
  ['.github/workflows/contract.yml', 'queue: max', 'queue: all'],
  ['.github/workflows/contract.yml', 'strategy.job-total', 'stratgy.job-total'],
  ['.github/workflows/contract.yml', 'needs: [offline, tenant]', 'needs: [offline, tenants]'],
])('an error that GitHub would report is detected in %s: %s as %s', async (file, right, wrong) => {
  const text = readText(file);
  expect(text).toContain(right);
  expect(await problemsOf(file, text.replaceAll(right, wrong))).not.toEqual([]);
});

test.each(scripts)('bash can read the script of $name', ({ run }) => {
  const { status, stderr } = spawnSync('bash', ['-n'], { input: run, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
});

test('every action is pinned by commit, with its release in a comment', () => {
  const lines = files
    .flatMap((file) => readText(file).split('\n'))
    .filter((line) => /^\s*(- )?uses:/.test(line));
  const uses = [...steps.map(({ step }) => step.uses), ...jobs.map(({ job }) => job.uses)].filter(Boolean);
  expect(uses.length).toBeGreaterThan(0);
  expect(lines).toHaveLength(uses.length);
  for (const line of lines) expect(line).toMatch(/uses: [\w.-]+(\/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test('each action has the same commit everywhere', () => {
  const commits = new Map<string, Set<string>>();
  for (const { step } of steps) {
    const [used = '', commit = ''] = step.uses?.split('@') ?? [];
    if (used !== '') commits.set(used, (commits.get(used) ?? new Set()).add(commit));
  }
  for (const [used, found] of commits) expect([used, found.size]).toEqual([used, 1]);
});

test.each(jobs)('$name has no right that it does not name, and ends', ({ workflow, job }) => {
  const rights = job.permissions ?? workflow.permissions;
  expect(rights).toBeTypeOf('object');
  for (const [right, access] of Object.entries(rights as object))
    expect(['contents: read', 'id-token: write', 'issues: write', 'pages: write']).toContain(
      `${right}: ${access}`,
    );
  expect(job['timeout-minutes']).toBeLessThanOrEqual(45);
});

test('no checkout persists its token', () => {
  const checkouts = steps.filter(({ step }) => step.uses?.startsWith('actions/checkout@'));
  expect(checkouts.length).toBeGreaterThan(0);
  for (const { name, step } of checkouts)
    expect([name, step.with?.['persist-credentials']]).toEqual([name, false]);
});

test('no script contains an expression, which could inject code', () => {
  for (const { run } of scripts) expect(run).not.toContain('${{');
});

test('only one job writes issues', () => {
  const writing = jobs.filter(({ job }) => Object.hasOwn(Object(job.permissions), 'issues'));
  expect(writing.map(({ name }) => name)).toEqual(['newest-release.yml: issue']);
});

describe('the release', () => {
  const { gate, build, publish } = readWorkflow('release.yml').jobs;

  test('is built by a job with read-only permissions, and published by the job with permission to publish', () => {
    expect(build?.permissions).toEqual({ contents: 'read' });
    expect(publish?.permissions).toEqual({ 'id-token': 'write' });
    expect(publish?.environment).toBe('npm');
    expect(publish?.needs).toBe('build');
    const publishing = jobs.filter(({ job, workflow }) =>
      Object.hasOwn((job.permissions ?? workflow.permissions) as object, 'id-token'),
    );
    expect(publishing.map(({ name }) => name)).toEqual(['docs.yml: publish', 'release.yml: publish']);
  });

  test('passes CI, and is packed where no install script has run', () => {
    expect(gate?.steps?.map(({ run }) => run)).toContain('.ci/run');
    expect(gate?.permissions).toEqual({ contents: 'read' });
    expect(build?.needs).toBe('gate');
    const commands = build?.steps?.flatMap(({ run = [] }) => run) ?? [];
    expect(commands).toHaveLength(4);
    expect(commands[2]).toBe('npm ci --ignore-scripts --no-audit --no-fund');
    expect(commands[3]).toContain('npm pack --pack-destination release');
  });

  test('uses no cache that others can write', () => {
    for (const { step } of steps.filter(({ name }) => name.startsWith('release.yml')))
      if (step.uses?.startsWith('actions/setup-node@')) {
        expect(step.with?.['cache']).toBeUndefined();
        expect(step.with?.['package-manager-cache']).toBe(false);
      }
  });

  test('is published as it was built, without running any of its code', () => {
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

/** The steps that have access to a secret, by purpose. */
const seeing = (found: { uses?: string; name?: string; env?: object; with?: object }[], secret: string) =>
  found
    .filter((step) => JSON.stringify([step.env, step.with]).includes(secret))
    .map(({ name, uses }) => name ?? uses);

describe('reusable parts', () => {
  const workflow = readWorkflow('contract.yml');
  const { offline, tenant, report } = workflow.jobs;
  const call = workflow.on['workflow_call'] as { inputs: object; secrets?: object };

  test('the action has three inputs, the workflow three others', () => {
    expect(Object.entries(action.inputs).map(([name, { required }]) => [name, required])).toEqual([
      ['endpoint', true],
      ['app-id', true],
      ['app-secret', true],
    ]);
    expect(Object.keys(call.inputs)).toEqual(['tenants', 'shards', 'version']);
  });

  test('the workflow has no permissions, can only be called, and needs no file of this repository', () => {
    expect(workflow.permissions).toEqual({});
    expect(Object.keys(workflow.on)).toEqual(['workflow_call']);
    for (const { uses = '' } of Object.values(workflow.jobs).flatMap(({ steps: own = [] }) => own))
      expect(uses).toMatch(/^$|^actions\/(setup-node|upload-artifact|download-artifact)@/);
  });

  test('secrets are passed by name to two steps, never all at once', () => {
    expect(call.secrets).toBeUndefined();
    const used = ['Check the inputs', 'Run the suite'];
    expect(seeing(tenant?.steps ?? [], 'secrets[')).toEqual(used);
    expect(seeing(action.runs.steps, 'inputs.app-secret')).toEqual(used);
    for (const file of files) expect(readText(file)).not.toMatch(/toJSON\(\s*secrets/i);
    for (const other of [offline, report]) expect(JSON.stringify(other)).not.toContain('secrets');
  });

  test('two runs never use one tenant at once, none is dropped, and the cases of a run are not split', () => {
    expect(tenant?.concurrency).toEqual({
      group: expect.stringContaining('{{ matrix.tenant.endpoint }}'),
      'cancel-in-progress': false,
      queue: 'max',
    });
    expect(Object.keys(tenant?.strategy?.matrix ?? {})).toEqual(['tenant']);
    expect(JSON.stringify(tenant)).not.toContain('--shard');
    expect(offline?.steps?.map(({ run }) => run).join()).toContain(
      '--target prism --target mock --target recordings --shard',
    );
  });

  test('a failing run does not cancel the others, and the report comes last', () => {
    for (const job of [offline, tenant]) expect(job?.strategy?.['fail-fast']).toBe(false);
    expect(report?.needs).toEqual(['offline', 'tenant']);
    expect(report?.if).toContain('{{ !cancelled() }}');
  });

  test('a signal reaches the suite itself, and separate steps write the summary', () => {
    const running = scripts.filter(({ run }) => / contract /.test(run));
    expect(running).toHaveLength(4);
    for (const { run } of running)
      expect(run).toMatch(/^unset GITHUB_STEP_SUMMARY\nexec \S+( src\/cli\/main.ts)? contract /);
  });

  test('one package is installed by its exact version, and its dependencies from its own lockfile', () => {
    const installing = scripts.filter(
      ({ name, run }) => /^(contract|action)\.yml/.test(name) && run.includes('npm '),
    );
    expect(installing).toHaveLength(4);
    const commands = installing.map(({ run }) =>
      run.split('\n').filter((line) => line !== '' && !line.startsWith('VERSION=')),
    );
    for (const lines of commands)
      expect(lines).toEqual([
        'mkdir -p "$RUNNER_TEMP/suite"',
        'cd "$RUNNER_TEMP/suite"',
        'tar -xzf "$(npm pack --silent "logto-jwt-customizer@$VERSION")"',
        'cp package/scripts/ci/package.json package/scripts/ci/package-lock.json .',
        'npm ci --ignore-scripts --no-audit --no-fund --loglevel=error',
        'mv package node_modules/logto-jwt-customizer',
        'ln -s ../logto-jwt-customizer/dist/src/cli/main.js node_modules/.bin/logto-jwt-customizer',
      ]);
  });

  test('that lockfile has a hash of every package, and only versions that this repository is tested with', () => {
    interface Lock {
      packages: Record<string, { integrity?: string; resolved?: string }>;
    }
    const read = <T>(file: string): T => JSON.parse(readText(file)) as T;
    const own = read<{ dependencies: object; peerDependencies: object }>('package.json');
    const { dependencies } = read<{ dependencies: object }>('scripts/ci/package.json');
    // No workflow needs fast-check, for fuzzing, or Redocly, for comparing documents.
    const needed = new Set(Object.keys({ ...own.dependencies, ...own.peerDependencies }));
    for (const name of ['fast-check', '@redocly/cli', 'acorn', 'amaro', 'eslint-scope']) needed.delete(name);
    expect(new Set(Object.keys(dependencies))).toEqual(needed);
    const [tried, locked] = [read<Lock>('package-lock.json'), read<Lock>('scripts/ci/package-lock.json')];
    const { '': root, ...packages } = locked.packages;
    expect(root).toEqual({ dependencies });
    for (const name of needed) expect(packages).toHaveProperty([`node_modules/${name}`]);
    for (const [name, { integrity, resolved }] of Object.entries(packages)) {
      expect([name, integrity]).toEqual([name, expect.stringMatching(/^sha512-/)]);
      expect([name, integrity, resolved]).toEqual([name, tried.packages[name]?.integrity, undefined]);
    }
  });
});

describe('docs/ci.md', () => {
  const text = readText('docs/ci.md');
  const blocks = [...text.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, block = '']) => block);
  const github = blocks.filter((block) => block.startsWith('# .github/workflows/'));
  const [one, many] = github.map((block) => (parse(block) as Workflow).jobs['contract']);

  test('shows workflows that GitHub accepts', async () => {
    expect(github).toHaveLength(2);
    for (const block of github) expect(await problemsOf('.github/workflows/shown.yml', block)).toEqual([]);
  });

  test('lists the existing inputs', () => {
    expect(Object.keys(one?.steps?.[0]?.with ?? {})).toEqual(Object.keys(action.inputs));
    const { inputs } = readWorkflow('contract.yml').on['workflow_call'] as { inputs: object };
    expect(Object.keys(many?.with ?? {}).sort()).toEqual(Object.keys(inputs).sort());
    expect(one?.steps?.[0]?.uses).toMatch(/^[^@]+@COMMIT$/);
    expect(many?.uses).toMatch(/^[^@]+\/\.github\/workflows\/contract\.yml@COMMIT$/);
    expect(many?.secrets).toBe('inherit');
  });

  test('shows an install from a lockfile for other providers', () => {
    const gitlab = parse(blocks.find((block) => block.startsWith('contract:')) ?? '') as {
      contract: { script: string[] };
    };
    const installing = gitlab.contract.script.filter((line) => /\bnpm\b/.test(line));
    expect(installing).toEqual(['cd contract && npm ci --ignore-scripts']);
  });

  test('shows tenants in the format of the workflow', () => {
    const tenants = JSON.parse(many?.with?.['tenants'] ?? '') as object[];
    const shown = new Set(tenants.flatMap((tenant) => Object.keys(tenant)));
    const read = readText('.github/workflows/contract.yml').matchAll(/matrix\.tenant\.(\w+)/g);
    expect(shown).toEqual(new Set([...read].map(([, name]) => name)));
    expect(JSON.parse(many?.with?.['shards'] ?? '')).toEqual([1, 2]);
  });
});

describe('docs/deploy-in-ci.md', () => {
  const [, shown = ''] = /^```yaml\n(.*?)^```$/ms.exec(readText('docs/deploy-in-ci.md')) ?? [];
  const { jobs: own, permissions } = parse(shown) as Workflow;

  test('shows a workflow that GitHub accepts, with the actions that ours use', async () => {
    expect(await problemsOf('.github/workflows/claims.yml', shown)).toEqual([]);
    const ours = new Set(files.flatMap((file) => readText(file).match(/uses: actions\/.*/g) ?? []));
    const used = shown.match(/uses: .*/g) ?? [];
    expect(used).toHaveLength(10);
    expect(used.filter((line) => !ours.has(line))).toEqual([]);
  });

  test('gives a pull request no access to production, and production to approved pushes of main only', () => {
    expect(permissions).toEqual({});
    expect(
      Object.entries(own).map(([name, { environment, permissions: rights }]) => [name, environment, rights]),
    ).toEqual([
      ['review', 'staging', { contents: 'read', 'pull-requests': 'write' }],
      ['staging', 'staging', { contents: 'read' }],
      ['plan', 'production-plan', { contents: 'read' }],
      ['production', 'production', { contents: 'read' }],
    ]);
    expect([own['staging']?.if, own['plan']?.needs, own['production']?.needs]).toEqual([
      "github.event_name == 'push'",
      'staging',
      'plan',
    ]);
    for (const { run } of Object.values(own).flatMap(({ steps: all = [] }) => all))
      expect(run ?? '').not.toContain('${{');
  });
});

test('every documented command creates credential files that only their owner can read', () => {
  const places = ['README.md', 'docs/ci.md', 'CONTRIBUTING.md', 'compose.yaml', ...files];
  const making = places.flatMap((file) =>
    readText(file)
      .split('\n')
      .filter((line) => /> \S*\.env\b/.test(line)),
  );
  expect(making.length).toBeGreaterThanOrEqual(5);
  for (const line of making) expect(line).toMatch(/\(umask 077 && .* > \S*\.env"?\)/);
});
