/** The restrictions of each keyword in the document, one entry each, and how each could be lost. */
import type { Json } from '../../src/contract/json.ts';
import { type Place, resolve, type Schema, smallest } from '../guards/places.ts';
import { schemas } from '../guards/subjects.ts';

/** One restriction of a keyword on the values at a place. */
export interface Entry {
  /** The keyword with its listed value: `required: id`. */
  keyword: string;
  /** The place's schema without it, or without the listed value if that refuses values. */
  loosened: Schema;
  /** A stricter schema of the place: without the listed value, or with the bound moved by one. */
  narrowed?: Schema;
  /** Whether a tenant need not have been observed at the bound of a length or a number. */
  isBound?: true;
}

/** Keywords that do not restrict a value. A `discriminator` only selects a branch; properties are separate places. */
const annotations = ['description', 'x-logto-since', 'x-logto-since-values', 'discriminator', 'properties'];

const bounds: Readonly<Record<string, 1 | -1>> = {
  minLength: 1,
  maxLength: -1,
  minItems: 1,
  maxItems: -1,
  minimum: 1,
  maximum: -1,
  exclusiveMinimum: 1,
};

const without = (node: Schema, ...keywords: string[]): Schema =>
  Object.fromEntries(Object.entries(node).filter(([keyword]) => !keywords.includes(keyword)));

const nameOf = (listed: unknown): string => {
  const { $ref, type } = Object(listed) as Schema;
  return String(($ref ?? type)?.toString().split('/').at(-1) ?? listed);
};

/**
 * @throws {Error} for an unknown keyword, which would not be proved.
 */
export const entriesAt = ({ schema, pointer, node }: Place): Entry[] =>
  Object.entries(node).flatMap(([keyword, value]): Entry[] => {
    const loosened = without(node, keyword, ...(keyword === 'oneOf' ? ['discriminator'] : []));
    const all = [value].flat() as unknown[];
    const less = (index: number): Schema => ({ ...node, [keyword]: all.toSpliced(index, 1) });
    if (annotations.includes(keyword)) return [];
    if (keyword in bounds) {
      const narrowed = { ...node, [keyword]: (value as number) + (bounds[keyword] ?? 0) };
      return [{ keyword: `${keyword}: ${value}`, loosened, narrowed, isBound: true }];
    }
    switch (keyword) {
      case 'type':
      case 'enum':
      case 'anyOf':
      case 'oneOf':
        return all.map((one, index) => ({
          keyword: `${keyword}: ${nameOf(one)}`,
          loosened,
          ...(all.length > 1 && { narrowed: less(index) }),
        }));
      case 'required':
        return all.map((one, index) => ({ keyword: `required: ${one}`, loosened: less(index) }));
      case 'additionalProperties':
        // An open object refuses nothing.
        return value === true
          ? []
          : value === false
            ? [{ keyword: `${keyword}: false`, loosened }]
            : [{ keyword, loosened: { ...node, [keyword]: true } }];
      case '$ref':
        // For items, branches and others, the keywords above cover a lost reference.
        return /\/properties\/[^/]+$/.test(pointer) ? [{ keyword: `$ref: ${nameOf(node)}`, loosened }] : [];
      case 'const':
      case 'format':
        return [{ keyword: `${keyword}: ${value}`, loosened }];
      case 'items':
      case 'pattern':
        return [{ keyword, loosened }];
      default:
        throw new Error(`${schema}${pointer}: contracts/keywords does not define how to prove ${keyword}`);
    }
  });

/** A value of each JSON type, and a number that is not an integer. */
const oneOfEach: readonly Json[] = [null, 1.5, 1, 'text', true, [], {}];

/** Strings that the document's formats and patterns refuse. */
const refused: Readonly<Record<string, readonly string[]>> = {
  'whatwg-url': ['no URL'],
  'logto-redirect-uri': ['no URL', 'https://example.com/../x', 'https://*/'],
  '^[^\\u0000\\ud800-\\udfff]*$': ['\u0000', '\ud800'],
};

/** Values to test at a place: at the bounds of its keywords, refused by only one of them, and others. */
export const valuesFor = (reference: Schema): Json[] => {
  const node = resolve(schemas, reference);
  const { required = [], properties = {}, pattern = '' } = node as Schema & { pattern?: string };
  const least = smallest(schemas, node);
  const edges = Object.keys(bounds).flatMap((name) => {
    const bound = (node as Record<string, unknown>)[name];
    return typeof bound !== 'number'
      ? []
      : [bound - 1, bound, bound + 1].map((size): Json => {
          if (name.endsWith('imum')) return size;
          return name.endsWith('Items')
            ? Array(Math.max(0, size)).fill(smallest(schemas, node.items ?? {}))
            : 'x'.repeat(Math.max(0, size));
        });
  });
  const listed = [...(node.enum ?? []), ...(node.const === undefined ? [] : [node.const])] as Json[];
  const isObject = typeof least === 'object' && least !== null && !Array.isArray(least);
  return [
    least,
    ...oneOfEach,
    ...edges,
    ...listed.flatMap((one) => [one, `${one}-`]),
    ...[...(refused[node.format ?? ''] ?? []), ...(refused[pattern] ?? [])],
    ...oneOfEach.map((one) => [one]),
    ...(isObject
      ? [
          ...required.map((key) =>
            Object.fromEntries(Object.entries(least).filter(([other]) => other !== key)),
          ),
          ...oneOfEach.map((one) => ({ ...least, [Object.hasOwn(properties, 'A') ? 'B' : 'A']: one })),
        ]
      : []),
    ...[...(node.anyOf ?? []), ...(node.oneOf ?? [])].flatMap(valuesFor),
  ];
};
