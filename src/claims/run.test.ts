import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { absentInNode22 } from '../runner/index.ts';
import { runCustomizer } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'run-'));
afterAll(() => rmSync(folder, { recursive: true }));
const written = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const releases = ['1.42', '1.43'];
const tokenType = 'access-token';

test.each(releases)('claims, console output and the time taken, on %s', async (release) => {
  const file = written(
    'access-token.ts',
    `export const getCustomJwtClaims = async ({ context, environmentVariables }: any): Promise<object> => {
      console.log('user', context.user.id, { a: 1 });
      return { plan: environmentVariables.PLAN, roles: context.user.roles.map(({ name }: any) => name) };
    };`,
  );
  const context = { user: { roles: ['Editor'] } };
  const environmentVariables = { PLAN: 'pro' };
  const run = await runCustomizer(file, { tokenType, release, context, environmentVariables });
  expect(run).toEqual({
    claims: { plan: 'pro', roles: ['Editor'] },
    testResponse: { status: 200, claims: { plan: 'pro', roles: ['Editor'] } },
    logs: ['user user-1 { a: 1 }'],
    milliseconds: expect.any(Number),
  });
});

test.each(releases)('a failure names the line that the author wrote, on %s', async (release) => {
  const file = written(
    'failing.ts',
    'type A = 1;\n\nexport const getCustomJwtClaims = ({ context }: any) => {\n  return { a: context.user.x.y };\n};\n',
  );
  const { claims, failure } = await runCustomizer(file, { tokenType, release });
  expect(claims).toBeUndefined();
  expect(failure).toEqual({
    code: 'run-failed',
    message: "Cannot read properties of undefined (reading 'y')",
    file,
    line: 4,
    column: 30,
    source: '  return { a: context.user.x.y };',
  });
});

test.each([
  ['({ api }) => api.denyAccess("no")', '1.43', { code: 'denied', message: 'no' }],
  ['() => []', '1.43', { code: 'run-failed' }],
  ['() => { while (true) {} }', '1.42', { code: 'run-timeout' }],
  ['() => { while (true) {} }', '1.43', { code: 'run-timeout' }],
  [
    '() => ({ a: { b: 1n } })',
    '1.42',
    { code: 'unfit-value', message: expect.stringContaining('a.b is a BigInt') },
  ],
  [
    '() => ({ f() {} })',
    '1.43',
    { code: 'unfit-value', message: expect.stringContaining('f is a function') },
  ],
])('%s on %s fails', async (code, release, failure) => {
  const script = `const getCustomJwtClaims = ${code};`;
  expect(await runCustomizer(script, { tokenType, release, timeout: 1000 })).toMatchObject({ failure });
});

test('a difference between the token and POST /test is reported', async () => {
  const script = 'const getCustomJwtClaims = () => ({ at: new Date(0), sub: "x" });';
  expect(await runCustomizer(script, { tokenType, release: '1.43' })).toMatchObject({
    claims: { at: '1970-01-01T00:00:00.000Z' },
    testResponse: { status: 500 },
    lost: expect.stringContaining('at is a Date'),
  });
});

test('a file that cannot be built is a failure, too', async () => {
  const file = written('enum.ts', '\nenum A {}\n');
  const failure = { code: 'not-erasable', file, line: 2, column: 1, source: 'enum A {}' };
  expect(await runCustomizer(file, { tokenType })).toMatchObject({ failure });
});

test.each(releases)('what Node 22 does not have is not there on %s', async (release) => {
  const paths = absentInNode22.map((path) => path.replaceAll('.', '?.'));
  const script = `const getCustomJwtClaims = () => ({ found: [${paths.map((path) => `globalThis.${path}`)}].map((one) => typeof one) });`;
  const { claims } = await runCustomizer(script, { tokenType, release });
  expect(new Set(claims?.['found'] as string[])).toEqual(new Set(['undefined']));
});
