import type { Arbitrary } from 'fast-check';
import type { TokenType } from '../../../generated/types.d.ts';
import type { Validate } from '../../../generated/validators/issue.d.ts';
import * as requests from '../../../generated/validators/request.js';
import { tokenTypes } from '../../client/call/engine.ts';
import { marker } from '../../session/index.ts';
import { type JsonSchemas, schemasOf } from '../../tenant/index.ts';
import { schemas as documented, type Schema, type Schemas } from '../document.ts';
import { isObject, type Json } from '../json.ts';
import { placeOf, type Release } from '../releases.ts';
import { customizerOf } from '../validate-by-document.ts';
import { createArbitraryOf, type FastCheck, type Leaves } from './schema-arbitrary.ts';

export type Body = { [field: string]: Json };

const validators: Record<TokenType, Validate> = {
  'access-token': requests.validateAccessTokenJwtCustomizer,
  'client-credentials': requests.validateClientCredentialsJwtCustomizer,
};

/** Texts that one layer or another likes to change: not normalized, at the ends, invisible, beyond the BMP. */
const oddTexts = [
  ...['', ' ', '\r\n', 'a\rb', 'a\u2028b', '\u0085', '\ufeff'],
  ..."e\u0301 \u212b \u1100\u1161\u11a8 \ufb01 💥 имя \\u0000 null $& '".split(' '),
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
  // fast-check's own unit `binary` takes a second to make.
  const unit = fc
    .oneof(fc.integer({ min: 0x20, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
    .map((code) => String.fromCodePoint(code));
  const text = (min = 0, max = 12): Arbitrary<string> => {
    const bounds = { minLength: min, maxLength: Math.min(max, min + 12) };
    const odd = oddTexts.filter(({ length }) => length >= bounds.minLength && length <= bounds.maxLength);
    const unicode = fc.string({ ...bounds, unit }).filter((value) => value.length <= max);
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
  const scalars = [text(), number, fc.boolean(), fc.constant(null)];
  return {
    text: ({ format, minLength, maxLength }) =>
      format === undefined
        ? text(minLength as number | undefined, maxLength as number | undefined)
        : fc.constantFrom('https://example.com/callback', 'https://example.com/a?b=c'),
    integer: ({ minimum = 1, maximum = 999 }) =>
      fc.integer({ min: minimum as number, max: maximum as number }),
    number,
    any: fc.anything({ key, values: scalars, maxDepth: 2, maxKeys: 2 }) as Arbitrary<Json>,
    key,
    unknown: fc.oneof(
      { weight: 15, arbitrary: fc.constant({}) },
      {
        weight: 1,
        arbitrary: fc.dictionary(fc.constantFrom('unknown', ...prototypeKeys), fc.oneof(...scalars), {
          maxKeys: 1,
        }),
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
const scripts = (fc: FastCheck, text: Arbitrary<string>): Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom('', ' ', '\ufeff', '\r\n\t'),
      fc.array(text, { maxLength: 3 }),
      fc.constantFrom('\n', '\r\n', '\r', '\u2028'),
      fc.constantFrom('', '\n', '  ', '\r\n\r\n'),
    )
    .map(([before, texts, lineEnd, after]) => {
      const lines = [marker, ...texts].map((line) => `// ${line.replaceAll(lineEnds, '')}`);
      return before + lines.join(lineEnd) + after;
    });

/** A small change somewhere in a body: what makes a valid one nearly valid. */
export interface Change {
  /** Which value, in the order in which JSON.parse tells its reviver of them; counted round. */
  where: number;
  /** `add`: a field to an object, an item to an array, the next one when the value is neither. */
  kind: 'replace' | 'remove' | 'add';
  key: string;
  value: Json;
}

/** The body with the change made; null without all of it. JSON's own walk keeps `__proto__` a field like any other. */
export const applyChange = (body: Json, { where, kind, key, value }: Change): Json => {
  const text = JSON.stringify(body);
  let count = 0;
  JSON.parse(text, () => {
    count += 1;
  });
  let left = where % count;
  let isMade = false;
  const changed = JSON.parse(text, (_, item: Json) => {
    left -= 1;
    const isContainer = typeof item === 'object' && item !== null;
    if (isMade || left >= 0 || (kind === 'add' && !isContainer)) return item;
    isMade = true;
    if (kind === 'remove') return undefined;
    if (kind === 'replace') return value;
    return Array.isArray(item) ? [...item, value] : { ...(item as Body), [key]: value };
  }) as Json | undefined;
  return changed ?? null;
};

/** Bytes. A tenant reads 1 MiB; what PATCH merges must stay below it, too. */
const largest = 100_000;

/** What JSON carries of a body: what a model must start from. */
const asSent = (body: Json): Body => JSON.parse(JSON.stringify(body)) as Body;

/**
 * Random bodies for PUT and PATCH: `valid` ones, which every tenant of the release stores, and nearly valid ones, which
 * our validators refuse, and so every tenant of the release.
 */
export const bodiesOf = (fc: FastCheck, tokenType: TokenType, release: Release) => {
  const leaves = storable(fc);
  const schemas = schemasOf(placeOf(release).from, documented as JsonSchemas) as Schemas;
  const validate = validators[tokenType];
  const customizer = schemas[customizerOf(tokenType)] as { properties: Record<string, Schema> };
  const { script: _, ...properties } = customizer.properties;
  // Builds that act on it (none was recorded) issue no token while a script without an entry function is stored.
  if (properties['blockIssuanceOnError'] !== undefined) properties['blockIssuanceOnError'] = { const: false };
  // Before 1.37 any object was kept as their context, although the document does not know it: the cases show that.
  if (tokenType === 'client-credentials' && !release.has('1.37')) delete properties['contextSample'];
  const fields = { type: 'object', properties, additionalProperties: false };
  const valid = fc
    .tuple(
      scripts(fc, leaves.text({}) as Arbitrary<string>),
      createArbitraryOf(fc, schemas, leaves)(fields) as Arbitrary<Body>,
    )
    .map(([script, rest]) => asSent({ script, ...rest }))
    .filter((body) => validate(body).length === 0 && JSON.stringify(body).length < largest);
  const change: Arbitrary<Change> = fc.record({
    where: fc.nat(200),
    kind: fc.constantFrom('replace', 'remove', 'add'),
    key: leaves.key,
    value: leaves.any,
  });
  const refused = fc
    .tuple(valid, fc.array(change, { minLength: 1, maxLength: 2 }))
    .map(([body, changes]) => {
      const changed = changes.reduce<Json>(applyChange, body) as Body;
      // Were it stored in spite of all, no token may change.
      return typeof changed?.['script'] === 'string'
        ? { ...changed, script: body['script'] as Json }
        : changed;
    })
    .filter((body) => isObject(body) && validate(body).length > 0);
  return { valid, refused };
};

/** One request of a sequence. Its response depends on what came before. */
export type Step =
  | { operation: 'put' | 'patch'; tokenType: TokenType; body: Body; isRefused?: true }
  | { operation: 'get' | 'delete'; tokenType: TokenType }
  | { operation: 'list' };

/** As a person reads it: the request, and the body as it is sent. */
export const describeStep = (step: Step): string =>
  [
    step.operation === 'list' ? 'GET (list)' : `${step.operation.toUpperCase()} ${step.tokenType}`,
    ...('body' in step ? [JSON.stringify(step.body)] : []),
  ].join(' ');

/** Sequences of 1 to 8 steps: writes first, so that most of what follows finds a customizer. */
export const sequencesOf = (fc: FastCheck, release: Release): Arbitrary<Step[]> => {
  const writes = tokenTypes.map((tokenType) => {
    const { valid, refused } = bodiesOf(fc, tokenType, release);
    const stepOf = ([operation, body]: ['put' | 'patch', Body]): Step => ({ operation, tokenType, body });
    const others = fc.oneof(
      // A PATCH shrinks to a PUT.
      {
        weight: 8,
        arbitrary: fc.tuple(fc.constantFrom('put', 'patch', 'patch', 'patch'), valid).map(stepOf),
      },
      {
        weight: 2,
        arbitrary: fc
          .tuple(fc.constantFrom('put', 'patch'), refused)
          .map((step): Step => ({ ...stepOf(step), isRefused: true }) as Step),
      },
      { weight: 2, arbitrary: fc.constant<Step>({ operation: 'delete', tokenType }) },
      { weight: 1, arbitrary: fc.constant<Step>({ operation: 'get', tokenType }) },
    );
    return { put: valid.map((body) => stepOf(['put', body])), others };
  });
  const first = fc.oneof(...writes.map(({ put }) => put));
  const later = fc.oneof(...writes.map(({ others }) => ({ weight: 13, arbitrary: others })), {
    weight: 1,
    arbitrary: fc.constant<Step>({ operation: 'list' }),
  });
  const length = { minLength: 1, maxLength: 6, size: 'max' } as const;
  return fc
    .tuple(fc.array(first, { maxLength: 2, size: 'max' }), fc.array(later, length))
    .map(([a, b]) => [...a, ...b]);
};
