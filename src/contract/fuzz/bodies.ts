import type { Arbitrary } from 'fast-check';
import type { TokenType } from '../../../generated/types.d.ts';
import type { Validate } from '../../../generated/validators/issue.d.ts';
import * as validators from '../../../generated/validators/request.js';
import { marker } from '../../session/index.ts';
import type { Schema } from '../document.ts';
import type { Json } from '../json.ts';
import { type Release, schemasOf } from '../releases.ts';
import { createArbitraryOf, type FastCheck, type Leaves } from './schema-arbitrary.ts';

export type Body = { [field: string]: Json };

/** What a person sends for each token type, and what we say of it. */
export const customizers: Record<TokenType, { schema: string; validate: Validate }> = {
  'access-token': {
    schema: 'AccessTokenJwtCustomizer',
    validate: validators.validateAccessTokenJwtCustomizer,
  },
  'client-credentials': {
    schema: 'ClientCredentialsJwtCustomizer',
    validate: validators.validateClientCredentialsJwtCustomizer,
  },
};

/** Texts that one layer or another likes to change: not normalized, at the ends, invisible, beyond the BMP. */
const oddTexts = [
  '',
  ' ',
  'e\u0301',
  '\u212b',
  '\u1100\u1161\u11a8',
  '\ufb01',
  '💥',
  'a\u2028b',
  'a\rb',
  '\ufeff',
  '\r\n',
  '\u0085',
  "'",
  '\\u0000',
  'null',
  '$&',
  'имя',
];

/**
 * Names that an object in JavaScript has already. Without `__proto__`: tenants refuse it from 1.42 on, and older ones
 * drop it silently.
 */
const prototypeKeys = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', 'length'];

/**
 * Leaves that a tenant stores and gives back equal. Storage refuses U+0000 and lone surrogates in every text
 * (recordings "refused: U+0000 in the script", "refused: lone surrogate in the script"; type jsonb makes no difference
 * between texts). Numbers keep to common magnitudes: jsonb should give any finite double back, but no recording has
 * one at the ends of the range. -0 has no JSON of its own: JSON.stringify makes it 0.
 */
const storable = (fc: FastCheck): Leaves => {
  const text = (min = 0, max = 12): Arbitrary<string> => {
    const bounds = { minLength: min, maxLength: Math.min(max, min + 12) };
    const odd = oddTexts.filter(({ length }) => length >= bounds.minLength && length <= bounds.maxLength);
    const unicode = fc
      .string({ ...bounds, unit: 'binary' })
      .filter((value) => !value.includes('\0') && value.length <= max);
    return fc.oneof(
      { weight: 5, arbitrary: fc.string(bounds) },
      { weight: 2, arbitrary: unicode },
      { weight: 3, arbitrary: odd.length > 0 ? fc.constantFrom(...odd) : unicode },
    );
  };
  const key = fc.oneof(
    { weight: 4, arbitrary: text().filter((name) => name !== '__proto__') },
    { weight: 2, arbitrary: fc.constantFrom(...prototypeKeys, 'a/b~c', 'a.b') },
  );
  const number = fc.oneof(
    fc.integer({ min: -200, max: 200 }),
    fc.integer({ min: -1e9, max: 1e9 }).map((whole) => whole / 1000),
    fc.constantFrom(0, 1, 0.1, 1e21, 2 ** 53, 1_732_300_000_000),
  );
  const scalar = fc.oneof<Arbitrary<Json>[]>(text(), number, fc.boolean(), fc.constant(null));
  const flat = fc.oneof(
    scalar,
    fc.array(scalar, { maxLength: 2 }),
    fc.dictionary(key, scalar, { maxKeys: 2 }),
  );
  const any = fc.oneof(
    scalar,
    flat,
    fc.array(flat, { maxLength: 2 }),
    fc.dictionary(key, flat, { maxKeys: 2 }),
  );
  return {
    text: ({ format, minLength, maxLength }) =>
      format === undefined
        ? text(minLength as number | undefined, maxLength as number | undefined)
        : fc.constantFrom('https://example.com/callback', 'https://example.com/a?b=c'),
    integer: ({ minimum, maximum }) =>
      fc.integer({ min: (minimum as number | undefined) ?? 1, max: (maximum as number | undefined) ?? 999 }),
    number,
    any,
    key,
    unknown: fc.oneof(
      { weight: 15, arbitrary: fc.constant({}) },
      {
        weight: 1,
        arbitrary: fc.dictionary(fc.constantFrom('unknown', ...prototypeKeys), scalar, { maxKeys: 1 }),
      },
    ),
  };
};

/** Ends of lines in JavaScript: what follows one is no longer a comment. */
const lineEnds = /[\n\r\u2028\u2029]/g;

/**
 * Scripts that are comments and white space alone, so that no token changes while they are stored. Each holds the
 * suite's marker: by it a later run knows them.
 */
const scripts = (fc: FastCheck, text: Arbitrary<string>): Arbitrary<string> => {
  const line = text.map(
    (value) => `// ${value.replaceAll(lineEnds, '').replaceAll('getCustomJwtClaims', '')}`,
  );
  return fc
    .record({
      before: fc.constantFrom('', ' ', '\ufeff', '\r\n\t'),
      lines: fc.array(line, { maxLength: 3 }),
      lineEnd: fc.constantFrom('\n', '\r\n', '\r', '\u2028'),
      after: fc.constantFrom('', '\n', '  ', '\r\n\r\n'),
    })
    .map(({ before, lines, lineEnd, after }) => before + [`// ${marker}`, ...lines].join(lineEnd) + after);
};

type Container = Json[] | { [key: string]: Json };

/** A small change somewhere in a body: what makes a valid one nearly valid. */
export interface Change {
  /** Which object or array, in the order in which they stand; counted round. */
  where: number;
  /** Which of its fields or items; counted round. */
  which: number;
  kind: 'replace' | 'remove' | 'add';
  /** The name of what is added to an object. */
  key: string;
  value: Json;
}

const containersOf = (value: Json): Container[] =>
  typeof value !== 'object' || value === null ? [] : [value, ...Object.values(value).flatMap(containersOf)];

/** Sets own properties only, `__proto__` included, as JSON.parse does. */
const set = (container: Container, key: string | number, value: Json): void => {
  Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
};

/** A copy of the body with the change made. */
export const applyChange = (body: Json, change: Change): Json => {
  const copy = structuredClone(body);
  const containers = containersOf(copy);
  const container = containers[change.where % containers.length];
  if (container === undefined) return change.value;
  const keys = Object.keys(container);
  const key = keys[change.which % Math.max(1, keys.length)];
  if (change.kind === 'add' || key === undefined) {
    if (Array.isArray(container)) container.push(change.value);
    else set(container, change.key, change.value);
  } else if (change.kind === 'remove') {
    Reflect.deleteProperty(container, key);
  } else {
    set(container, key, change.value);
  }
  return copy;
};

/** Bytes. A tenant reads 1 MiB; what PATCH merges must stay below it, too. */
const largest = 100_000;

/** What JSON carries of a body: what a model must start from. */
const asSent = (body: Json): Body => JSON.parse(JSON.stringify(body)) as Body;

export interface Bodies {
  /** What every tenant of the release stores. */
  valid: Arbitrary<Body>;
  /** Nearly valid: what our validators refuse, and so every tenant of the release. */
  refused: Arbitrary<Body>;
}

/** Random bodies for PUT and PATCH. */
export const bodiesOf = (fc: FastCheck, tokenType: TokenType, release: Release): Bodies => {
  const leaves = storable(fc);
  const schemas = schemasOf(release);
  const { schema, validate } = customizers[tokenType];
  const { script: _, ...fields } = (schemas[schema] as { properties: Record<string, Schema> }).properties;
  // Builds that act on it (none was recorded) issue no token while a script without an entry function is stored.
  if (fields['blockIssuanceOnError'] !== undefined) fields['blockIssuanceOnError'] = { const: false };
  const rest = createArbitraryOf(
    fc,
    schemas,
    leaves,
  )({
    type: 'object',
    properties: fields,
    additionalProperties: false,
  }) as Arbitrary<Body>;
  const valid = fc
    .record({ script: scripts(fc, leaves.text({}) as Arbitrary<string>), rest })
    .map(({ script, rest: others }) => asSent({ script, ...others }))
    .filter((body) => validate(body).length === 0 && JSON.stringify(body).length < largest);

  const change = fc.record({
    where: fc.nat(60),
    which: fc.nat(20),
    kind: fc.constantFrom<Change['kind'][]>('replace', 'remove', 'add'),
    key: leaves.key,
    value: leaves.any,
  });
  const refused = fc
    .record({ body: valid, changes: fc.array(change, { minLength: 1, maxLength: 2 }) })
    .map(({ body, changes }) => {
      const changed = asSent(changes.reduce<Json>(applyChange, body));
      // Were it stored in spite of all, no token may change.
      return typeof changed['script'] === 'string' ? { ...changed, script: body['script'] as Json } : changed;
    })
    .filter((body) => validate(body).length > 0);
  return { valid, refused };
};
