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

/** Strings that a layer might change: not normalized, white space at the ends, invisible, beyond the BMP. */
const oddTexts = [
  ...['', ' ', '\r\n', 'a\rb', 'a\u2028b', '\u0085', '\ufeff'],
  ..."e\u0301 \u212b \u1100\u1161\u11a8 \ufb01 💥 имя \\u0000 null $& '".split(' '),
];

/**
 * Names that every JavaScript object inherits, except `__proto__`: tenants refuse it from 1.42 on, and older ones
 * silently drop it.
 */
const prototypeKeys = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', 'length'];

/**
 * Leaves that a tenant stores and returns unchanged. Storage refuses U+0000 and lone surrogates in every string
 * (recordings "refused: U+0000 in the script", "refused: lone surrogate in the script"; the type jsonb treats all
 * strings alike). Numbers have common magnitudes: jsonb should preserve any finite double, but no recording has one at
 * the ends of the range. JSON.stringify writes -0 as 0.
 */
const storable = (fc: FastCheck): Leaves => {
  // fast-check's own unit `binary` takes a second to create.
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

/** JavaScript's line terminators, which end a comment. */
const lineEnds = /[\n\r\u2028\u2029]/g;

/**
 * Scripts of comments and white space only, so that no token changes while they are stored. Each contains the suite's
 * marker, by which a later run recognizes them.
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

/** A small change in a body, which makes a valid one nearly valid. */
export interface Change {
  /** The index of the value, in the order of JSON.parse's reviver, modulo the number of values. */
  where: number;
  /** `add`: a field to an object or an item to an array; the next one if the value is neither. */
  kind: 'replace' | 'remove' | 'add';
  key: string;
  value: Json;
}

/** Applies the change; null if everything is removed. JSON's reviver treats `__proto__` like any other field. */
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

/** Bytes. A tenant reads up to 1 MiB; the result of PATCH must stay below it, too. */
const largest = 100_000;

/** The body after a round trip through JSON, which a model must start from. */
const asSent = (body: Json): Body => JSON.parse(JSON.stringify(body)) as Body;

/**
 * Random bodies for PUT and PATCH: `valid` ones, which every tenant of the release stores, and nearly valid ones, which
 * our validators, and therefore every tenant of the release, refuse.
 */
export const bodiesOf = (fc: FastCheck, tokenType: TokenType, release: Release) => {
  const leaves = storable(fc);
  const schemas = schemasOf(placeOf(release).from, documented as JsonSchemas) as Schemas;
  const validate = validators[tokenType];
  const customizer = schemas[customizerOf(tokenType)] as { properties: Record<string, Schema> };
  const { script: _, ...properties } = customizer.properties;
  // Builds that enforce it (none was recorded) issue no token while a script without an entry function is stored.
  if (properties['blockIssuanceOnError'] !== undefined) properties['blockIssuanceOnError'] = { const: false };
  // Before 1.37 their context could be any object, which the document does not describe: the cases cover it.
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
      // Even if a tenant stored it, no token may change.
      return typeof changed?.['script'] === 'string'
        ? { ...changed, script: body['script'] as Json }
        : changed;
    })
    .filter((body) => isObject(body) && validate(body).length > 0);
  return { valid, refused };
};

/** One request of a sequence. Its response depends on the previous ones. */
export type Step =
  | { operation: 'put' | 'patch'; tokenType: TokenType; body: Body; isRefused?: true }
  | { operation: 'get' | 'delete'; tokenType: TokenType }
  | { operation: 'list' };

/** Describes a step: the request, and the body as it is sent. */
export const describeStep = (step: Step): string =>
  [
    step.operation === 'list' ? 'GET (list)' : `${step.operation.toUpperCase()} ${step.tokenType}`,
    ...('body' in step ? [JSON.stringify(step.body)] : []),
  ].join(' ');

/** Sequences of 1 to 8 steps: writes come first, so that most later steps find a customizer. */
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
