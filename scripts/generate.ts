/**
 * The first step of `npm run regenerate`: `generated/` from `openapi.yaml`, the format and the page of reports, the
 * recorded releases and the version in `package.json`; and docs/compatibility.md, docs/divergences.md and docs/faults.md.
 *
 *     node scripts/generate.ts            writes
 *     node scripts/generate.ts --check    compares, and exits with 1 if a file is stale or was edited
 */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { recordedReleases } from '../src/contract/recordings/index.ts';
import { splitByTokenType } from './by-token-type.ts';
import { compatibilityModule, divergencesPage, withCompatibility } from './pages.ts';
import { installedReleases } from './releases/install.ts';
import { makeLaterFields, newestReleaseOf } from './releases-of-document.ts';
import { makeReportPage, makeReportValidator } from './report-files.ts';
import { makeValidators } from './validators/make.ts';

const root = resolve(import.meta.dirname, '..');
const bannerFor = (source: string): string =>
  `/* Made by \`npm run regenerate\` from ${source}. Do not edit. */\n`;
const banner = bannerFor('openapi.yaml');

const bundle = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'generate-'));
  try {
    const output = join(folder, 'openapi.json');
    execFileSync(
      process.execPath,
      [
        join(root, 'node_modules/@redocly/cli/bin/cli.js'),
        ...['bundle', 'openapi.yaml', '--config', 'scripts/redocly.yaml', '--output', output],
      ],
      { cwd: root, env: { ...process.env, REDOCLY_TELEMETRY: 'off' }, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    return `${JSON.stringify(JSON.parse(await readFile(output, 'utf8')), null, 2)}\n`;
  } finally {
    await rm(folder, { recursive: true });
  }
};

const isInterface = (node: ts.Node, name: string): node is ts.InterfaceDeclaration =>
  ts.isInterfaceDeclaration(node) && node.name.text === name;

/** Makes an interface of each object schema, and a type of any other, so that compile errors show their names. */
const nameSchemas = (nodes: readonly ts.Node[]): ts.Node[] => {
  const exported = [ts.factory.createModifier(ts.SyntaxKind.ExportKeyword)];
  const declared = new Map<string, ts.Node>();
  const declare = (schema: ts.Node): ts.Node => {
    if (!ts.isPropertySignature(schema) || schema.type === undefined) return schema;
    const { type } = schema;
    const name = (schema.name as ts.Identifier).text;
    const declaration = ts.isTypeLiteralNode(type)
      ? ts.factory.createInterfaceDeclaration(exported, name, undefined, undefined, type.members)
      : ts.factory.createTypeAliasDeclaration(exported, name, undefined, type);
    declared.set(name, ts.setSyntheticLeadingComments(declaration, ts.getSyntheticLeadingComments(schema)));
    const reference = ts.factory.createTypeReferenceNode(name);
    return ts.factory.createPropertySignature(undefined, name, undefined, reference);
  };
  const components = nodes.find((node) => isInterface(node, 'components'));
  const [schemas] = components?.members ?? [];
  const named = ts.visitEachChild(
    components,
    (part) =>
      part === schemas
        ? ts.visitEachChild(part, (type) => ts.visitEachChild(type, declare, undefined), undefined)
        : part,
    undefined,
  );
  return nodes.map((node) => {
    if (node === components) return named ?? node;
    return (ts.isTypeAliasDeclaration(node) && declared.get(node.name.text)) || node;
  });
};

/** The types of the document, with the `paths` of `makePaths` in place of the templated ones. */
const makeTypes = async (document: string): Promise<string> => {
  const options = { rootTypes: true, rootTypesNoSchemaPrefix: true, alphabetize: true };
  const nodes = (await openapiTS(document, options)).filter((node) => !isInterface(node, 'paths'));
  return astToString(nameSchemas(nodes)).replaceAll(/components\["schemas"\]\["(\w+)"\]/g, '$1');
};

const json = 'null | boolean | number | string | Json[] | { [key: string]: Json }';

/** The types of the report's format, with the names of its `$defs`, without the other parts of an OpenAPI document. */
const makeReportTypes = async (schema: string): Promise<string> => {
  const { $defs, ...report } = JSON.parse(schema.replaceAll('#/$defs/', '#/components/schemas/'));
  const components = { schemas: { Report: report, ...$defs } };
  const document = { openapi: '3.1.0', info: { title: '', version: '' }, paths: {}, components };
  return (await makeTypes(JSON.stringify(document)))
    .replaceAll(/^export (type [\w$]+ = Record<string, never>;|interface components \{.*?^\})\n/gms, '')
    .replace('type Json = unknown;', `type Json = ${json};`);
};

/** The types for openapi-fetch: `paths`, with inline operations. */
const makePaths = async (document: string): Promise<string> => {
  const withoutIds = JSON.parse(document, (key, value) => (key === 'operationId' ? undefined : value));
  const nodes = await openapiTS(withoutIds, { alphabetize: true });
  return astToString(nodes.filter((node) => isInterface(node, 'paths')));
};

const check = process.argv.includes('--check');
const read = (path: string): Promise<string> => readFile(join(root, path), 'utf8');

/** Writes the files that differ, or reports them as stale. */
const emit = async (files: Record<string, string>): Promise<void> => {
  const stale: string[] = [];
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, name);
    if ((await readFile(path, 'utf8').catch(() => undefined)) === text) continue;
    stale.push(name);
    if (check) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  if (stale.length === 0) return;
  if (check) {
    console.error(`Stale or edited: ${stale.join(', ')}. Run \`npm run regenerate\`.`);
    process.exit(1);
  }
  console.log(`wrote ${stale.join(', ')}`);
};

const document = await bundle();
const byTokenType = splitByTokenType(document);
const parsed = JSON.parse(document);
const newest = newestReleaseOf(parsed, [
  ...recordedReleases,
  ...installedReleases.map(({ release }) => release),
]);
const reportSchema = await read('spec/report.schema.json');
const reportBanner = bannerFor('spec/report.schema.json');
const modules = {
  ...(await makeValidators(parsed, banner)),
  ...makeLaterFields(parsed, banner),
  ...(await makeReportValidator(JSON.parse(reportSchema), reportBanner)),
  'report/types.d.ts': reportBanner + (await makeReportTypes(reportSchema)),
  'report/page.html': await makeReportPage(),
  'newest-release.js': `${banner}export const newestRelease = '${newest}';\n`,
  'newest-release.d.ts': `${banner}/** The newest release of Logto that the document describes. */\nexport declare const newestRelease: string;\n`,
};
const { version } = JSON.parse(await read('package.json')) as { version: string };
await emit({
  'generated/openapi.json': document,
  'generated/types.d.ts': banner + (await makeTypes(document)) + (await makePaths(byTokenType)),
  'generated/openapi.by-token-type.json': byTokenType,
  ...Object.fromEntries(Object.entries(modules).map(([name, text]) => [`generated/${name}`, text])),
  'generated/version.js': `${bannerFor('package.json')}export const version = '${version}';\n`,
  'generated/version.d.ts': `${bannerFor('package.json')}export declare const version: string;\n`,
  'docs/divergences.md': divergencesPage(JSON.parse(await read('contracts/divergences.json'))),
});

// The code that generates these imports the files written above.
const { makeCompatibility, toText } = await import('./releases/compatibility.ts');
const { faultsPage } = await import('../contracts/faults/handlings/page.ts');
const compatibility = toText(makeCompatibility(new Map()).compatibility);
await emit({
  'generated/compatibility.json': compatibility,
  ...Object.fromEntries(
    Object.entries(compatibilityModule(compatibility, bannerFor('generated/compatibility.json'))).map(
      ([name, text]) => [`generated/${name}`, text],
    ),
  ),
  'docs/compatibility.md': withCompatibility(await read('docs/compatibility.md'), compatibility),
  'docs/faults.md': faultsPage(await read('docs/faults.md')),
});
