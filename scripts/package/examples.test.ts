/** Tests the projects of `docs/examples/`, each installed with the packed package in place of the published one. */
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { isNightly } from '../../contracts/nightly.ts';
import ours from '../../package.json' with { type: 'json' };
import { createConsumer } from './consumer.test-helper.ts';
import { root } from './pack.ts';

const examples = join(root, 'docs/examples');

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

/** The output of vitest's `json` reporter. */
interface Report {
  success: boolean;
  numPassedTests: number;
  numTotalTests: number;
  testResults: { assertionResults: { status: string; fullName: string }[] }[];
}

/** A change of an example, with the name of the example's test that must detect it. */
const mutations: Record<string, [file: string, from: string, to: string, noticed: string][]> = {
  'api-with-custom-claims': [
    [
      'src/api.js',
      '{ issuer, audience }',
      '{ issuer }',
      'the API refuses a token for another API, and one that was changed',
    ],
    ['claims/client-credentials.ts', 'token.clientId', 'token.jti', 'the token of shop carries the plan pro'],
    [
      'claims/access-token.ts',
      "customData['plan']",
      "customData['tier']",
      'the API knows the plan of a user by the claim of the access-token script',
    ],
    [
      'logto.config.mts',
      "    'access-token': { script: 'claims/access-token.ts' },\n",
      '',
      'npm run deploy stores both scripts, and can run again',
    ],
  ],
};

const compilers = [...(isNightly ? ['typescript/bin/tsc'] : []), '@typescript/native/bin/tsc'].map((path) =>
  join(root, 'node_modules', path),
);

test('every example has changes that its tests must detect', () => {
  expect(Object.keys(mutations)).toEqual(readdirSync(examples));
});

describe.each(Object.entries(mutations))('%s', (name, changes) => {
  const { folder, write, execute, install } = createConsumer();
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');

  /** Runs the example's own `npm test`. */
  const report = async (): Promise<Report & { code: number }> => {
    const file = 'report.json';
    const args = ['test', '--', '--reporter=json', `--outputFile=${file}`];
    const { code, output } = await execute('npm', args);
    expect(output).not.toContain('Unhandled');
    return { ...(JSON.parse(read(file)) as Report), code };
  };

  beforeAll(async () => {
    cpSync(join(examples, name), folder, {
      recursive: true,
      filter: (source) => !source.includes('node_modules'),
    });
    await install(inject('tarball'));
  }, 180_000);

  test('requires the versions that we test with', () => {
    const manifest = JSON.parse(readFileSync(join(examples, name, 'package.json'), 'utf8')) as Manifest;
    const known: Record<string, string> = { ...ours.devDependencies, [ours.name]: 'latest' };
    for (const [dependency, version] of Object.entries({
      ...manifest.dependencies,
      ...manifest.devDependencies,
    }))
      expect([dependency, version]).toEqual([dependency, known[dependency]]);
  });

  test('passes its own tests', async () => {
    const { code, success, numPassedTests, numTotalTests } = await report();
    expect({ code, success, numPassedTests }).toEqual({
      code: 0,
      success: true,
      numPassedTests: numTotalTests,
    });
    expect(numTotalTests).toBeGreaterThan(changes.length);
  }, 120_000);

  test('its scripts pass check', async () => {
    const { code, output } = await execute('npm', ['run', 'check']);
    expect(output).toMatch(/^\d+ scripts?: 0 errors, 0 warnings\.$/m);
    expect(code).toBe(0);
  });

  // CI tests only the first; each takes a run of the example's own tests.
  test.each(isNightly ? changes : changes.slice(0, 1))(
    'its tests notice a change of %s',
    async (file, from, to, noticed) => {
      const right = read(file);
      expect(right).toContain(from);
      write(file, right.replace(from, to));
      try {
        const { code, testResults } = await report();
        const failed = testResults
          .flatMap(({ assertionResults }) => assertionResults)
          .filter(({ status }) => status === 'failed');
        expect(failed.map(({ fullName }) => fullName)).toContain(noticed);
        expect(code).toBe(1);
      } finally {
        write(file, right);
      }
    },
    120_000,
  );

  test.each(compilers)(
    'is well typed: %s',
    async (compiler) => {
      const check = async (): Promise<string> =>
        (await execute('node', [compiler, '-p', '.', '--pretty', 'false'])).output;
      expect(await check()).toBe('');
      write(
        'src/wrong.js',
        `import { mockTenant } from 'logto-jwt-customizer/vitest';
import { expect } from 'vitest';
mockTenant({ port: 1 });
await expect(new Response()).toSatisfyContract('NoOperation');
`,
      );
      const lines = [...(await check()).matchAll(/^src\/wrong\.js\((\d+),/gm)].map(([, line]) => line);
      write('src/wrong.js', '');
      expect(lines).toEqual(['3', '4']);
    },
    120_000,
  );
});
