/** The validators of the document, and those with one place changed: ajv as `generate` uses it. */
import { createAjv, prepare } from '../../scripts/validators/make.ts';
import { isObject, type Json, parsePointer } from '../../src/contract/json.ts';
import type { Schema } from '../guards/places.ts';
import { schemas } from '../guards/subjects.ts';

/** A replacement for the schema at a place. */
export interface Mutant {
  schema: string;
  pointer: string;
  node: Schema;
}

/** The kind of generated validators: for requests, or for responses that the suite receives. */
export type Kind = 'request' | 'closed';

/** Whether one of the schemas of these names accepts the body. */
export type Accepts = (names: readonly string[], body: Json) => boolean;

/** For each schema, itself and the schemas that lead to it, whose validators are affected by a change in it. */
export const leadingTo = (): ((schema: string) => ReadonlySet<string>) => {
  const texts = Object.entries(schemas).map(([name, schema]) => [name, JSON.stringify(schema)] as const);
  const found = new Map<string, Set<string>>();
  return (schema) => {
    const names = found.get(schema) ?? new Set([schema]);
    if (!found.has(schema))
      for (const name of names)
        for (const [other, text] of texts)
          if (text.includes(`"$ref":"#/components/schemas/${name}"`)) names.add(other);
    found.set(schema, names);
    return names;
  };
};

/** Without OpenAPI's `discriminator`, which only selects a branch and is not part of JSON Schema. */
const withoutDiscriminators = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutDiscriminators);
  if (!isObject(value)) return value;
  const { discriminator: _, ...rest } = value;
  return Object.fromEntries(Object.entries(rest).map(([key, one]) => [key, withoutDiscriminators(one)]));
};

/** A copy of `root` with `value` at the pointer. */
export const replacedAt = <Root>(root: Root, path: readonly (string | number)[], value: unknown): Root => {
  const [key, ...rest] = path;
  if (key === undefined) return value as Root;
  const copy = (Array.isArray(root) ? [...root] : { ...root }) as Record<string | number, unknown>;
  copy[key] = replacedAt(copy[key], rest, value);
  return copy as Root;
};

const create = (kind: Kind, isPlain: boolean) => {
  const ajv = createAjv();
  const textOf = (schema: object): string =>
    JSON.stringify(
      prepare((isPlain ? withoutDiscriminators(schema) : schema) as { [keyword: string]: unknown }, kind),
    );
  const texts = new Map(Object.entries(schemas).map(([name, schema]) => [name, textOf(schema)]));
  for (const [name, text] of texts) ajv.addSchema(JSON.parse(text) as object, name);
  const validate = (name: string, body: Json): boolean => {
    const compiled = ajv.getSchema(name);
    if (compiled === undefined) throw new Error(`no schema ${name}`);
    return compiled(body) as boolean;
  };
  const leading = leadingTo();
  const made = new Map<string, Accepts>();
  return {
    accepts: ((names, body) => names.some((name) => validate(name, body))) satisfies Accepts,
    /** The results of the validators generated from the document with that change. */
    mutated: ({ schema, pointer, node }: Mutant): Accepts => {
      const id = JSON.stringify([schema, pointer, node]);
      const known = made.get(id);
      if (known !== undefined) return known;
      const affected = leading(schema);
      const suffix = `~${made.size}`;
      const renamed = (name: string): string => (affected.has(name) ? name + suffix : name);
      const added = new Set<string>();
      /** A copy of the schema and of those under it that lead to the change. */
      const add = (name: string): void => {
        if (added.has(name) || !affected.has(name)) return;
        added.add(name);
        const changed =
          name === schema && textOf(replacedAt(schemas[name] as object, parsePointer(pointer), node));
        const text = (changed || texts.get(name)) ?? '';
        const copy = text.replaceAll(/"\$ref":"(\w+)"/g, (_, target: string) => {
          add(target);
          return `"$ref":"${renamed(target)}"`;
        });
        ajv.addSchema(JSON.parse(copy) as object, renamed(name));
      };
      const accepts: Accepts = (names, body) =>
        names.some((name) => {
          add(name);
          return validate(renamed(name), body);
        });
      made.set(id, accepts);
      return accepts;
    },
  };
};

export type Validators = ReturnType<typeof create>;

/**
 * The validators of that kind. If ajv refuses a change because it leaves a `discriminator` without its values, unions
 * are compiled without discriminators.
 */
export const createValidators = (kind: Kind): Validators => {
  const discriminating = create(kind, false);
  const plain = create(kind, true);
  return {
    accepts: discriminating.accepts,
    mutated: (mutant) => {
      const accepts = discriminating.mutated(mutant);
      const plainly = plain.mutated(mutant);
      return (names, body) => {
        try {
          return accepts(names, body);
        } catch (error) {
          if (!String(error).includes('discriminator: ')) throw error;
          return plainly(names, body);
        }
      };
    },
  };
};
