/** Our validators, and the same with one place of the document's schemas changed: ajv as `generate` uses it. */
import type { Ajv2020 } from 'ajv/dist/2020.js';
import { createAjv, prepare } from '../../scripts/validators/make.ts';
import { isObject, type Json } from '../../src/contract/json.ts';
import { storageRefuses, subjects as variants } from '../guards/subjects.ts';
import { idOf, type Place, replacedAt, type Schema, schemas } from './schema.ts';

/** A schema to stand at a place instead of the one that does. */
export interface Mutant {
  place: Place;
  schema: Schema;
}

/** Which of the generated validators: of what is sent, or of what is received by the suite. */
export type Kind = 'request' | 'closed';

const referencesIn = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  const own = typeof value['$ref'] === 'string' ? [value['$ref'].split('/').at(-1) ?? ''] : [];
  return [
    ...own,
    ...Object.entries(value).flatMap(([key, item]) => (key === 'mapping' ? [] : referencesIn(item))),
  ];
};

const references = Object.fromEntries(
  Object.entries(schemas).map(([name, schema]) => [name, new Set(referencesIn(schema))]),
);

/** The schemas that lead to one, itself among them: those whose validators know of a change in it. */
export const leadingTo = (schema: string): Set<string> => {
  const found = new Set([schema]);
  for (const name of found)
    for (const [candidate, names] of Object.entries(references)) if (names.has(name)) found.add(candidate);
  return found;
};

/** Read as JSON Schema alone reads a union: OpenAPI's `discriminator` only says where to look. */
const withoutDiscriminators = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutDiscriminators);
  if (!isObject(value)) return value;
  const { discriminator: _, ...rest } = value;
  return Object.fromEntries(Object.entries(rest).map(([key, item]) => [key, withoutDiscriminators(item)]));
};

type Accepts = (schema: string, body: Json) => boolean;

export interface Validators {
  /** Whether the schema of that name accepts the body. */
  accepts: Accepts;
  /** Whether the schema at a place accepts the value. */
  fits(place: Place, value: Json): boolean;
  /** The verdicts of the validators that are made of the document with that change. */
  mutated(mutant: Mutant): Accepts;
}

const create = (kind: Kind, discriminate: boolean) => {
  const ajv: Ajv2020 = createAjv();
  const textOf = (schema: Schema): string =>
    JSON.stringify(prepare(discriminate ? schema : (withoutDiscriminators(schema) as Schema), kind));
  const texts = Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, textOf(schema)]));
  for (const [name, text] of Object.entries(texts)) ajv.addSchema(JSON.parse(text) as Schema, name);
  const validate: Accepts = (key, body) => {
    const compiled = ajv.getSchema(key);
    if (compiled === undefined) throw new Error(`no schema ${key}`);
    return compiled(body) as boolean;
  };
  let count = 0;
  const mutated = ({ place, schema }: Mutant): Accepts => {
    const affected = leadingTo(place.schema);
    count += 1;
    const suffix = `~${count}`;
    const renamed = (name: string): string => (affected.has(name) ? name + suffix : name);
    const added = new Set<string>();
    /** A copy of the schema and of those under it that lead to the change. */
    const add = (name: string): void => {
      if (added.has(name) || !affected.has(name)) return;
      added.add(name);
      const text =
        name === place.schema
          ? textOf(replacedAt(schemas[name] as Schema, place.pointer, schema))
          : (texts[name] ?? '');
      const copy = text.replaceAll(/"\$ref":"(\w+)"/g, (_, target: string) => `"$ref":"${renamed(target)}"`);
      ajv.addSchema(JSON.parse(copy) as Schema, renamed(name));
      for (const target of references[name] ?? []) add(target);
    };
    return (name, body) => {
      add(name);
      return validate(renamed(name), body);
    };
  };
  return { validate, mutated };
};

/**
 * The validators of that kind. Where ajv refuses a change because it leaves a `discriminator` without its values,
 * the unions are read without discriminators.
 */
export const createValidators = (kind: Kind): Validators => {
  const discriminating = create(kind, true);
  const plain = create(kind, false);
  return {
    accepts: discriminating.validate,
    fits: (place, value) => discriminating.validate(place.pointer === '' ? place.schema : idOf(place), value),
    mutated: (mutant) => {
      const accepts = discriminating.mutated(mutant);
      const plainly = plain.mutated(mutant);
      return (name, body) => {
        try {
          return accepts(name, body);
        } catch (error) {
          if (!String(error).includes('discriminator: ')) throw error;
          if (plain.validate(name, body) !== discriminating.validate(name, body))
            throw new Error(`${name}: its discriminators change the verdict`, { cause: error });
          return plainly(name, body);
        }
      };
    },
  };
};

/** A body that people send, by the schema that a request body has in the document. */
export interface GuardedBody {
  schema: string;
  /** Logto's own verdict. */
  isAccepted(body: Json): boolean;
  /** Ours, of the validators as they are generated. Nothing of a union: there is one for each variant alone. */
  isValid(body: Json): boolean | undefined;
  /** Whether nothing but storage has a reason to refuse it. */
  isRefusedByStorage(body: Json): boolean;
}

const single: GuardedBody[] = variants.map(({ schema, validate, official, body: kind }) => ({
  schema,
  isAccepted: (body) => official(body).success,
  isValid: (body) => validate(body).length === 0,
  isRefusedByStorage: (body) => {
    const issues = validate(body);
    return kind === 'customizer' && issues.length > 0 && issues.every(storageRefuses);
  },
}));

const unionOf = (schema: string, part: RegExp): GuardedBody => {
  const branches = single.filter((branch) => part.test(branch.schema));
  return {
    schema,
    isAccepted: (body) => branches.some((branch) => branch.isAccepted(body)),
    isValid: () => undefined,
    isRefusedByStorage: (body) => branches.every((branch) => branch.isRefusedByStorage(body)),
  };
};

export const guardedBodies: readonly GuardedBody[] = [
  ...single,
  unionOf('JwtCustomizer', /JwtCustomizer$/),
  unionOf('JwtCustomizerTestRequest', /TestRequest$/),
];
