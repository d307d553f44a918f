import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = process.cwd();
const tsc = resolve('node_modules/@typescript/native/bin/tsc');
let project: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'client-types-'));
  cpSync('src/client', join(project, 'src/client'), {
    recursive: true,
    filter: (source) => !/\.test(-helper)?\.ts$/.test(source),
  });
  cpSync('generated', join(project, 'generated'), { recursive: true });
  cpSync('package.json', join(project, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'), 'junction');
  const { compilerOptions } = JSON.parse(readFileSync('tsconfig.json', 'utf8'));
  writeFileSync(
    join(project, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: ['src/client/client.test-d.ts', 'src/client/raw.test-d.ts'] }),
  );
});

afterAll(() => {
  rmSync(project, { recursive: true });
});

const linesOf = (name: string): string[] => readFileSync(`src/client/${name}.test-d.ts`, 'utf8').split('\n');
const typeTests: Record<string, string[]> = { client: linesOf('client'), raw: linesOf('raw') };

const compile = (config = project) =>
  spawnSync(process.execPath, [tsc, '-p', config, '--pretty', 'false'], { cwd: project, encoding: 'utf8' });

/** The lines of the type tests that fail, without what all of them have. */
const failures = (): string[] => {
  const { stdout, status } = compile();
  const lines = [...stdout.matchAll(/(client|raw)\.test-d\.ts\((\d+),/g)].map(
    ([, name = '', line]) => typeTests[name]?.[Number(line) - 1],
  );
  // An error elsewhere only, or no compiler at all, must not look like a pass.
  if (status !== 0 && lines.length === 0) throw new Error(stdout);
  return lines.map((line) => (line ?? '').trim().replace('// @ts-expect-error ', ''));
};

const loosen = (file: string, from: RegExp, to: string): string[] => {
  const path = join(project, file);
  const strict = readFileSync(path, 'utf8');
  const loose = strict.replace(from, to);
  if (loose === strict) throw new Error(`${file} has nothing like ${from}`);
  writeFileSync(path, loose);
  try {
    return failures();
  } finally {
    writeFileSync(path, strict);
  }
};

const generated = 'generated/types.d.ts';
const types = 'src/client/types.ts';
const options = 'src/client/options.ts';
const raw = 'src/client/raw.ts';

test('the types as they are pass', () => {
  expect(failures()).toEqual([]);
});

test('a compile error names the schema and does not write it out', () => {
  const code = `import type { JwtCustomizerClient } from './index.ts';
export const change = (client: JwtCustomizerClient, user: { id: number }) =>
  client.update('access-token', { script: '', contextSample: { user } });\n`;
  writeFileSync(join(project, 'src/client/wrong.ts'), code);
  const config = { extends: './tsconfig.json', files: ['src/client/wrong.ts'] };
  writeFileSync(join(project, 'tsconfig.wrong.json'), JSON.stringify(config));
  expect(compile('tsconfig.wrong.json').stdout).toBe(
    `src/client/wrong.ts(3,64): error TS2322: Type '{ id: number; }' is not assignable to type 'UserContext'.
  Types of property 'id' are incompatible.
    Type 'number' is not assignable to type 'string'.\n`,
  );
});

const userInMachineContext = [
  'a user in a client-credentials context',
  'a user in a client-credentials context that is put',
];

test.each([
  {
    loosening: 'unknown fields of an access-token customizer',
    file: generated,
    from: /(interface AccessTokenJwtCustomizer \{\n)/,
    to: '$1[key: string]: unknown;\n',
    fails: ['an unknown field, access-token'],
  },
  {
    loosening: 'unknown fields of a client-credentials customizer',
    file: generated,
    from: /(interface ClientCredentialsJwtCustomizer \{\n)/,
    to: '$1[key: string]: unknown;\n',
    fails: ['an unknown field, client-credentials', 'raw: an unknown field'],
  },
  {
    loosening: 'unknown fields of a token sample',
    file: generated,
    from: /(interface AccessTokenTokenSample \{\n)/,
    to: '$1[key: string]: unknown;\n',
    fails: ['an unknown field of a token sample'],
  },
  {
    loosening: 'environment variables of any type',
    file: generated,
    from: /(interface EnvironmentVariables \{\n\s+\[key: string\]: )string/,
    to: '$1unknown',
    fails: [
      'an environment variable that is a number, access-token',
      'an environment variable that is a number, client-credentials',
    ],
  },
  {
    loosening: 'an access-token customizer without a script',
    file: generated,
    from: /(interface AccessTokenJwtCustomizer \{[^}]*script)(:)/,
    to: '$1?:',
    fails: ['an empty body, access-token', 'raw: a body without a script'],
  },
  {
    loosening: 'a client-credentials customizer without a script',
    file: generated,
    from: /(interface ClientCredentialsJwtCustomizer \{[^}]*script)(:)/,
    to: '$1?:',
    fails: ['an empty body, client-credentials'],
  },
  {
    loosening: 'any object as a client-credentials context',
    file: generated,
    from: /(interface ClientCredentialsContextSample )\{[^}]*\}/,
    to: '$1{ [key: string]: unknown }',
    fails: [
      ...userInMachineContext,
      'a test with a user in a client-credentials context',
      'raw: a user in a client-credentials context',
    ],
  },
  {
    loosening: 'anything as a client-credentials context of a customizer',
    file: generated,
    from: /(interface ClientCredentialsJwtCustomizer \{[^}]*contextSample\?: )[^;]*;/,
    to: '$1unknown;',
    fails: [...userInMachineContext, 'raw: a user in a client-credentials context'],
  },
  {
    loosening: 'an access-token context without a user',
    file: generated,
    from: /(interface AccessTokenContextSample \{[^}]*user)(:)/,
    to: '$1?:',
    fails: ['a context without its user'],
  },
  {
    loosening: 'any kind of token sample',
    file: generated,
    from: /kind\?: "AccessToken"/,
    to: 'kind?: string',
    fails: [
      "the other token type's kind",
      "const kind: 'AccessToken' | undefined = data?.tokenSample?.kind;",
    ],
  },
  {
    loosening: 'a customizer of either token type under access-token',
    file: options,
    from: /('access-token': )AccessTokenJwtCustomizer/,
    to: '$1AccessTokenJwtCustomizer | ClientCredentialsJwtCustomizer',
    fails: [
      'exactly<typeof updated, AccessTokenJwtCustomizer>();',
      'exactly<typeof stored, AccessTokenJwtCustomizer>();',
      'a context without its user',
      "the other token type's kind",
    ],
  },
  {
    loosening: 'a customizer of either token type under client-credentials',
    file: options,
    from: /('client-credentials': )ClientCredentialsJwtCustomizer/,
    to: '$1AccessTokenJwtCustomizer | ClientCredentialsJwtCustomizer',
    fails: [
      'exactly<typeof updatedMachine, ClientCredentialsJwtCustomizer>();',
      'exactly<typeof read, ClientCredentialsJwtCustomizer | undefined>();',
      ...userInMachineContext,
      'a customizer as read, restored under the other token type',
    ],
  },
  {
    loosening: 'an answer of either token type',
    file: types,
    from: /(update<[^)]*\): CallPromise<)Customizers\[T\]/,
    to: '$1Customizers[TokenType]',
    fails: [
      'exactly<typeof updated, AccessTokenJwtCustomizer>();',
      'exactly<typeof updatedMachine, ClientCredentialsJwtCustomizer>();',
    ],
  },
  {
    loosening: 'a body of either token type',
    file: types,
    from: /(update<[^)]*customizer: )Customizers\[T\]/,
    to: '$1Customizers[TokenType]',
    fails: [
      'a user in a client-credentials context',
      'a context without its user',
      "the other token type's kind",
    ],
  },
  {
    loosening: 'any token type',
    file: types,
    from: /(delete<T extends TokenType>\(tokenType: )T/,
    to: '$1string',
    fails: ['an unknown token type to delete'],
  },
  {
    loosening: 'any answer',
    file: types,
    from: /(list\(options\?: CallOptions\): CallPromise<)JwtCustomizerConfigs/,
    to: '$1any',
    fails: [
      'exactly<typeof configs, JwtCustomizerConfigs>();',
      "if (key === 'jwt.accessToken') exactly<typeof value, AccessTokenJwtCustomizer>();",
      'else exactly<typeof value, ClientCredentialsJwtCustomizer>();',
    ],
  },
  {
    loosening: 'keys of a list that are any text',
    file: generated,
    from: /key: "jwt.clientCredentials"/,
    to: 'key: string',
    fails: [
      "if (key === 'jwt.accessToken') exactly<typeof value, AccessTokenJwtCustomizer>();",
      'else exactly<typeof value, ClientCredentialsJwtCustomizer>();',
    ],
  },
  {
    loosening: 'any context in a client-credentials test',
    file: generated,
    from: /context: (ClientCredentialsContextSample)/,
    to: 'context: Record<string, unknown>',
    fails: ['a test with a user in a client-credentials context'],
  },
  {
    loosening: 'a secret beside getToken',
    file: options,
    from: /clientSecret\?: undefined/,
    to: 'clientSecret?: string',
    fails: ['a secret beside getToken'],
  },
  {
    loosening: 'a token endpoint beside getToken',
    file: options,
    from: /tokenEndpoint\?: undefined/,
    to: 'tokenEndpoint?: string',
    fails: ['a token endpoint beside getToken'],
  },
  {
    loosening: 'getToken beside a secret',
    file: options,
    from: /getToken\?: undefined/,
    to: 'getToken?: unknown',
    fails: ['both kinds'],
  },
  {
    loosening: 'any body of a raw request',
    file: raw,
    from: /\? K : never\]: I\[K\]/,
    to: '? K : never]: any',
    fails: [
      'raw: a user in a client-credentials context',
      "raw: a field of the other token type's token",
      'raw: an unknown field',
      'raw: an access-token customizer for client-credentials',
      'raw: a body without a script',
    ],
  },
  {
    loosening: 'any option of a raw request',
    file: raw,
    from: /K extends 'body' \| 'headers' \| 'signal' \? K : never/,
    to: 'K',
    fails: ['raw: an option that would undo the rules of the transport'],
  },
])('a type test fails once the types allow $loosening', ({ file, from, to, fails }) => {
  expect(loosen(file, from, to)).toEqual(fails);
});

test('the client needs nothing but what browsers have: it compiles without the types of Node', () => {
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', 'src/client/tsconfig.web.json', '--listFiles'], {
    encoding: 'utf8',
  });
  expect(stdout).toContain('/src/client/raw.ts');
  expect(stdout).toContain('/src/client/errors.ts');
  expect(stdout).not.toContain('error TS');
  expect(stdout).not.toContain('@types/node');
});
