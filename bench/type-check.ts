import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Benchmark } from './measure.ts';
import { makeProject, root } from './project.ts';

const tsc = join(root, 'node_modules/@typescript/native/bin/tsc');

const options = `const options = { clientId: 'id', clientSecret: 'secret' };`;
const endpoint = `'https://my-tenant.logto.app'`;

/** A typical file: a client, a change of the access-token customizer, a field of the response. */
const files: Readonly<Record<string, string>> = {
  'the client': `
    import { createJwtCustomizerClient } from 'logto-jwt-customizer';
    ${options}
    const client = createJwtCustomizerClient({ endpoint: ${endpoint}, ...options });
    const stored = await client.update('access-token', { script: '', environmentVariables: { PLAN: 'pro' } });
    export const script: string = stored.script;`,
  'the raw client': `
    import { createRawClient } from 'logto-jwt-customizer/raw';
    const client = createRawClient({ endpoint: ${endpoint}, getToken: () => 'token' });
    const { data } = await client.PATCH('/api/configs/jwt-customizer/access-token', {
      body: { script: '', environmentVariables: { PLAN: 'pro' } },
    });
    export const script: string | undefined = data?.script;`,
  '@logto/api': `
    import { createManagementApi } from '@logto/api/management';
    ${options}
    const { apiClient } = createManagementApi('my-tenant', options);
    const { data } = await apiClient.PATCH('/api/configs/jwt-customizer/{tokenTypePath}', {
      params: { path: { tokenTypePath: 'access-token' } },
      body: { script: '', environmentVariables: { PLAN: 'pro' } },
    });
    export const script: string | undefined = data?.script;`,
};

interface Check {
  instantiations: number;
  /** In seconds, measured by the compiler. */
  seconds: number;
}

/** @throws with the compiler's output if the file has an error, which would make the counts wrong */
const check = (folder: string, code: string): Check => {
  writeFileSync(join(folder, 'file.ts'), code);
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        target: 'es2023',
        lib: ['es2023'],
        module: 'nodenext',
        types: ['node'],
        strict: true,
        noEmit: true,
        skipLibCheck: true,
      },
      files: ['file.ts'],
    }),
  );
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const { status, stdout } = spawnSync(
    process.execPath,
    [tsc, '-p', folder, '--extendedDiagnostics', '--pretty', 'false'],
    { encoding: 'utf8' },
  );
  const numberOf = (label: string): number =>
    Number(new RegExp(`^${label}:\\s+([\\d.]+)`, 'm').exec(stdout)?.[1]);
  const counted = { instantiations: numberOf('Instantiations'), seconds: numberOf('Total time') };
  if (status !== 0 || Object.values(counted).some(Number.isNaN)) throw new Error(stdout);
  return counted;
};

export const typeCheck: Benchmark = {
  name: 'types',
  title: 'Type check of a file that uses the client',
  run: async () => {
    const project = makeProject();
    try {
      const checks = Object.entries(files).map(([what, code]) => ({ what, ...check(project.folder, code) }));
      const official = checks.find(({ what }) => what === '@logto/api')?.instantiations ?? Number.NaN;
      return {
        rows: checks.map(({ what, instantiations }) => ({
          what,
          against: `@logto/api: ${official}`,
          figure: `${instantiations} instantiations`,
          ...(what === 'the client' && {
            target: 'at most 1/10',
            isReached: instantiations <= official / 10,
          }),
        })),
        notes: [
          `TypeScript 7, \`skipLibCheck\` on, Node's types. One complete check took, in seconds: ${checks.map(({ what, seconds }) => `${what} ${seconds}`).join(', ')}.`,
        ],
      };
    } finally {
      project.remove();
    }
  },
};
