/** The commands for a live tenant, run on our own mock, which serves the document of a tenant of its release. */
import { afterEach, expect, test } from 'vitest';
import { executeIn } from '../scripts/execute.test-helper.ts';
import { temporaryFolder } from '../scripts/temporary.test-helper.ts';
import { releaseOf } from '../src/contract/releases.ts';
import { driftOf, tenantDocument } from '../src/drift/index.ts';
import { type Mock, startMock } from '../src/mock/index.ts';

const folder = temporaryFolder();
let mock: Mock;
afterEach(() => mock.close());

test.each([
  ['1.28', 'from 1.28, before 1.29'],
  ['1.30', 'from 1.30, before 1.32'],
  ['1.36', 'from 1.32, before 1.37'],
  ['1.40', 'from 1.40, before 1.41'],
  ['1.43', '1.43 or later'],
])('drift finds nothing on a mock of %s and recognizes its release', async (release, name) => {
  mock = await startMock({ release });
  const document = await tenantDocument({ endpoint: mock.url });
  expect(releaseOf(document).name).toBe(name);
  expect((await driftOf({ name: 'mock', document })).findings).toEqual([]);
});

test('the contract suite finds nothing on the mock', async () => {
  mock = await startMock();
  const env = {
    LOGTO_ENDPOINT: mock.url,
    LOGTO_APP_ID: 'any',
    LOGTO_APP_SECRET: 'any',
    XDG_STATE_HOME: folder,
  };
  const main = new URL('../src/cli/main.ts', import.meta.url).pathname;
  const { code, output } = await executeIn(
    folder,
    process.execPath,
    [main, 'contract', '--target', 'tenant'],
    env,
  );
  expect(output).toMatch(/^tenant: \d+ passed, 0 failed/m);
  expect(code).toBe(0);
});
