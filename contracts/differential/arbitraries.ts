/**
 * Bodies for the differential check: valid ones read off our own schemas, then nearly valid and hostile ones
 * made from them by small changes.
 */
import fc from 'fast-check';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Schema = { [keyword: string]: unknown };
type Schemas = Record<string, Schema>;

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

/** A text of a length at, just under or just over a bound, in one- or two-unit characters. */
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

/** Values that mostly satisfy `schema`. */
export const arbitraryOf = (schema: Schema, schemas: Schemas): fc.Arbitrary<Json> => {
  const reference = schema['$ref'] as string | undefined;
  if (reference !== undefined) return arbitraryOf(schemas[reference.split('/').at(-1) ?? ''] ?? {}, schemas);
  const union = (schema['anyOf'] ?? schema['oneOf']) as Schema[] | undefined;
  if (union !== undefined) return fc.oneof(...union.map((branch) => arbitraryOf(branch, schemas)));
  if ('const' in schema) return fc.constant(schema['const'] as Json);
  if (schema['enum'] !== undefined) return fc.constantFrom(...(schema['enum'] as Json[]));
  const types = [schema['type'] ?? 'any'].flat() as string[];
  return fc.oneof(...types.map((type) => ofType(type, schema, schemas)));
};

const ofType = (type: string, schema: Schema, schemas: Schemas): fc.Arbitrary<Json> => {
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.oneof(
        { weight: 6, arbitrary: fc.integer({ min: 1, max: 180 }) },
        { weight: 1, arbitrary: fc.constantFrom(-1, 0, 181, 1.5) },
      );
    case 'number':
      return numbers;
    case 'string':
      return texts(schema);
    case 'array':
      return fc.array(arbitraryOf(schema['items'] as Schema, schemas), { maxLength: 2 });
    case 'object': {
      const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>);
      const required = (schema['required'] ?? []) as string[];
      const known = fc.record(
        Object.fromEntries(properties.map(([key, value]) => [key, arbitraryOf(value, schemas)])),
        { requiredKeys: required },
      );
      const rest = schema['additionalProperties'];
      if (rest === undefined || rest === false) return known;
      return fc
        .tuple(
          known,
          fc.dictionary(text, rest === true ? anyJson : arbitraryOf(rest as Schema, schemas), { maxKeys: 2 }),
        )
        .map(([a, b]) => ({ ...b, ...a }));
    }
    default:
      return anyJson;
  }
};

type Container = Json[] | { [key: string]: Json };

const containersOf = (value: Json): Container[] =>
  typeof value !== 'object' || value === null ? [] : [value, ...Object.values(value).flatMap(containersOf)];

/** Sets own properties only, `__proto__` included, as JSON.parse does. */
const set = (container: Container, key: string | number, value: Json): void => {
  Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
};

interface Change {
  where: number;
  which: number;
  kind: 'replace' | 'remove' | 'add' | 'lengthen' | 'deepen';
  key: string;
  value: Json;
}

const apply = (body: Json, change: Change): Json => {
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
  } else if (change.kind === 'deepen') {
    set(container, key, deep(60));
  } else {
    set(container, key, change.value);
  }
  return copy;
};

/**
 * Bodies as JSON text: valid ones, and the same with one to three changes anywhere in them.
 *
 * @param names Property names worth adding where they do not belong.
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
    which: fc.nat(40),
    kind: fc.constantFrom('replace', 'remove', 'add', 'deepen') as fc.Arbitrary<Change['kind']>,
    key,
    value: fc.oneof(anyJson, fc.integer({ min: 0, max: 300 }).chain(ofLength), urls),
  });
  return fc
    .tuple(
      valid,
      fc.oneof(
        { weight: 2, arbitrary: fc.constant([]) },
        { weight: 5, arbitrary: fc.array(change, { minLength: 1, maxLength: 3 }) },
      ),
    )
    .map(([body, changes]) => JSON.stringify(changes.reduce<Json>(apply, body)));
};
