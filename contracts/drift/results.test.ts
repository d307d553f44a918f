/**
 * What drift says of the recorded documents, as committed and reviewed. `npm run regenerate` writes the files anew: read
 * the difference.
 */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { brief, type Json, valueAt } from '../../src/contract/json.ts';
import { markdownOf } from '../../src/drift/markdown.ts';
import { type DriftReport, driftOf, type Source } from '../../src/drift/report.ts';
import { rules } from '../../src/drift/rules.ts';
import { textOf } from '../../src/drift/text.ts';
import { recordedReleases as releases } from '../conforming/index.ts';
import { oldest, ours, tenantOf } from './documents.ts';

const schema = JSON.parse(readFileSync(new URL('../../spec/drift.schema.json', import.meta.url), 'utf8')) as {
  $defs: { finding: { properties: { code: { enum: string[] }; subject: { enum: string[] } } } };
};
const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);

const results: [string, Source, Source][] = [
  ...releases.map((release): [string, Source, Source] => [`ours-${release}`, ours, tenantOf(release)]),
  ...releases.slice(1).map((release, index): [string, Source, Source] => {
    const before = releases[index] as string;
    return [`${before}-${release}`, tenantOf(before), tenantOf(release)];
  }),
];

const everyFinding = ({ findings, knownWrongs }: DriftReport) => [
  ...findings.map((finding) => ({ finding, isOfOurs: false })),
  ...knownWrongs.flatMap((wrong) => wrong.findings.map((finding) => ({ finding, isOfOurs: true }))),
];

/** How each known wrong shows, a line a difference, with the number of places. */
const knownText = ({ knownWrongs }: DriftReport): string =>
  knownWrongs
    .flatMap(({ id, findings }) => [
      `${id}:`,
      ...findings.map(({ code, direction, field, keyword, before, after, places }) => {
        const said = [keyword, before, after].map((part) => (part === undefined ? '-' : brief(part, 60)));
        return `  ${direction} ${code} ${field || '(the body)'} ${said.join(' ')} ×${places.length}`;
      }),
      '',
    ])
    .join('\n');

describe.each(results)('%s', (name, old, now) => {
  const report = driftOf(ours, now, old);

  test('says what was reviewed', async () => {
    await expect(`${textOf(report)}\n`).toMatchFileSnapshot(`results/${name}.txt`);
    await expect(`${markdownOf(report)}\n`).toMatchFileSnapshot(`results/${name}.md`);
    if (old === ours) await expect(knownText(report)).toMatchFileSnapshot(`results/${name}.known.txt`);
    // One shows the format; of the others it would be ten thousand lines.
    if (now.name === oldest.name)
      await expect(`${JSON.stringify(report, null, 2)}\n`).toMatchFileSnapshot(`results/${name}.json`);
  });

  test('is of the documented format', () => {
    const written = JSON.parse(JSON.stringify(report)) as unknown;
    expect(validate(written), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...report, version: 2 })).toBe(false);
  });

  test('points to what is there', () => {
    for (const { finding, isOfOurs } of everyFinding(report))
      for (const { pointer, in: side } of finding.places) {
        const document: Json = (side === 'new' ? now : isOfOurs ? ours : old).document;
        expect(valueAt(document, pointer), pointer).toBeDefined();
      }
  });

  test('fits into a comment on GitHub', () => {
    expect(markdownOf(report).length).toBeLessThan(65_536);
  });
});

test('the format names each rule and subject', () => {
  const { code, subject } = schema.$defs.finding.properties;
  expect(code.enum).toEqual(Object.keys(rules));
  expect([...subject.enum].sort()).toEqual(
    [...new Set(Object.values(rules).map((rule) => rule.subject))].sort(),
  );
});

test.each(releases)('%s is no drift from our document as of that release', (release) => {
  const { findings } = driftOf({ ...ours, asOf: release }, tenantOf(release));
  expect(findings).toEqual([]);
});

test('no drift is said plainly', () => {
  const report = driftOf(ours, { ...ours, name: 'a copy' });
  expect(textOf(report)).toContain('No drift.');
  expect(markdownOf(report)).toContain('### JWT customizers: no drift');
});

test('markup and bars of a document stay what they are', () => {
  const hostile = structuredClone(ours.document) as { paths: Record<string, Json> };
  hostile.paths['/api/configs/jwt-customizer/a|b</code><img src=x>@everyone`'] = { get: { responses: {} } };
  const text = markdownOf(driftOf(ours, { name: 'evil | [x](y)', document: hostile as unknown as Json }));
  expect(text).not.toMatch(/<img|a\|b|(?<!\\)\[x|everyone`|[^;]@everyone/);
  const row = text.split('\n').find((line) => line.includes('everyone'));
  expect(row?.match(/(?<!\\)\|/g)).toHaveLength(4);
});
