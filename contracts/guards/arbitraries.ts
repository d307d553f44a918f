/**
 * Bodies for the differential check: valid ones generated from our schemas, then nearly valid and hostile ones
 * derived from them by small changes.
 */
import fc from 'fast-check';
import type { Schemas } from '../../src/contract/document.ts';
import { applyChange, type Change } from '../../src/contract/fuzz/bodies.ts';
import { createArbitraryOf } from '../../src/contract/fuzz/schema-arbitrary.ts';
import type { Json } from '../../src/contract/json.ts';

export type { Json };

type Schema = { [keyword: string]: unknown };

const urls = fc
  .tuple(
    fc.constantFrom(
      'https://',
      'http://',
      'HTTPS://',
      'com.example.app://',
      'app:/',
      'a+b-c.d_1://',
      '1x://',
      'h*tp://',
      '//',
      '',
    ),
    fc.constantFrom(
      'example.com',
      '*.example.com',
      '*',
      'localhost',
      'user@*.example.com',
      '[::1]',
      '*.a:80',
      'a.b:8*',
      'a:b:*',
      '',
    ),
    fc.constantFrom('', '/', '/callback', '/*/x', '/a/../b', '/./', '/%2e%2E/x', '/%2e', '/..x', '\\..\\'),
    fc.constantFrom('', '?a=1', '?a=*', '#*', '#x', '?\n*'),
  )
  .map((parts) => parts.join(''));

const text = fc.oneof(
  { weight: 6, arbitrary: fc.string({ maxLength: 12 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      ' ',
      '\u0000',
      '\ud800',
      '\udc00x',
      '💥',
      '\u2028',
      '\ufeff',
      'null',
      'SignIn',
      'email',
      'Totp',
    ),
  },
);

const numbers = fc.oneof(
  fc.integer({ min: -2, max: 200 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 1, 180, 181, 1.5, 2 ** 53, 1e308, 1_732_300_000_000),
);

const anyJson: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, [], {}, [null], { a: 1 }, [[]], { length: 1 }),
  text,
  numbers,
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
);

/** A string of a length at, just below or just above a bound, of one- or two-unit characters. */
const ofLength = (bound: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(-1, 0, 1, 2), fc.constantFrom('x', '💥', 'é'))
    .map(([offset, unit]) => unit.repeat(Math.ceil(Math.max(0, bound + offset) / unit.length)));

const deep = (levels: number): Json => {
  let value: Json = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { n: value };
  return value;
};

const texts = (schema: Schema): fc.Arbitrary<Json> => {
  if (schema['format'] !== undefined) {
    const good = fc.constantFrom('https://example.com/callback', 'com.example.app://callback');
    return fc.oneof({ weight: 12, arbitrary: good }, { weight: 1, arbitrary: urls });
  }
  const min = (schema['minLength'] as number | undefined) ?? 0;
  const max = schema['maxLength'] as number | undefined;
  const inside = fc.string({ minLength: min, maxLength: Math.min(max ?? min + 12, min + 12) });
  if (max === undefined) return fc.oneof({ weight: 5, arbitrary: inside }, { weight: 1, arbitrary: text });
  return fc.oneof({ weight: 60, arbitrary: inside }, { weight: 1, arbitrary: ofLength(max) });
};

const integers = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 180 }) },
  { weight: 1, arbitrary: fc.constantFrom(-1, 0, 181, 1.5) },
);

/** Values that mostly satisfy `schema`. */
export const arbitraryOf = (schema: Schema, schemas: Schemas): fc.Arbitrary<Json> =>
  createArbitraryOf(fc, schemas, {
    text: texts,
    integer: () => integers,
    number: numbers,
    any: anyJson,
    key: text,
  })(schema);

/**
 * Bodies as JSON text: valid ones, and the same with one to three changes anywhere.
 *
 * @param names Property names to add in wrong places.
 */
export const bodies = (schema: Schema, schemas: Schemas, names: readonly string[]): fc.Arbitrary<string> => {
  const valid = arbitraryOf(schema, schemas);
  const key = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...names) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        '__proto__',
        'constructor',
        'toString',
        'length',
        '',
        'имя',
        '\u0000',
        'a/b~c',
      ),
    },
    { weight: 1, arbitrary: text },
  );
  const change = fc.record({
    where: fc.nat(200),
    kind: fc.constantFrom<Change['kind'] | 'deepen'>('replace', 'remove', 'add', 'deepen'),
    key,
    value: fc.oneof(anyJson, fc.integer({ min: 0, max: 300 }).chain(ofLength), urls),
  });
  const asChange = ({ kind, ...rest }: Omit<Change, 'kind'> & { kind: Change['kind'] | 'deepen' }): Change =>
    kind === 'deepen' ? { ...rest, kind: 'replace', value: deep(60) } : { ...rest, kind };
  return fc
    .tuple(
      valid,
      fc.oneof(
        { weight: 2, arbitrary: fc.constant([]) },
        { weight: 5, arbitrary: fc.array(change, { minLength: 1, maxLength: 3 }) },
      ),
    )
    .map(([body, changes]) => JSON.stringify(changes.map(asChange).reduce<Json>(applyChange, body)));
};
