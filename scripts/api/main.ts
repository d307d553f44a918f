/**
 * Generates the API reports (`docs/api/*.api.md`) and the API page (`docs/api.md`) from the declarations in `dist/`.
 *
 *     node scripts/api/main.ts            writes
 *     node scripts/api/main.ts --check    compares, shows the differences, and exits with 1 if there are any
 */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { makePage } from './page.ts';
import { makeReports } from './report.ts';

const root = resolve(import.meta.dirname, '../..');
const reportFolder = join(root, 'docs/api');

const files: Record<string, string> = { ...(await makeReports()), 'docs/api.md': await makePage() };
const orphans = (await readdir(reportFolder).catch(() => []))
  .map((name) => `docs/api/${name}`)
  .filter((path) => files[path] === undefined);

/** Prints the differences of a file with git. */
const differs = (present: string, made: string): boolean =>
  spawnSync('git', ['diff', '--no-index', '--no-color', present, made], { stdio: 'inherit' }).status !== 0;

if (process.argv.includes('--check')) {
  const folder = await mkdtemp(join(tmpdir(), 'api-'));
  const stale = [...orphans];
  for (const [path, text] of Object.entries(files)) {
    const made = join(folder, basename(path));
    await writeFile(made, text);
    if (differs(join(root, path), made)) stale.push(path);
  }
  await rm(folder, { recursive: true });
  if (stale.length > 0) {
    console.error(
      `The public API differs from ${stale.join(', ')}. If the change is intended, run \`npm run regenerate\` and add a changeset.`,
    );
    process.exit(1);
  }
  console.log('the public API matches its reports');
} else {
  await mkdir(reportFolder, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    if ((await readFile(join(root, path), 'utf8').catch(() => undefined)) === text) continue;
    await writeFile(join(root, path), text);
    console.log(`wrote ${path}`);
  }
  for (const path of orphans) await rm(join(root, path));
}
