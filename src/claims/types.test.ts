/** The types of scripts, as both compilers see them: what tenants recorded fits, and common mistakes are explained. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { laterFields } from '../../generated/later-fields.js';

const compilers = {
  'TypeScript 5.9': resolve('node_modules/typescript/bin/tsc'),
  'TypeScript 7': resolve('node_modules/@typescript/native/bin/tsc'),
};

const folder = mkdtempSync(join(tmpdir(), 'claims-types-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the compiler writes about the file, which imports from `logto-jwt-customizer/claims`. */
const compile = (compiler: string, file: string, code: string): string[] => {
  writeFileSync(join(folder, file), code);
  const compilerOptions = {
    ...{ target: 'es2023', module: 'nodenext', lib: ['es2023'], types: [], allowJs: true, checkJs: true },
    ...{ strict: true, exactOptionalPropertyTypes: true, allowImportingTsExtensions: true, noEmit: true },
    paths: { 'logto-jwt-customizer/claims': [resolve('src/claims/types.ts')] },
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }));
  const args = [compiler, '-p', folder, '--pretty', 'false'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  return `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
};

const imports = `import type { AccessTokenInput, ClientCredentialsInput } from 'logto-jwt-customizer/claims';
declare const api: AccessTokenInput['api'];`;
const inputs = { 'access-token': 'AccessTokenInput', 'client-credentials': 'ClientCredentialsInput' };
type TokenType = keyof typeof inputs;

/** The arguments that tenants gave to scripts. A `context` that says `undefined` was no field of the argument. */
const recorded = readFileSync('contracts/recordings/arguments.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => {
    const { script, token, context, environmentVariables } = JSON.parse(line);
    const variables = environmentVariables === 'undefined' ? undefined : environmentVariables;
    const argument = { token, environmentVariables: variables, ...(context !== 'undefined' && { context }) };
    return { tokenType: script as TokenType, argument: argument as Record<string, object | undefined> };
  });

test('every argument that a tenant gave to a script fits, with no field that the types lack', () => {
  expect(recorded).toHaveLength(51);
  const lines = recorded.map(({ tokenType, argument }, index) => {
    const names = Object.keys(argument['environmentVariables'] ?? {}).map((name) => `'${name}'`);
    const fields = Object.entries(argument).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
    return `export const n${index}: ${inputs[tokenType]}<${names.join(' | ') || 'never'}> = { ${fields}, api };`;
  });
  expect(compile(compilers['TypeScript 7'], 'recorded.ts', [imports, ...lines].join('\n'))).toEqual([]);
});

const contextFields = ['user', 'grant', 'interaction', 'application', 'organization'];
const paths: Record<TokenType, string[][]> = {
  'access-token': [
    [],
    ['token'],
    ['token', 'extra'],
    ['context'],
    ...contextFields.map((name) => ['context', name]),
  ],
  'client-credentials': [[], ['token'], ['context'], ['context', 'application']],
};

/** The fields of what is at the path that every grant of every release fills. */
const alwaysFilled = (tokenType: TokenType, path: string[]): string[] => {
  const objects = recorded
    .filter((line) => line.tokenType === tokenType)
    .map(({ argument }) => path.reduce<unknown>((value, name) => (value as never)?.[name], argument))
    .filter((value) => value !== undefined) as object[];
  const pointer = ['/contextSample', ...path.slice(1)].join('/');
  return Object.keys(objects[0] ?? {}).filter(
    (name) => objects.every((object) => name in object) && !laterFields.includes(`${pointer}/${name}`),
  );
};

test('a field is optional only where some grant or release lacks it', () => {
  const lines = Object.entries(paths).flatMap(([tokenType, all]) =>
    all.map((path) => {
      const type = path.reduce((of, name) => `NonNullable<${of}['${name}']>`, inputs[tokenType as TokenType]);
      const filled = alwaysFilled(tokenType as TokenType, path).map((name) => `'${name}'`);
      return `exactly<Optional<${type}> & (${filled.join(' | ') || 'never'}), never>('${tokenType}: ${path.join('.')}');`;
    }),
  );
  const helpers = `type Optional<T> = { [K in keyof T]-?: object extends Pick<T, K> ? K : never }[keyof T];
declare const exactly: <A, B extends A>(...where: [A] extends [B] ? [string] : [never]) => void;`;
  const code = [imports, helpers, ...lines].join('\n');
  expect(compile(compilers['TypeScript 7'], 'optional.ts', code)).toEqual([]);
});

test('a script in JavaScript is typed by its annotation', () => {
  const code = `/** @type {import('logto-jwt-customizer/claims').AccessTokenCustomizer<'PLAN'>} */
export const getCustomJwtClaims = async ({ context, environmentVariables }) => ({
  plan: environmentVariables.PLAN,
  roles: context.user.roles.map(({ title }) => title),
});`;
  expect(compile(compilers['TypeScript 7'], 'script.js', code)).toEqual([
    "script.js(4,36): error TS2339: Property 'title' does not exist on type 'UserRole'.",
  ]);
});

const mistakes = readFileSync('src/claims/__mistakes__/mistakes.ts.txt', 'utf8');

/** Source line, place and first line of each error. */
test.each(Object.entries(compilers))('%s explains the ten commonest mistakes', async (_, compiler) => {
  const source = mistakes.split('\n');
  const errors = compile(compiler, 'mistakes.ts', mistakes).flatMap((line) => {
    const [, at = '', column = '', message = ''] = /^mistakes\.ts\((\d+),(\d+)\): (.*)$/.exec(line) ?? [];
    return message === '' ? [] : [`${source[Number(at) - 1]}\n${'^'.padStart(Number(column))}\n${message}\n`];
  });
  await expect(errors.join('\n')).toMatchFileSnapshot('__mistakes__/errors.txt');
});
