import type fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import type { Schema, Schemas } from '../document.ts';
import type { Json } from '../json.ts';

/** fast-check itself, passed in by the fuzzer: running the suite does not require it. */
export type FastCheck = typeof fc;

/** The arbitraries for what a schema leaves open. */
export interface Leaves {
  text(schema: Schema): Arbitrary<Json>;
  integer(schema: Schema): Arbitrary<Json>;
  number: Arbitrary<Json>;
  /** A value that the schema does not restrict. */
  any: Arbitrary<Json>;
  /** The name of a field of which the schema restricts only the value. */
  key: Arbitrary<string>;
  /**
   * Additional fields of an object that does not restrict them.
   * @default none
   */
  unknown?: Arbitrary<{ [key: string]: Json }>;
}

/** Generates values that satisfy a schema of the document as far as the leaves do. */
export const createArbitraryOf = (
  fc: FastCheck,
  schemas: Schemas,
  leaves: Leaves,
): ((schema: Schema) => Arbitrary<Json>) => {
  const objects = (schema: Schema): Arbitrary<Json> => {
    const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>);
    const required = (schema['required'] ?? []) as string[];
    const optional = properties.map(([key]) => key).filter((key) => !required.includes(key));
    // The set of fields comes before their values, so that shrinking drops whole fields first.
    const known = fc
      .tuple(
        fc.subarray(optional),
        fc.record(Object.fromEntries(properties.map(([key, value]) => [key, arbitraryOf(value)]))),
      )
      .map(([kept, all]) =>
        Object.fromEntries(
          Object.entries(all).filter(([key]) => required.includes(key) || kept.includes(key)),
        ),
      );
    const rest = schema['additionalProperties'] as Schema | boolean | undefined;
    if (rest === false || (rest === undefined && leaves.unknown === undefined)) return known;
    const others =
      (rest === undefined && leaves.unknown) ||
      fc.dictionary(leaves.key, typeof rest === 'object' ? arbitraryOf(rest) : leaves.any, { maxKeys: 2 });
    return fc.tuple(known, others).map(([a, b]) => ({ ...b, ...a }));
  };

  const byType: Record<string, (schema: Schema) => Arbitrary<Json>> = {
    null: () => fc.constant(null),
    boolean: () => fc.boolean(),
    integer: leaves.integer,
    number: () => leaves.number,
    string: leaves.text,
    array: ({ items }) => fc.array(arbitraryOf(items as Schema), { maxLength: 2 }),
    object: objects,
    any: () => leaves.any,
  };

  const arbitraryOf = (schema: Schema): Arbitrary<Json> => {
    const reference = schema['$ref'] as string | undefined;
    if (reference !== undefined) return arbitraryOf(schemas[reference.split('/').at(-1) ?? ''] ?? {});
    const union = (schema['anyOf'] ?? schema['oneOf']) as Schema[] | undefined;
    if (union !== undefined) return fc.oneof(...union.map(arbitraryOf));
    if ('const' in schema) return fc.constant(schema['const'] as Json);
    if (schema['enum'] !== undefined) return fc.constantFrom(...(schema['enum'] as Json[]));
    const types = [schema['type'] ?? 'any'].flat() as string[];
    return fc.oneof(...types.map((type) => byType[type]?.(schema) ?? leaves.any));
  };

  return arbitraryOf;
};
