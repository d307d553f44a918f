/**
 * The runner runs every recorded script as the real tenant did, for `/test` and for a token. The recordings have the
 * messages of Node 22; `npm run contract:node22` runs the scripts with it.
 */
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createRunner } from '../../../src/runner/index.ts';
import exceptions from './exceptions.json' with { type: 'json' };
import { openPlaces } from './places.ts';
import { type RecordedScript, recordedScripts, scriptReleases } from './recorded.ts';
import { issueDifferences, type Replayed, replay, testDifferences } from './replay.ts';

const { places, close } = await openPlaces();
afterAll(close);

const execPath = process.env['SCRIPTS_NODE'] ?? process.execPath;

const scripts = new Map(scriptReleases.map((release) => [release, recordedScripts(release, places)]));

const differences = {
  issue: (line: RecordedScript, { issue }: Replayed) => issueDifferences(line, issue),
  test: (line: RecordedScript, { test }: Replayed) => testDifferences(line, test),
};

const replayed = new Map<string, Map<string, Replayed>>();
beforeAll(async () => {
  const all = [...scripts].map(async ([release, lines]) => {
    replayed.set(release, await replay(release, lines, execPath));
  });
  await Promise.all(all);
}, 120_000);

describe.each([...scripts])('a script on %s', (release, lines) => {
  describe.each(['issue', 'test'] as const)('%s', (question) => {
    test.each(lines)('$name', (line) => {
      const outcomes = replayed.get(release)?.get(line.name);
      const found = outcomes && differences[question](line, outcomes);
      const exception = exceptions.find(
        ({ release, name, questions }) =>
          release === line.release && name === line.name && questions.includes(question),
      );
      if (exception === undefined) expect(found).toEqual([]);
      else expect(found, `no longer an exception: ${exception.reason}`).not.toEqual([]);
    });
  });
});

test('the scripts ran on the requested Node', async () => {
  const runner = createRunner({ release: '1.43', execPath });
  onTestFinished(() => runner.close());
  const script = 'const getCustomJwtClaims = () => ({ version: process.version });';
  const version = execFileSync(execPath, ['--version'], { encoding: 'utf8' }).trim();
  const outcome = await runner.test({ tokenType: 'access-token', script });
  expect(outcome).toEqual({ status: 200, claims: { version } });
});

test('every exception is a recorded script', () => {
  const names = [...scripts].flatMap(([release, lines]) => lines.map(({ name }) => `${release} ${name}`));
  expect(names).toEqual(expect.arrayContaining(exceptions.map(({ release, name }) => `${release} ${name}`)));
  expect(names.length).toBe(163 + 163 + 168);
  expect(new Set(names).size).toBe(names.length);
});
