import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from './folder.test-helper.ts';
import { assertCommitted, commitOf, isIgnored } from './git.ts';

const author = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
const repositoryWith = (
  files: Record<string, string>,
): { folder: string; git(...args: string[]): string } => {
  const folder = folderWith(files);
  const git = (...args: string[]): string =>
    execFileSync('git', [...author, ...args], { cwd: folder, encoding: 'utf8' }).trim();
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message=all');
  return { folder, git };
};

test('the commit, dirty when a tracked file in the folder differs', async () => {
  const { folder, git } = repositoryWith({ 'claims/a.ts': '1', 'b.ts': '1' });
  const hash = git('rev-parse', 'HEAD').slice(0, 7);
  writeFileSync(join(folder, 'claims/new.ts'), '1');
  writeFileSync(join(folder, 'b.ts'), '2');
  expect(await commitOf(join(folder, 'claims'), { GITHUB_SHA: 'f'.repeat(40) })).toBe(hash);
  expect(await commitOf(folder)).toBe(`${hash}-dirty`);
});

test('without a repository, the commit of GitHub Actions', async () => {
  const folder = folderWith();
  expect(await commitOf(folder, { GITHUB_SHA: `abcdef0${'1'.repeat(33)}` })).toBe('abcdef0');
  expect(await commitOf(folder, { GITHUB_SHA: '*/ planted' })).toBeUndefined();
  expect(await commitOf(folder, {})).toBeUndefined();
});

test('only content that git can bring back may be overwritten', async () => {
  const { folder } = repositoryWith({
    'a.ts': '1',
    'b[1].ts': '1',
    'b1.ts': '1',
    'gone.ts': '1',
    '.gitignore': '.env*\n',
  });
  const path = (name: string): string => join(folder, name);
  writeFileSync(path('b1.ts'), '2');
  rmSync(path('gone.ts'));
  await assertCommitted(['a.ts', 'b[1].ts', 'gone.ts', 'never.ts'].map(path));
  writeFileSync(path('a.ts'), '2');
  writeFileSync(path('new.ts'), '1');
  writeFileSync(path('.env'), 'A=1');
  const outside = join(folderWith({ 'a.ts': '1' }), 'a.ts');
  await expect(assertCommitted([...['a.ts', 'new.ts', '.env'].map(path), outside])).rejects.toThrow(
    `${path('a.ts')} has uncommitted changes\n${path('new.ts')} is untracked\n${path('.env')} is untracked\n${outside} is in no git repository\nThe content would be lost`,
  );
});

test('a tracked file is not ignored, whatever .gitignore has', async () => {
  const { folder, git } = repositoryWith({ '.gitignore': '.env*\n' });
  expect(await isIgnored(join(folder, '.env.production'))).toBe(true);
  expect(await isIgnored(join(folder, 'a.ts'))).toBe(false);
  writeFileSync(join(folder, '.env.staging'), 'A=1');
  git('add', '--force', '.env.staging');
  expect(await isIgnored(join(folder, '.env.staging'))).toBe(false);
  expect(await isIgnored(join(folderWith(), '.env'))).toBe(true);
});
