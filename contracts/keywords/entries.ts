/** What each keyword of the document says, one entry for each thing that it says, and how it could be lost. */
import { isObject, type Json } from '../../src/contract/json.ts';
import {
  formatSamples,
  isOfType,
  nodeAt,
  oneOfEach,
  type Place,
  patternSamples,
  type Schema,
  smallest,
  stepsFrom,
} from './schema.ts';

/** One thing that a keyword says of the values at a place. */
export interface Entry {
  place: Place;
  /** The keyword, with what it lists: `required: id`. */
  keyword: string;
  /** The place's schema without the keyword, or without what is listed where that refuses values. */
  loosened: Schema;
  /** The place's schema with less allowed: without the listed value, or with the bound one further in. */
  narrowed?: Schema;
  /** Whether `sample` stands at the edge of what is allowed: a length, a number, a count. */
  isBound?: boolean;
  /** Whether an accepted value at the place shows that the keyword lets such through. */
  shows(value: Json): boolean;
  /** A value that the keyword just accepts. */
  sample: Json;
  /** Values that this keyword alone refuses, made of an accepted one. */
  spoilt(value: Json): Json[];
}

type Draft = Omit<Entry, 'place'>;
type Fits = (place: Place, value: Json) => boolean;

/** What says nothing of a value. A `discriminator` says of `oneOf` where to look. */
const annotations = ['description', 'x-logto-since', 'x-logto-since-values', 'discriminator', 'properties'];

const without = (node: Schema, ...keywords: string[]): Schema =>
  Object.fromEntries(Object.entries(node).filter(([keyword]) => !keywords.includes(keyword)));

const any = (): boolean => true;

const record = (value: Json): { [key: string]: Json } => (isObject(value) ? value : {});

const types = (node: Schema, place: Place): Draft[] => {
  const allowed = [node['type']].flat() as string[];
  return allowed.map((type) => ({
    keyword: `type: ${type}`,
    loosened: without(node, 'type'),
    ...(allowed.length > 1 && { narrowed: { ...node, type: allowed.filter((other) => other !== type) } }),
    shows: (value) => isOfType(value, type),
    sample: type === 'null' ? null : smallest(place),
    spoilt: () => oneOfEach.filter((value) => !allowed.some((other) => isOfType(value, other))),
  }));
};

const required = (node: Schema, place: Place): Draft[] =>
  (node['required'] as string[]).map((key) => ({
    keyword: `required: ${key}`,
    loosened: { ...node, required: (node['required'] as string[]).filter((other) => other !== key) },
    shows: any,
    sample: smallest(place),
    spoilt: (value) => {
      const { [key]: _, ...rest } = record(value);
      return [rest];
    },
  }));

const enums = (node: Schema): Draft[] => {
  const values = node['enum'] as string[];
  return values.map((value) => ({
    keyword: `enum: ${value}`,
    loosened: without(node, 'enum'),
    narrowed: { ...node, enum: values.filter((other) => other !== value) },
    shows: (found) => found === value,
    sample: value,
    spoilt: () => [`${value}-`],
  }));
};

const constant = (node: Schema): Draft[] => [
  {
    keyword: `const: ${node['const']}`,
    loosened: without(node, 'const'),
    shows: any,
    sample: node['const'] as Json,
    spoilt: (value) => [`${value}-`],
  },
];

/** A text or a list that is as long as the bound says, and one that is one too short or too long. */
const bound =
  (unit: 'text' | 'items' | 'number', name: string, inwards: 1 | -1) =>
  (node: Schema, place: Place): Draft[] => {
    const limit = node[name] as number;
    const edge = name === 'exclusiveMinimum' ? limit + 1 : limit;
    const ofSize = (size: number): Json => {
      if (unit === 'number') return size;
      if (unit === 'text') return 'x'.repeat(size);
      const item = stepsFrom(place).find(({ via }) => via === 'item');
      return Array.from({ length: size }, () => (item === undefined ? null : smallest(item.to)));
    };
    return [
      {
        keyword: `${name}: ${limit}`,
        loosened: without(node, name),
        narrowed: { ...node, [name]: limit + inwards },
        isBound: true,
        shows: (value) => value !== null,
        sample: ofSize(edge),
        spoilt: () => [ofSize(edge - inwards)],
      },
    ];
  };

const pattern = (node: Schema, place: Place): Draft[] => [
  {
    keyword: 'pattern',
    loosened: without(node, 'pattern'),
    shows: any,
    sample: smallest(place),
    spoilt: () => patternSamples[node['pattern'] as string] ?? [],
  },
];

const format = (node: Schema, place: Place): Draft[] => [
  {
    keyword: `format: ${node['format']}`,
    loosened: without(node, 'format'),
    shows: any,
    sample: smallest(place),
    spoilt: () => formatSamples[node['format'] as string]?.refuses ?? [],
  },
];

const wrong = (place: Place, fits: Fits): Json[] => oneOfEach.filter((value) => !fits(place, value));

const items = (node: Schema, place: Place, fits: Fits): Draft[] =>
  stepsFrom(place)
    .filter(({ via }) => via === 'item')
    .map(({ to }) => ({
      keyword: 'items',
      loosened: without(node, 'items'),
      shows: (value) => Array.isArray(value) && value.length > 0,
      sample: [smallest(to)],
      spoilt: () => wrong(to, fits).map((item) => [item]),
    }));

const additionalProperties = (node: Schema, place: Place, fits: Fits): Draft[] => {
  const rest = stepsFrom(place).find(({ via }) => via === 'rest');
  if (rest !== undefined)
    return [
      {
        keyword: 'additionalProperties',
        loosened: { ...node, additionalProperties: true },
        shows: (value) => Object.keys(record(value)).length > 0,
        sample: { A: smallest(rest.to) },
        spoilt: (value) => wrong(rest.to, fits).map((item) => ({ ...record(value), A: item })),
      },
    ];
  // An open object refuses nothing.
  if (node['additionalProperties'] === true) return [];
  return [
    {
      keyword: 'additionalProperties: false',
      loosened: without(node, 'additionalProperties'),
      shows: any,
      sample: smallest(place),
      spoilt: (value) => [{ ...record(value), unknown: 'text' }],
    },
  ];
};

const branchName = (branch: Schema): string =>
  String(branch['$ref'] ?? branch['type'])
    .split('/')
    .at(-1) ?? '';

const union =
  (name: 'anyOf' | 'oneOf') =>
  (node: Schema, place: Place, fits: Fits): Draft[] => {
    const branches = node[name] as Schema[];
    return stepsFrom(place)
      .filter(({ via }) => via === 'branch')
      .map(({ to }, index) => ({
        keyword: `${name}: ${branchName(branches[index] ?? {})}`,
        loosened: without(node, name, 'discriminator'),
        narrowed: { ...node, [name]: branches.filter((_, other) => other !== index) },
        shows: (value) => fits(to, value),
        sample: smallest(to),
        spoilt: () =>
          wrong(place, fits).filter(
            (value) => node['type'] === undefined || isOfType(value, node['type'] as string),
          ),
      }));
  };

/** Of items, branches and the rest the keywords above them say what a lost reference would. */
const reference = (node: Schema, place: Place, fits: Fits): Draft[] =>
  /\/properties\/[^/]+$/.test(place.pointer)
    ? [
        {
          keyword: `$ref: ${branchName(node)}`,
          loosened: without(node, '$ref'),
          shows: any,
          sample: smallest(place),
          spoilt: () => wrong(place, fits),
        },
      ]
    : [];

const keywords: Record<string, (node: Schema, place: Place, fits: Fits) => Draft[]> = {
  type: types,
  required,
  enum: enums,
  const: constant,
  minLength: bound('text', 'minLength', 1),
  maxLength: bound('text', 'maxLength', -1),
  minItems: bound('items', 'minItems', 1),
  maxItems: bound('items', 'maxItems', -1),
  minimum: bound('number', 'minimum', 1),
  maximum: bound('number', 'maximum', -1),
  exclusiveMinimum: bound('number', 'exclusiveMinimum', 1),
  pattern,
  format,
  items,
  additionalProperties,
  anyOf: union('anyOf'),
  oneOf: union('oneOf'),
  $ref: reference,
};

/**
 * What the keywords at a place say.
 *
 * @throws {Error} for a keyword that is not known here: it would go unproved.
 */
export const entriesAt = (place: Place, fits: Fits): Entry[] => {
  const node = nodeAt(place);
  return Object.keys(node)
    .filter((name) => !annotations.includes(name))
    .flatMap((name) => {
      const draft = keywords[name];
      if (draft === undefined)
        throw new Error(
          `${place.schema}${place.pointer}: how ${name} is proved is not said in contracts/keywords`,
        );
      return draft(node, place, fits).map((entry) => ({ place, ...entry }));
    });
};
