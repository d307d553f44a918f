/**
 * Makes what is under `generated/` from `openapi.yaml`, the format and the page of reports and the version in
 * `package.json`; and the tables of docs/divergences.md and docs/compatibility.md. Only `generated/compatibility.json` has
 * a command of its own: `npm run releases`.
 *
 *     node scripts/generate.ts            writes
 *     node scripts/generate.ts --check    compares, exits with 1 when something is stale or edited by hand
 */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { splitByTokenType } from './by-token-type.ts';
import { compatibilityModule, withCompatibility } from './compatibility-files.ts';
import { divergencesPage } from './divergence-table.ts';
import { makeLaterFields } from './later-fields.ts';
import { makeReportPage } from './report-page.ts';
import { makeReportValidator } from './report-validator.ts';
import { makeValidators } from './validators/make.ts';

const root = resolve(import.meta.dirname, '..');
const bannerFor = (source: string): string =>
  `/* Made by \`npm run generate\` from ${source}. Do not edit. */\n`;
const banner = bannerFor('openapi.yaml');

const bundle = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'generate-'));
  try {
    const output = join(folder, 'openapi.json');
    execFileSync(
      join(root, 'node_modules/.bin/redocly'),
      ['bundle', 'openapi.yaml', '--config', 'scripts/redocly.yaml', '--output', output],
      { cwd: root, env: { ...process.env, REDOCLY_TELEMETRY: 'off' }, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    return `${JSON.stringify(JSON.parse(await readFile(output, 'utf8')), null, 2)}\n`;
  } finally {
    await rm(folder, { recursive: true });
  }
};

const makeTypes = async (document: string): Promise<string> =>
  banner +
  astToString(
    await openapiTS(document, { rootTypes: true, rootTypesNoSchemaPrefix: true, alphabetize: true }),
  );

/** The types for openapi-fetch: `paths`, with each operation written out where it stands. */
const makePaths = async (document: string): Promise<string> => {
  const withoutIds = JSON.parse(document, (key, value) => (key === 'operationId' ? undefined : value));
  const nodes = await openapiTS(withoutIds, { alphabetize: true });
  const paths = nodes.filter((node) => ts.isInterfaceDeclaration(node) && node.name.text === 'paths');
  return `${banner}import type { components } from './types.d.ts';\n\n${astToString(paths)}`;
};

const document = await bundle();
const byTokenType = splitByTokenType(document);
const read = (path: string): Promise<string> => readFile(join(root, path), 'utf8');
/** Made by `npm run releases -- --write`, from the guards of releases that are not installed here. */
const compatibility = await read('generated/compatibility.json');
const modules = {
  ...(await makeValidators(JSON.parse(document), banner)),
  ...makeLaterFields(JSON.parse(document), banner),
  ...(await makeReportValidator(
    JSON.parse(await read('spec/report.schema.json')),
    bannerFor('spec/report.schema.json'),
  )),
  'report/page.html': await makeReportPage(),
  ...compatibilityModule(compatibility, bannerFor('generated/compatibility.json')),
};
const { version } = JSON.parse(await read('package.json')) as { version: string };

const files: Record<string, string> = {
  'generated/openapi.json': document,
  'generated/types.d.ts': await makeTypes(document),
  'generated/openapi.by-token-type.json': byTokenType,
  'generated/paths.d.ts': await makePaths(byTokenType),
  ...Object.fromEntries(Object.entries(modules).map(([name, text]) => [`generated/${name}`, text])),
  'generated/version.js': `${bannerFor('package.json')}export const version = '${version}';\n`,
  'generated/version.d.ts': `${bannerFor('package.json')}export declare const version: string;\n`,
  'docs/compatibility.md': withCompatibility(await read('docs/compatibility.md'), compatibility),
  'docs/divergences.md': divergencesPage(JSON.parse(await read('contracts/divergences.json'))),
};

const check = process.argv.includes('--check');
const stale: string[] = [];
for (const [name, text] of Object.entries(files)) {
  const path = join(root, name);
  const present = await readFile(path, 'utf8').catch(() => undefined);
  if (present === text) continue;
  stale.push(name);
  if (!check) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
}
if (check && stale.length > 0) {
  console.error(`Stale or edited by hand: ${stale.join(', ')}. Run \`npm run generate\`.`);
  process.exit(1);
}
console.log(stale.length === 0 ? 'all that is generated is up to date' : `wrote ${stale.join(', ')}`);
