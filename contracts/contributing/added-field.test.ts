/** "Your first change" of CONTRIBUTING, done on a copy: one optional field of a future release. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ended } from '../../scripts/execute.test-helper.ts';
import { recordedReleases } from '../conforming/index.ts';
import { isNightly } from '../nightly.ts';
import { copyProject, type ProjectCopy } from './project-copy.test-helper.ts';

const newest = recordedReleases.at(-1) ?? '';
const release = `1.${Number(newest.split('.')[1]) + 1}`;
const field = 'madeUpField';
const spec = 'spec/schemas/UserContext.yaml';

/**
 * Tests that depend on each field of our document, or on its differences from the guards and tenants that we have.
 * Other tests do not: when this was written, the complete `npm test` on such a copy failed nowhere else.
 * `validate-request.test.ts` is left out because it generates its bodies like `document-guards.test.ts`.
 */
const touched = [
  'contracts/keywords/keywords.test.ts',
  'scripts/releases/compatibility.test.ts',
  'src/compatibility',
  'src/contract/releases.test.ts',
  ...(isNightly
    ? [
        'contracts/guards/document-guards.test.ts',
        'contracts/drift/releases.test.ts',
        'src/contract/recording-run.test.ts',
        'src/mock/state.test.ts',
      ]
    : []),
];

interface Report {
  numPassedTests: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
  }[];
}

let copy: ProjectCopy;
let regenerated: Ended;
let report: Report;

const read = (path: string): string => readFileSync(join(copy.folder, path), 'utf8');

beforeAll(async () => {
  copy = copyProject();
  const lines = [`  ${field}:`, '    type: string', `    x-logto-since: "${release}"`];
  const text = read(spec).replace('properties:\n', `properties:\n${lines.join('\n')}\n`);
  writeFileSync(join(copy.folder, spec), text);
  regenerated = await copy.run('npm', ['run', 'regenerate']);
  const reporter = ['--reporter', 'json', '--outputFile', 'touched.json'];
  await copy.run('npx', ['vitest', 'run', '--project', 'tests', ...reporter, ...touched]);
  report = JSON.parse(read('touched.json')) as Report;
}, 600_000);
afterAll(() => copy.remove());

test("one command regenerates everything, with the machine's own Node", () => {
  expect(regenerated.output).toContain('All generated files are up to date');
  expect(regenerated.code).toBe(0);
  for (const path of [
    'generated/types.d.ts',
    'generated/later-fields.js',
    'generated/compatibility.json',
    'docs/compatibility.md',
    'docs/api/types.api.md',
  ])
    expect(read(path), path).toContain(field);
});

test('at most five tests fail, and each explains what to do', () => {
  const failed = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const tests = assertionResults.filter((one) => one.status === 'failed');
    // A file that cannot be loaded has no tests.
    return status === 'failed' && tests.length === 0
      ? [{ fullName: name, message }]
      : tests.map(({ fullName, failureMessages }) => ({ fullName, message: failureMessages.join('\n') }));
  });
  expect(report.numPassedTests).toBeGreaterThan(0);
  // No evidence yet shows how tenants handle the field.
  expect(failed.map(({ fullName }) => fullName).join()).toContain('every keyword of the schemas is proved');
  expect(failed.length, JSON.stringify(failed)).toBeLessThanOrEqual(5);
  for (const { message } of failed)
    expect(message).toMatch(/run `npm run|write a case \(contracts\/cases\/\)/);
});
