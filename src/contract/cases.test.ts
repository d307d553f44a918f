import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { loadCases, rules } from './cases.ts';
import { operationsById, requestExamples, responseExamples } from './document.ts';
import { readRecorded, recordedReleases } from './recordings/index.ts';

const cases = loadCases();

describe('the cases of the project', () => {
  test('run every request example of the document', () => {
    const used = new Set(cases.map(({ request }) => request.example));
    const forms = cases.filter(({ request }) => request.form).length;
    expect(forms).toBeGreaterThan(0);
    expect([...requestExamples.keys()].filter((name) => !used.has(name))).toEqual([
      'token-client-credentials',
    ]);
  });

  test('run every response example of the document', () => {
    const used = new Set(cases.map(({ expect: { example } }) => example));
    expect([...responseExamples.keys()].filter((name) => !used.has(name))).toEqual([]);
  });

  test('show every documented status of every operation', () => {
    const shown = new Set(cases.map(({ request, expect: { status } }) => `${request.operation} ${status}`));
    const documented = Object.values(operationsById).flatMap(({ id, object }) =>
      Object.keys(object.responses).map((status) => `${id} ${status}`),
    );
    expect(documented.filter((entry) => !shown.has(entry))).toEqual([]);
  });
});

describe('a case file that cannot be read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cases-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const load = (entries: unknown[]) => {
    writeFileSync(join(folder, 'x.json'), JSON.stringify(entries));
    return () => loadCases(pathToFileURL(`${folder}/`));
  };

  const good = {
    name: 'a',
    rule: 'list-has-what-exists',
    given: {},
    request: { operation: 'ListJwtCustomizers' },
    expect: { status: 200 },
    evidence: { readme: 'x' },
  };

  test.each([
    [
      'an unknown field',
      { ...good, expect: { status: 200, bdy: 'merged' } },
      '#/0/expect/bdy: no such field',
    ],
    [
      'an unknown operation',
      { ...good, request: { operation: 'Nope' } },
      '#/0/request/operation: the document has no operation "Nope"',
    ],
    [
      'an unknown request example',
      { ...good, given: { 'access-token': { $example: 'nope' } } },
      '#/0/given/access-token: the document has no request example "nope"',
    ],
    [
      'an unknown response example',
      { ...good, expect: { status: 200, example: 'nope' } },
      '#/0/expect/example: the document has no response example "nope"',
    ],
    ['an unknown rule', { ...good, rule: 'nope' }, '#/0/rule: contracts/rules.json has no rule "nope"'],
  ])('is refused with the place and the reason: %s', (_, entry, message) => {
    expect(load([entry])).toThrow(message);
  });
});

describe('the rules', () => {
  const readme = readFileSync(new URL('../../contracts/recordings/README.md', import.meta.url), 'utf8');
  const names = new Set(
    recordedReleases.flatMap((release) => readRecorded(release).map(({ line }) => line.name)),
  );

  test.each(Object.entries(rules))('%s has a case, and its evidence exists', (code, { does, evidence }) => {
    expect(cases.filter(({ rule }) => rule === code)).not.toEqual([]);
    expect(does).not.toBe('');
    expect(evidence).not.toEqual([]);
    for (const entry of evidence)
      if (entry.startsWith('README: ')) expect(readme).toContain(entry.slice(8));
      else expect(names).toContain(entry);
  });

  test('every recording that a case names exists', () => {
    for (const { evidence } of cases)
      if ('recording' in evidence) expect(names).toContain(evidence.recording);
  });
});
