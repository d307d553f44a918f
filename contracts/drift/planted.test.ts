/**
 * Changes planted into our document and into a tenant's: each is found, in each direction and at each place, and
 * nothing else is.
 */
import { describe, expect, test } from 'vitest';
import { type Json, valueAt } from '../../src/contract/json.ts';
import { compareDocuments } from '../../src/drift/compare.ts';
import { type Finding, findingsOf } from '../../src/drift/finding.ts';
import { driftOf } from '../../src/drift/report.ts';
import { type Code, type Direction, rules, verdictOf } from '../../src/drift/rules.ts';
import { isNightly } from '../nightly.ts';
import { ours, oursOfNewest, newest as tenant } from './documents.ts';
import { type Change, plant } from './plant.ts';
import inOperations from './planted-in-operations.json' with { type: 'json' };
import inSchemas from './planted-in-schemas.json' with { type: 'json' };

interface Row {
  name: string;
  patch: Change[];
  code: Code;
  /** From the context sample on. */
  field: string;
  breaks: Direction[];
  keyword?: string;
  before?: Json;
  after?: Json;
  /** What the opposite change is; `null` when it is another one altogether. */
  reverse?: Code | null;
}

interface Expected {
  code: Code;
  direction: Direction;
  field: string;
  breaks: boolean;
  keyword?: string;
  before?: Json;
  after?: Json;
  /** Operation and status. */
  places: string[];
}

const found = new Set<string>();

/** What is found, as the data writes it. */
const summary = (findings: readonly Finding[]): Expected[] =>
  findings
    .map(({ kind: _, subject: __, reason: ___, since: ____, places, ...rest }) => {
      found.add(`${rest.code} ${rest.direction}`);
      return {
        ...rest,
        places: places.map(({ operation, status }) => [operation, status].filter(Boolean).join(' ')),
      };
    })
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

const sorted = (expected: readonly Expected[]): Expected[] => {
  // In the order of the keys that findings have.
  const written = expected.map(({ code, direction, field, keyword, before, after, breaks, places }) => ({
    code,
    direction,
    field,
    ...(keyword !== undefined && { keyword }),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    breaks,
    places,
  }));
  return written.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
};

/** Each difference, whatever is known. */
const differencesBetween = (old: Json, now: Json): Expected[] =>
  summary(findingsOf(compareDocuments(old, now).differences));

/** As the command tells it. */
const findingsBetween = (old: Json, now: Json): Expected[] =>
  summary(
    driftOf(
      oursOfNewest,
      { name: 'new', document: now },
      old === ours.document ? oursOfNewest : { name: 'old', document: old },
    ).findings,
  );

const item = '/paths/~1api~1configs~1jwt-customizer~1{tokenTypePath}';
const variant = 'content/application~1json/schema/oneOf/0/properties';
const itemPath = '/api/configs/jwt-customizer/{tokenTypePath}';
const ofCustomizer = '[tokenSample.kind=AccessToken]/contextSample';

/** Where a tenant's document has a context sample, once received, once sent. */
const places: { direction: Direction; base: string; prefix: string; operation: string }[] = [
  {
    direction: 'response',
    base: `${item}/get/responses/200/${variant}/contextSample`,
    prefix: ofCustomizer,
    operation: `GET ${itemPath} 200`,
  },
  {
    direction: 'request',
    base: `/paths/~1api~1configs~1jwt-customizer~1test/post/requestBody/${variant}/context`,
    prefix: '[tokenType=access-token]/context',
    operation: 'POST /api/configs/jwt-customizer/test',
  },
];

/** Of the tenant's document, what has these places: the whole of it is compared with ours. */
const excerpt: Json = {
  ...(tenant.document as { [key: string]: Json }),
  paths: Object.fromEntries(
    [
      ['/api/configs/jwt-customizer/{tokenTypePath}', 'get'],
      ['/api/configs/jwt-customizer/test', 'post'],
    ].map(([path = '', method = '']) => [
      path,
      { [method]: valueAt(tenant.document, `/paths/${path.replaceAll('/', '~1')}/${method}`) as Json },
    ]),
  ),
};

/** Where our document has it, which writes it once. */
const ourPlaces: { direction: Direction; prefix: string; operations: string[] }[] = [
  { direction: 'request', prefix: ofCustomizer, operations: [`PATCH ${itemPath}`, `PUT ${itemPath}`] },
  {
    direction: 'response',
    prefix: ofCustomizer,
    operations: [
      `PATCH ${itemPath} 200`,
      `PUT ${itemPath} 200`,
      `PUT ${itemPath} 201`,
      `GET ${itemPath} 200`,
    ],
  },
  {
    direction: 'response',
    prefix: '/*[key=jwt.accessToken]/value/contextSample',
    operations: ['GET /api/configs/jwt-customizer 200'],
  },
  {
    direction: 'request',
    prefix: '[tokenType=access-token]/context',
    operations: ['POST /api/configs/jwt-customizer/test'],
  },
];

const expectedAt = (row: Row, direction: Direction, prefix: string, operations: string[]): Expected => {
  const { name: _, patch: __, reverse: ___, ...rest } = row;
  return {
    ...rest,
    direction,
    field: prefix + row.field,
    breaks: row.breaks.includes(direction),
    places: operations,
  };
};

const opposite: Partial<Record<Code, Code>> = {
  'field-added-optional': 'field-removed',
  'field-added-required': 'field-removed',
  'field-removed': 'field-added-optional',
  'field-made-required': 'field-made-optional',
  'field-made-optional': 'field-made-required',
  'type-wider': 'type-narrower',
  'type-narrower': 'type-wider',
  'null-added': 'null-removed',
  'null-removed': 'null-added',
  'enum-added': 'enum-removed',
  'enum-removed': 'enum-added',
  'enum-value-added': 'enum-value-removed',
  'enum-value-removed': 'enum-value-added',
  'constraint-added': 'constraint-removed',
  'constraint-removed': 'constraint-added',
  'constraint-tightened': 'constraint-loosened',
  'constraint-loosened': 'constraint-tightened',
  'unknown-fields-refused': 'unknown-fields-allowed',
  'variant-added': 'variant-removed',
  'variant-removed': 'variant-added',
  'deprecation-added': 'deprecation-removed',
};

const rows = inSchemas as Row[];

/** The gate plants each change into one of a tenant's places, by turns; in our document each is tried in all. */
const placesOf = (index: number) => places.filter((_, place) => isNightly || place === index % places.length);

describe('a change of a schema', () => {
  describe.each(rows.map((row, index) => [row.name, row, index] as const))('%s', (_, row, index) => {
    test.each(placesOf(index))("in a tenant's $direction", ({ direction, base, prefix, operation }) => {
      const planted = plant(excerpt, row.patch, base);
      const expected = [expectedAt(row, direction, prefix, [operation])];
      expect(differencesBetween(excerpt, planted)).toEqual(sorted(expected));
      const whole = plant(tenant.document, row.patch, base);
      expect(findingsBetween(ours.document, whole)).toEqual(sorted(expected));
      if (row.reverse === null) return;
      const code = row.reverse ?? opposite[row.code] ?? row.code;
      const { before, after, ...rest } = expected[0] as Expected;
      const back = {
        ...rest,
        code,
        breaks: verdictOf(code, direction).breaks,
        ...(after !== undefined && { before: after }),
        ...(before !== undefined && { after: before }),
      };
      expect(differencesBetween(planted, excerpt)).toEqual([back]);
    });

    test('in our document, at each place that refers to it', () => {
      const planted = plant(ours.document, row.patch, '/components/schemas/AccessTokenContextSample');
      const expected = ourPlaces.map(({ direction, prefix, operations }) =>
        expectedAt(row, direction, prefix, operations),
      );
      expect(differencesBetween(ours.document, planted)).toEqual(sorted(expected));
    });
  });
});

interface OperationRow {
  name: string;
  into: 'ours' | 'tenant';
  /** What it is compared with: the same document before, and ours, unless it says `given`, `tenant` or `ours`. */
  against?: string;
  /** Changes of both documents. */
  given?: Change[];
  patch: Change[];
  findings: Expected[];
  ignoring?: string[];
}

describe('a change of an operation', () => {
  test.each((inOperations as unknown as OperationRow[]).map((row) => [row.name, row] as const))(
    '%s',
    (_, { into, against, given = [], patch, findings, ignoring = [] }) => {
      const { document } = into === 'ours' ? ours : tenant;
      const before = given.length === 0 ? document : plant(document, given);
      const planted = plant(before, patch);
      const without = (list: Expected[]): Expected[] =>
        list.map(
          (one) =>
            Object.fromEntries(
              Object.entries(one).filter(([key]) => !ignoring.includes(key)),
            ) as unknown as Expected,
        );
      // Known wrongs are of tenants' documents; in ours, each difference counts.
      const between =
        into === 'ours' ? differencesBetween(before, planted) : findingsBetween(before, planted);
      if (against !== 'ours') expect(without(between)).toEqual(without(sorted(findings)));
      if ((against === undefined || against === 'ours') && into !== 'ours')
        expect(without(findingsBetween(ours.document, planted))).toEqual(without(sorted(findings)));
    },
  );
});

test('each rule is found by a planted change, in each direction that it has', () => {
  const all = Object.entries(rules).flatMap(([code, rule]) =>
    (['request', 'response'] as const)
      .filter((direction) => direction in rule)
      .map((direction) => `${code} ${direction}`),
  );
  const elsewhere = ['literal-respelled request', 'literal-respelled response'];
  expect(all.filter((one) => !found.has(one) && !elsewhere.includes(one))).toEqual([]);
});
