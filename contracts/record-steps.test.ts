/** The steps of CONTRIBUTING by which a release's evidence is added, done on a copy with a made-up release. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createConformingTenant, recordedReleases, type Served, serve } from './conforming/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const release = '1.44';

/** What stands in the steps after `npm run contract --`. */
const [record = [], replay = []] = [
  ...readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8').matchAll(/^ {3}npm run contract -- (.*)$/gm),
].map(([, args = '']) => args.split(' '));

let copy: string;
let served: Served;

interface Ended {
  code: number;
  output: string;
}

const contract = (args: readonly string[]): Promise<Ended> => {
  const { id, secret } = createConformingTenant({ release }).clients.withRole;
  const env = {
    ...process.env,
    XDG_STATE_HOME: join(copy, 'state'),
    LOGTO_ENDPOINT: served.url,
    LOGTO_APP_ID: id,
    LOGTO_APP_SECRET: secret,
  };
  return new Promise((resolve) => {
    const options = { cwd: copy, env, maxBuffer: 2 ** 26 };
    execFile(process.execPath, ['src/cli/main.ts', 'contract', ...args], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
    });
  });
};

let recorded: Ended;
let replayed: Ended;

beforeAll(async () => {
  copy = mkdtempSync(join(tmpdir(), 'repository-'));
  for (const path of ['package.json', 'tsconfig.json', 'generated', 'spec', 'src', 'contracts'])
    cpSync(join(root, path), join(copy, path), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  // In this release a PUT that creates answers 200.
  served = await serve(createConformingTenant({ release }), async ({ method }, next) => {
    const response = await next();
    return method === 'PUT' && response.status === 201 ? { ...response, status: 200 } : response;
  });
  recorded = await contract(record);
  await served.close();
  replayed = await contract(replay);
}, 120_000);
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const recordings = (folder: string): string[] => readdirSync(join(folder, 'contracts/recordings')).sort();

test('step 2 records the release, what it does otherwise too', () => {
  expect(record).toEqual(expect.arrayContaining(['--record', 'contracts/recordings', '--release', release]));
  expect(recorded.output).toContain(`Recorded Logto ${release}`);
  expect(recorded.output).toMatch(/^tenant: 1\d\d passed, [1-9]\d? failed/m);
  expect(recorded.code).toBe(1);
  const files = [`logto-${release}.jsonl`, `logto-${release}.openapi.json`];
  expect(recordings(copy)).toEqual([...recordings(root), ...files].sort());
});

test('step 3 shows what changed, on that release alone', () => {
  expect(replayed.output).toContain('status: expected 201, found 200');
  expect(replayed.output).toMatch(/^recordings 1\.44: 1\d\d passed, [1-9]\d? failed/m);
  for (const other of recordedReleases)
    expect(replayed.output).toMatch(new RegExp(`^recordings ${other}: \\d+ passed, 0 failed`, 'm'));
  expect(replayed.code).toBe(1);
});

test('what was recorded of other releases stays', () => {
  for (const file of recordings(root)) {
    const text = (folder: string): string => readFileSync(join(folder, 'contracts/recordings', file), 'utf8');
    if (file === 'conditional.jsonl') expect(text(copy).startsWith(text(root))).toBe(true);
    else if (file === 'token-endpoint.jsonl')
      expect(text(copy).replaceAll(',"1.44"]', ']').replaceAll(/[ \n]/g, '')).toBe(
        text(root).replaceAll(/[ \n]/g, ''),
      );
    else expect(text(copy)).toBe(text(root));
  }
});
