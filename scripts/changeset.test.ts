/** Which pull requests `npm run check:changeset` refuses, and how a release uses a changeset. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
let folder: string;
const run = (file: string, ...args: string[]): { status: number | null; output: string } => {
  const { status, stdout, stderr } = spawnSync(file, args, { cwd: folder, encoding: 'utf8' });
  return { status, output: stdout + stderr };
};
const git = (...args: string[]): void => {
  const { status, output } = run('git', '-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args);
  if (status !== 0) throw new Error(output);
};
const write = (name: string, text: string): void => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
};
const changeset = (...args: string[]) => run(join(root, 'node_modules/.bin/changeset'), ...args);

/** Creates a repository with the manifest and rules of this one, on a branch without changesets. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'changeset-'));
  for (const name of ['package.json', '.changeset/config.json', 'CHANGELOG.md'])
    cpSync(join(root, name), join(folder, name));
  write('package-lock.json', '{}');
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '--message=main');
  git('checkout', '--quiet', '-b', 'change');
});
afterEach(() => rmSync(folder, { recursive: true }));

const commit = (...names: string[]): void => {
  for (const name of names) write(name, 'changed');
  git('add', '.');
  git('commit', '--quiet', '--message=change');
};
const words = `---\n'logto-jwt-customizer': minor\n---\n\nWords to users.\n`;

describe('a change', () => {
  test.each(['src/client/client.ts', 'src/cli/main.ts', 'generated/types.d.ts'])(
    'of %s without a changeset is refused',
    (name) => {
      commit(name);
      const { status, output } = changeset('status', '--since=main');
      expect(output).toContain('no changesets were found');
      expect(status).toBe(1);
    },
  );

  test('with a changeset is accepted', () => {
    write('.changeset/words.md', words);
    commit('src/client/client.ts');
    expect(changeset('status', '--since=main').status).toBe(0);
  });

  test('of files that users do not get needs none', () => {
    commit('README.md', 'scripts/x.ts', 'src/client/client.test.ts', 'src/mock/serve.test-helper.ts');
    commit('generated/version.js', 'src/client/client.test-d.ts', 'src/client/__snapshots__/x.snap');
    expect(changeset('status', '--since=main').status).toBe(0);
  });
});

test('a release moves the text into the changelog and raises the version', () => {
  write('.changeset/words.md', words);
  commit('src/client/client.ts');
  const { version: before } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  expect(changeset('version').status).toBe(0);
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  expect(version).not.toBe(before);
  const changelog = readFileSync(join(folder, 'CHANGELOG.md'), 'utf8');
  expect(changelog).toMatch(new RegExp(`## ${version}\n[^]*Words to users\\.\n[^]*## 0\\.1\\.0\n`));
});
