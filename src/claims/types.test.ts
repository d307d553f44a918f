/** The types of scripts, as both compilers see them: what tenants recorded fits, and common mistakes are explained. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { laterFields } from '../../generated/later-fields.js';

const compilers = {
  'TypeScript 5.9': resolve('node_modules/typescript/bin/tsc'),
  'TypeScript 7': resolve('node_modules/@typescript/native/bin/tsc'),
};

// Inside the repository, for the types of Node.
const folder = mkdtempSync(resolve('node_modules/.claims-types-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the compiler writes about the code, which imports from `logto-jwt-customizer/claims`. */
const compile = (compiler: string, file: string, code: string): string[] => {
  writeFileSync(join(folder, file), code);
  const compilerOptions = {
    ...{ target: 'es2023', module: 'nodenext', lib: ['es2023'], types: ['node'], checkJs: true },
    ...{ strict: true, exactOptionalPropertyTypes: true, allowImportingTsExtensions: true, noEmit: true },
    paths: { 'logto-jwt-customizer/claims': [resolve('src/claims/types.ts')] },
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }));
  const args = [compiler, '-p', folder, '--pretty', 'false'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  return `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
};

interface Recorded {
  release: string;
  grant: string;
  script: 'access-token' | 'client-credentials';
  token: object;
  context: object | 'undefined';
  environmentVariables: object | 'undefined';
}

const recorded = readFileSync('contracts/recordings/arguments.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded);
const names = { 'access-token': 'AccessTokenInput', 'client-credentials': 'ClientCredentialsInput' };

const argumentOf = ({ token, context, environmentVariables }: Recorded): string =>
  [
    `token: ${JSON.stringify(token)}`,
    ...(context === 'undefined' ? [] : [`context: ${JSON.stringify(context)}`]),
    `environmentVariables: ${environmentVariables === 'undefined' ? undefined : JSON.stringify(environmentVariables)}`,
    'api',
  ].join(', ');

test('every argument that a tenant gave to a script fits, with no field that the types lack', () => {
  expect(recorded).toHaveLength(51);
  const lines = recorded.map((line, index) => {
    const { environmentVariables: variables } = line;
    const read = variables === 'undefined' ? [] : Object.keys(variables).map((name) => `'${name}'`);
    return `export const n${index}: ${names[line.script]}<${read.join(' | ') || 'never'}> = { ${argumentOf(line)} };`;
  });
  const imports = `import type { AccessTokenInput, ClientCredentialsInput, CustomizerApi } from 'logto-jwt-customizer/claims';
declare const api: CustomizerApi;`;
  expect(compile(compilers['TypeScript 7'], 'recorded.ts', [imports, ...lines].join('\n'))).toEqual([]);
});

/** Each object that was recorded at a path such as `token` or `context.user`. */
const recordedAt = (script: string, path: string): object[] =>
  recorded
    .filter((line) => line.script === script)
    .map((line) => path.split('.').reduce<unknown>((value, name) => (value as never)?.[name], line))
    .filter((value) => typeof value === 'object' && value !== null);

test.each([
  ['access-token', 'token'],
  ['access-token', 'token.extra'],
  ['access-token', 'context'],
  ...['user', 'grant', 'interaction', 'application', 'organization'].map(
    (name) => ['access-token', `context.${name}`] as const,
  ),
  ['client-credentials', 'token'],
  ['client-credentials', 'context'],
  ['client-credentials', 'context.application'],
] as const)('in %s, a field of %s is optional only where some grant or release lacks it', (script, path) => {
  const objects = recordedAt(script, path);
  expect(objects.length).toBeGreaterThan(0);
  const [, part = ''] = path.split('.');
  const always = Object.keys(objects[0] ?? {}).filter(
    (name) =>
      objects.every((object) => name in object) &&
      !laterFields.includes(path === 'context' ? `/contextSample/${name}` : `/contextSample/${part}/${name}`),
  );
  const type = path.split('.').reduce((type, name) => `NonNullable<${type}['${name}']>`, names[script]);
  const code = `import type { ${names[script]} } from 'logto-jwt-customizer/claims';
type Fields = ${type};
type Optional = { [K in keyof Fields]-?: undefined extends Fields[K] ? K : never }[keyof Fields];
export const optional: Extract<Optional, ${always.map((name) => `'${name}'`).join(' | ')}>[] = [];
export const none: never[] = optional;
`;
  expect(compile(compilers['TypeScript 7'], 'optional.ts', code)).toEqual([]);
});

/** Each mistake with the place, source line and first line of what is written about it. */
const mistakes = readFileSync('src/claims/__mistakes__/mistakes.ts.txt', 'utf8');

test.each(Object.entries(compilers))('%s explains the ten commonest mistakes', async (_, compiler) => {
  const source = mistakes.split('\n');
  const errors = compile(compiler, 'mistakes.ts', mistakes).flatMap((line) => {
    const [, at = '', column = '', message = ''] = /^mistakes\.ts\((\d+),(\d+)\): (.*)$/.exec(line) ?? [];
    if (message === '') return [];
    return [`${source[Number(at) - 1]}\n${'^'.padStart(Number(column))}\n${message}\n`];
  });
  await expect(errors.join('\n')).toMatchFileSnapshot('__mistakes__/errors.txt');
});
