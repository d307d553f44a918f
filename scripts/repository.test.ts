/** package.json has the owner of the repository, and every other mention of it matches. */
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { repository } from './repository.ts';

const root = resolve(import.meta.dirname, '..');
const owned = new URL(repository).pathname.slice(1);
const [, name = ''] = owned.split('/');

const files = globSync(
  [
    '*.md',
    '*.yml',
    'docs/**/*.md',
    '.github/**/*.yml',
    '.changeset/*.md',
    'src/**/*.ts',
    'scripts/site/src/**/*.*',
  ],
  { cwd: root, exclude: ['**/node_modules/**', 'scripts/site/src/content/**'] },
);

test('homepage and bugs belong to the repository', () => {
  expect(owned).toMatch(/^[\w.-]+\/[\w.-]+$/);
  expect(manifest.homepage).toBe(`${repository}#readme`);
  expect(manifest.bugs).toBe(`${repository}/issues`);
});

test('every mention of the repository has its owner', () => {
  const named = files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const found = text.matchAll(new RegExp(`(?:github\\.com/|uses: )([\\w.-]+/${name})(?![\\w-])`, 'g'));
    return [...found].map(([, other]) => ({ file, other }));
  });
  expect(named.map(({ file }) => file)).toContain('docs/ci.md');
  const wrong = named.filter(({ other }) => other !== owned);
  expect(wrong, `write ${owned}, as in repository.url of package.json`).toEqual([]);
});
