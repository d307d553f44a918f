/** What the vendor's document is known to say wrongly: still said, told apart, and noticed when it is mended. */
import { describe, expect, test } from 'vitest';
import { compareDocuments } from '../../src/drift/compare.ts';
import { divergences, isMarked } from '../../src/drift/known-wrongs.ts';
import { driftOf } from '../../src/drift/report.ts';
import { newest, oldest, oursOfNewest as ours, previous, tenants } from './documents.ts';
import { plant } from './plant.ts';

const copy = { name: 'a copy', document: structuredClone(ours.document) };
const shown = divergences.filter(({ drift }) => drift !== undefined);

/** About the vendor's page, or about what no document can say. */
const ofThePage = ['request-example', 'identities', 'audience', 'newer-fields', 'oversized-body'];

test('each known wrong shows in a document, or is of the page alone', () => {
  expect(divergences.filter(({ drift }) => drift === undefined).map(({ id }) => id)).toEqual(ofThePage);
});

const differences = tenants.flatMap((tenant) => compareDocuments(ours.document, tenant.document).differences);

test.each(shown.flatMap(({ id, drift = [] }) => drift.map((mark) => ({ id, mark, ...mark }))))(
  '$id is still said: $code $fields',
  ({ mark }) => {
    const fields: (string | undefined)[] = mark.fields ?? [undefined];
    for (const field of fields) {
      const one = field === undefined ? mark : { ...mark, fields: [field] };
      expect(
        differences.some((difference) => isMarked(one, difference)),
        field,
      ).toBe(true);
    }
    for (const status of mark.statuses ?? []) {
      const one = { ...mark, statuses: [status] };
      expect(
        differences.some((difference) => isMarked(one, difference)),
        status,
      ).toBe(true);
    }
  },
);

describe('a release', () => {
  test.each([
    [newest, shown.length],
    [previous, shown.length],
    [oldest, shown.length - 4],
  ])('$name has known wrongs', (tenant, number) => {
    const { knownWrongs, counts } = driftOf(ours, tenant);
    expect(counts).toMatchObject({ knownWrongs: number, mended: 0 });
    for (const { state } of knownWrongs) expect(state).toBe('present');
  });

  test('that is the newest says nothing else otherwise than we do', () => {
    expect(driftOf(ours, newest)).toMatchObject({ drift: false, breaks: false, findings: [] });
  });

  test('wrongs that two documents share are no drift', () => {
    const { counts, knownWrongs } = driftOf(ours, newest, previous);
    expect(counts).toMatchObject({ knownWrongs: shown.length, mended: 0 });
    expect(knownWrongs.map(({ state }) => state)).not.toContain('added');
  });
});

describe('what is mended', () => {
  test('is said of a document that says what tenants do', () => {
    const { knownWrongs, drift } = driftOf(ours, copy);
    expect(drift).toBe(false);
    expect(knownWrongs.map(({ id, state }) => `${id} ${state}`)).toEqual(
      shown.map(({ id }) => `${id} mended`),
    );
  });

  test('between two documents is no drift: tenants do what they did', () => {
    const { findings, knownWrongs } = driftOf(ours, copy, newest);
    expect(findings).toEqual([]);
    expect(knownWrongs.map(({ id, state }) => `${id} ${state}`)).toEqual(
      shown.map(({ id }) => `${id} mended`),
    );
    for (const { findings: shownAs, id } of knownWrongs) expect(shownAs.length, id).toBeGreaterThan(0);
  });

  test.each([
    ['string', []],
    ['number', ['type-changed /environmentVariables/*']],
  ])('at one field of an untyped request: a map of %s', (type, expected) => {
    const at =
      '/paths/~1api~1configs~1jwt-customizer~1{tokenTypePath}/patch/requestBody/content/application~1json/schema/properties/environmentVariables';
    const set = { type: 'object', additionalProperties: { type } };
    const now = { name: 'typed', document: plant(newest.document, [{ at, set }]) };
    for (const old of [ours, newest]) {
      const { findings } = driftOf(ours, now, old);
      const found = findings.map(({ code, field }) => `${code} ${field.replace(/^\[[^\]]*\]/, '')}`);
      expect([...new Set(found)]).toEqual(expected);
    }
  });

  test('hides nothing that is in it: found in the new document', () => {
    const at = '/paths/~1api~1configs~1jwt-customizer~1{tokenTypePath}/patch/responses/400';
    const problem = { schema: { type: 'object' } };
    const document = plant(newest.document, [
      { at: `${at}/content`, set: { 'application/problem+json': problem } },
    ]);
    const { findings } = driftOf(ours, { name: 'half mended', document }, newest);
    expect(findings.map(({ code, places }) => [code, places.map(({ pointer }) => pointer)])).toEqual([
      ['media-type-removed', [at]],
      ['media-type-added', [`${at}/content/application~1problem+json`]],
    ]);
  });

  test('and comes back is no drift either', () => {
    const { findings, knownWrongs } = driftOf(ours, newest, copy);
    expect(findings).toEqual([]);
    expect(new Set(knownWrongs.map(({ state }) => state))).toEqual(new Set(['added']));
  });

  test('names the release that mends it, when one does', () => {
    const [wrong] = shown;
    if (wrong === undefined) throw new Error('there are no known wrongs');
    wrong.mendedIn = '1.99';
    try {
      expect(driftOf(ours, newest).knownWrongs.find(({ id }) => id === wrong.id)).toMatchObject({
        state: 'present',
        mendedIn: '1.99',
      });
    } finally {
      delete wrong.mendedIn;
    }
  });

  test('at one place leaves the others', () => {
    const path = '/paths/~1api~1configs~1jwt-customizer~1{tokenTypePath}/get/responses/200/headers';
    const header = { required: true, schema: { type: 'string' } };
    const document = plant(newest.document, [{ at: path, set: { ETag: header } }]);
    const { findings, knownWrongs } = driftOf(ours, { name: 'mended', document });
    expect(findings).toEqual([]);
    const { findings: left } = knownWrongs.find(({ id }) => id === 'headers') ?? { findings: [] };
    const eTag = left.filter(({ field }) => field === 'header ETag').flatMap(({ places }) => places);
    expect(eTag.map(({ operation }) => operation)).toEqual(['GET /api/configs/jwt-customizer']);
  });
});
