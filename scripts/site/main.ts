/**
 * Builds the documentation site from the repository into `site/` and checks its links. First installs its dependencies in
 * this folder.
 *
 *     node scripts/site/main.ts
 *
 * `DOCS_BASE` is the base path of the site (default `/`), `DOCS_URL` the URL of its host.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { installBeside } from '../install.ts';
import { checkLinks } from './check-links.ts';
import { writeContent } from './content.ts';
import { root } from './pages.ts';

const here = import.meta.dirname;
const base = `/${(process.env['DOCS_BASE'] ?? '').replace(/^\/|\/$/g, '')}/`.replace('//', '/');
const { NODE_ENV: _, ...own } = process.env;
const env = { ...own, ASTRO_TELEMETRY_DISABLED: '1', DOCS_BASE: base };
const run = (command: string, args: string[]): void => {
  execFileSync(command, args, { cwd: here, env, stdio: 'inherit' });
};

await installBeside(here);
try {
  console.log(`${writeContent(join(here, 'src/content'), base)} pages from the repository`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
run(process.execPath, ['node_modules/astro/bin/astro.mjs', 'build', '--silent']);

const output = join(root, 'site');
const dead = await checkLinks(output, base);
for (const line of dead) console.error(line);
if (dead.length > 0) process.exit(1);
console.log(`${output}: no broken links`);
