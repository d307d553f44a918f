import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadProject } from './config.ts';
import { declare } from './edit-config.ts';
import { folderWith } from './folder.test-helper.ts';

const configOf = (
  customizer: string,
): string => `import type { LogtoConfig } from 'logto-jwt-customizer/claims';

/** Überall: ${'é😀'} */
const name: string = 'a';
export default {
  tenants: { a: { endpoint: 'https://a.example' } },
  customizers: {
    'client-credentials': { script: 'b.ts', sample: 'b.json' },
    'access-token': ${customizer},
  },
} satisfies LogtoConfig;
`;

/** Declares PLAN and a sample; the config before and after, and what is in the folder then. */
const run = async (source: string, file = 'logto.config.mts') => {
  const folder = folderWith({ [file]: source });
  const project = await loadProject(file, folder);
  const declared = { environmentVariables: ['PLAN', "it's"], sample: 'a.json' };
  const isDone = await declare(project, 'access-token', declared);
  expect(readdirSync(folder)).toEqual([file]);
  return { isDone, after: readFileSync(join(folder, file), 'utf8') };
};

const ending = `environmentVariables: ['PLAN', 'it\\'s']`;

test.each([
  ["{ script: 'a.ts' }", `{ script: 'a.ts', ${ending}, sample: 'a.json' }`],
  ["{ script: 'a.ts', }", `{ script: 'a.ts', ${ending}, sample: 'a.json', }`],
  [
    "{\n      // mine\n      script: 'a.ts', // theirs\n    }",
    `{\n      // mine\n      script: 'a.ts', // theirs\n      ${ending},\n      sample: 'a.json',\n    }`,
  ],
  [
    "{\r\n      script: 'a.ts' // theirs\r\n    }",
    `{\r\n      script: 'a.ts', // theirs\r\n      ${ending},\r\n      sample: 'a.json'\r\n    }`,
  ],
  [
    `{ "sample": "old.json", environmentVariables: [\n'OLD', // mine\n], script: 'a.ts' as string }`,
    `{ "sample": 'a.json', ${ending}, script: 'a.ts' as string }`,
  ],
])('%j', async (before, expected) => {
  expect(await run(configOf(before))).toEqual({ isDone: true, after: configOf(expected) });
});

test('a config in a constant, in JavaScript', async () => {
  const source = `const a = { customizers: { 'access-token': { script: 'a.js' } }, tenants: { a: { endpoint: 'https://a.example' } } };\nexport default a;\n`;
  const { isDone, after } = await run(source, 'logto.config.mjs');
  expect(isDone).toBe(true);
  expect(after).toBe(source.replace("'a.js'", `'a.js', ${ending}, sample: 'a.json'`));
});

test.each([
  ['a computed value', "{ script: 'a.ts', sample: name + '.b.json' }"],
  ['a value that a spread replaces', "{ script: 'a.ts', ...{ sample: 'b.json' } }"],
  ['a list with a computed name', "{ script: 'a.ts', environmentVariables: [name] }"],
  ['a function', "((script) => ({ script }))('a.ts')"],
  ['null', 'null'],
])('%s is left for the user, and nothing is written', async (_, customizer) => {
  expect(await run(configOf(customizer))).toEqual({ isDone: false, after: configOf(customizer) });
});

test.each([
  ["{ script: 'a.ts' }", "{ script: 'a.ts', blockIssuanceOnError: true }"],
  ["{ script: 'a.ts', blockIssuanceOnError: false }", "{ script: 'a.ts', blockIssuanceOnError: true }"],
])('blockIssuanceOnError: %s', async (before, after) => {
  const folder = folderWith({ 'logto.config.mts': configOf(before) });
  const project = await loadProject(undefined, folder);
  expect(await declare(project, 'access-token', { blockIssuanceOnError: true })).toBe(true);
  expect(readFileSync(project.file, 'utf8')).toBe(configOf(after));
});

test('what is declared already, in any order, is not written again; a write keeps the mode', async () => {
  const source = configOf("{ script: 'a.ts', environmentVariables: ['A', 'B'] }");
  const folder = folderWith({ 'logto.config.mts': source });
  const project = await loadProject(undefined, folder);
  const { ino } = statSync(project.file);
  expect(await declare(project, 'access-token', { environmentVariables: ['B', 'A'] })).toBe(true);
  expect(await declare(project, 'client-credentials', { environmentVariables: [], sample: 'b.json' })).toBe(
    true,
  );
  expect(statSync(project.file).ino).toBe(ino);
  chmodSync(project.file, 0o600);
  expect(await declare(project, 'client-credentials', { sample: 'c.json' })).toBe(true);
  expect(readFileSync(project.file, 'utf8')).toBe(source.replace('b.json', 'c.json'));
  if (process.platform !== 'win32') expect(statSync(project.file).mode & 0o777).toBe(0o600);
});
