/**
 * Builds `dist/`, which mirrors the repository: the compiled `src/` and contract suite, and the files that they read. The
 * client is bundled.
 */
import { execFileSync } from 'node:child_process';
import { chmod, cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { bundleClient } from './bundle-client.ts';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');

await rm(dist, { recursive: true, force: true });
execFileSync(
  process.execPath,
  [join(root, 'node_modules/@typescript/native/bin/tsc'), '-p', 'tsconfig.build.json'],
  { cwd: root, stdio: 'inherit' },
);
/** The recorded scripts, and the other files beside the recordings, are only for our tests. */
const isRead = (path: string): boolean =>
  !/\/(scripts-[\d.]+|more-scripts|arguments)\.jsonl$|\/recordings\/(parity|record|scripts)$/.test(path);
for (const path of [
  'generated',
  'contracts/cases',
  'contracts/rules.json',
  'contracts/recordings',
  'spec/examples/documented',
])
  await cp(join(root, path), join(dist, path), { recursive: true, filter: isRead });
/** The tenants' own OpenAPI documents without whitespace: a quarter of the size when packed. */
const recordings = join(dist, 'contracts/recordings');
for (const name of await readdir(recordings))
  if (name.endsWith('.openapi.json')) {
    const file = join(recordings, name);
    await writeFile(file, JSON.stringify(JSON.parse(await readFile(file, 'utf8'))));
  }
await bundleClient(root, dist);
await chmod(join(dist, 'src/cli/main.js'), 0o755);
