/** The steps of CONTRIBUTING that add a release's evidence, done on a copy with a made-up release. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newestRelease } from '../../generated/newest-release.js';
import openapi from '../../generated/openapi.json' with { type: 'json' };
import type { Ended } from '../../scripts/execute.test-helper.ts';
import { createConformingTenant, recordedReleases, type Served, serveTenant } from '../conforming/index.ts';
import { copyProject, type ProjectCopy, root } from './project-copy.test-helper.ts';

/** An unknown release. */
const release = `1.${Number(newestRelease.split('.')[1]) + 1}`;

/** The document of its tenant: the customizer has every field of our document. */
const swagger = ((): string => {
  const document = JSON.parse(createConformingTenant({ release }).swagger);
  const { get } = document.paths['/api/configs/jwt-customizer/{tokenTypePath}'];
  get.responses[200].content['application/json'].schema = { $ref: '#/components/schemas/JwtCustomizer' };
  document.components.schemas = openapi.components.schemas;
  return JSON.stringify(document);
})();

/** The arguments after `npm run contract --` in the steps. */
const [record = [], replay = []] = [
  ...readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8').matchAll(/^ {3}npm run contract -- (.*)$/gm),
].map(([, args = '']) => args.replace(/(?<=--release )\S+/, release).split(' '));

let copy: ProjectCopy;
let served: Served;

const contract = (args: readonly string[]): Promise<Ended> => {
  return copy.run('npm', ['run', 'contract', '--', ...args], {
    XDG_STATE_HOME: join(copy.folder, 'state'),
    ...served.env,
  });
};

let recorded: Ended;
let replayed: Ended;

beforeAll(async () => {
  copy = copyProject();
  // In this release a PUT that creates responds with 200.
  served = await serveTenant({ release }, async ({ method, path }, next) => {
    const response = await next();
    if (path === '/api/swagger.json') return { ...response, body: swagger };
    return method === 'PUT' && response.status === 201 ? { ...response, status: 200 } : response;
  });
  recorded = await contract(record);
  await served.close();
  replayed = await contract(replay);
}, 120_000);
afterAll(() => copy.remove());

const recordings = (folder: string): string[] =>
  readdirSync(join(folder, 'contracts/recordings'), { withFileTypes: true })
    .flatMap((entry) => (entry.isFile() ? entry.name : []))
    .sort();

test('step 2 records the release, including its differences', () => {
  expect(record).toEqual(expect.arrayContaining(['--record', 'contracts/recordings', '--release', release]));
  expect(recorded.output).toContain(`Recorded Logto ${release}`);
  expect(recorded.output).toMatch(/^tenant: 1\d\d passed, [1-9]\d? failed/m);
  expect(recorded.code).toBe(1);
  const files = [`logto-${release}.jsonl`, `logto-${release}.openapi.json`];
  expect(recordings(copy.folder)).toEqual([...recordings(root), ...files].sort());
});

test('step 3 shows what changed, only for that release', () => {
  expect(replayed.output).toContain('status: expected 201, found 200');
  expect(replayed.output).toMatch(
    new RegExp(`^recordings ${release}: 1\\d\\d passed, [1-9]\\d? failed`, 'm'),
  );
  for (const other of recordedReleases)
    expect(replayed.output).toMatch(new RegExp(`^recordings ${other}: \\d+ passed, 0 failed`, 'm'));
  expect(replayed.code).toBe(1);
});

test('the recordings of other releases stay', () => {
  for (const file of recordings(root)) {
    const text = (folder: string): string => readFileSync(join(folder, 'contracts/recordings', file), 'utf8');
    if (file === 'conditional.jsonl') expect(text(copy.folder).startsWith(text(root))).toBe(true);
    else if (file === 'token-endpoint.jsonl')
      expect(text(copy.folder).replaceAll(`,"${release}"]`, ']').replaceAll(/[ \n]/g, '')).toBe(
        text(root).replaceAll(/[ \n]/g, ''),
      );
    else expect(text(copy.folder)).toBe(text(root));
  }
});
