/**
 * `check` on every recorded script: no error for one that works on its release, and each other one is found, by reading or
 * by a run with the recorded arguments. check.json says why the rest cannot be. A script works when the token carries what
 * `/test` shows.
 */
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkScript, type Finding } from '../../../src/claims/check.ts';
import { readScript } from '../../../src/claims/read.ts';
import { reportBody } from '../../../src/client/emit.ts';
import { createRunner } from '../../../src/runner/index.ts';
import reasons from './check.json' with { type: 'json' };
import {
  type RecordedScript,
  recordedArguments,
  recordedScripts,
  requestOf,
  scriptReleases,
} from './recorded.ts';
import { isSlow, isTimeout } from './replay.ts';

interface Later extends Omit<RecordedScript, 'release' | 'issued' | 'test'> {
  real: Record<string, { test: { status: number; body: string }; issued?: RecordedScript['issued'] }>;
}

const later = readFileSync(new URL('../more-scripts.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Later);

const bodyOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const linesOf = (release: string): RecordedScript[] => [
  ...recordedScripts(release, { '<server>': '9', '<closed>': '9', '<endpoint>': 'http://127.0.0.1:9' }),
  ...later.map(({ real, ...line }) => {
    const { test, issued } = real[release] as Later['real'][string];
    const shown = { status: test.status, body: bodyOf(test.body) };
    // No token was recorded for access-token scripts.
    const token = issued ?? { status: shown.status === 403 ? 400 : 200, claims: shown.body };
    return { ...line, release, name: `more: ${line.name}`, test: shown, issued: token };
  }),
];

const outcomeOf = ({ issued, test }: RecordedScript): 'works' | 'denies' | 'fails' => {
  if (issued.status === 400) return 'denies';
  const isSame = isDeepStrictEqual(issued.claims, test.body);
  return issued.status === 200 && test.status === 200 && isSame ? 'works' : 'fails';
};

const foundBy = (findings: readonly Finding[]): string => {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.some(({ sample }) => sample === undefined)) return 'reading';
  if (errors.length > 0) return 'run';
  if (findings.some(({ code }) => code === 'denied')) return 'denial';
  return 'nothing';
};

/** Each member of a recorded argument, as a script reads it. */
const pathsOf = (value: unknown, path: string): string[] => {
  if (typeof value !== 'object' || value === null) return [path];
  const step = Array.isArray(value) ? (key: string) => `[${key}]` : (key: string) => `.${key}`;
  return [path, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, path + step(key)))];
};

test.each(recordedArguments)(
  'every member that $script received is known: $grant on $release',
  async (line) => {
    const { release, script, token, context } = line;
    const paths = [...pathsOf(token, 'token'), ...pathsOf(context ?? {}, 'context')];
    const code = `const getCustomJwtClaims = ({ token, context }) => [${paths.join(', ')}];`;
    const unknown: string[] = [];
    await readScript(code, script, release, (rule, _, message) => void unknown.push(`${rule} ${message}`));
    expect(unknown).toEqual([]);
  },
);

test('the client warns of no script that works on some release', () => {
  const warned = scriptReleases.flatMap(linesOf).flatMap((line) => {
    const events: string[] = [];
    const body = { value: { script: line.script }, dropped: [] };
    reportBody((event) => events.push(event.type), { method: 'PUT', path: '' }, body);
    return events.length > 0 && outcomeOf(line) === 'works' ? [line.name] : [];
  });
  expect(warned).toEqual([]);
});

describe.each(scriptReleases)('check on %s', (release) => {
  const rows: { name: string; outcome: string; by: string }[] = [];
  beforeAll(async () => {
    const runners = {
      quick: createRunner({ release, patience: 3000 }),
      hasty: createRunner({ release, timeout: 500 }),
      patient: createRunner({ release, timeout: 20_000 }),
    };
    const check = async (line: RecordedScript): Promise<void> => {
      const { tokenType, script, ...sample } = requestOf(line);
      const runner = runners[!isSlow(line) ? 'quick' : isTimeout(line) ? 'hasty' : 'patient'];
      const samples = { recorded: sample as object };
      const findings = await checkScript(script, { tokenType, release, samples }, runner);
      rows.push({ name: line.name, outcome: outcomeOf(line), by: foundBy(findings) });
    };
    const lines = linesOf(release);
    const slow = lines.filter(isSlow).map(check);
    const quick = lines.filter((line) => !isSlow(line));
    const lane = async (): Promise<void> => {
      for (let line = quick.pop(); line !== undefined; line = quick.pop()) await check(line);
    };
    await Promise.all([...slow, lane(), lane(), lane()]);
    for (const runner of Object.values(runners)) runner.close();
  }, 300_000);

  const names = (outcome: string, ...by: string[]): string[] =>
    rows.flatMap((row) => (row.outcome === outcome && by.includes(row.by) ? [row.name] : [])).sort();

  test('no error for a script that works', () => {
    expect(names('works', 'reading', 'run')).toEqual([]);
    expect(names('works', 'nothing').length).toBeGreaterThan(100);
  });

  test('what fails is found, or check.json says why it cannot be', () => {
    const listed = reasons
      .filter(({ releases }) => (releases as string[]).includes(release))
      .map(({ name }) => name);
    expect([...names('fails', 'nothing', 'denial'), ...names('denies', 'nothing')].sort()).toEqual(
      listed.sort(),
    );
  });

  test('how many are found by reading, by the run, and as a denial', () => {
    const figures = (outcome: string) =>
      Object.fromEntries(
        ['reading', 'run', 'denial', 'nothing'].map((by) => [by, names(outcome, by).length]),
      );
    expect({ works: figures('works'), fails: figures('fails'), denies: figures('denies') }).toMatchSnapshot();
  });
});
