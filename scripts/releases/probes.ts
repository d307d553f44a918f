/** The smallest valid body for each field and value that a schema describes. */
import { type Place, placesOf, resolve, type Schema, smallest } from '../../contracts/guards/places.ts';
import { type Json, toPointer } from '../../src/contract/json.ts';

export interface Probe extends Pick<Place, 'path'> {
  /** `*` matches any index or key; `**` at the end, anything below. */
  pointer: string;
  body: Json;
  /** One of the values of an enum, a literal or a union's tag. */
  value?: string;
  /** Whether the field is an array. */
  isList: boolean;
}

/** @param schemas - `components.schemas` of the schema's document */
export const probesOf = (start: Schema, schemas: Readonly<Record<string, Schema>> = {}): Probe[] =>
  placesOf(start, schemas).flatMap(({ node, tokens, path, isField, embed }): Probe[] => {
    const at = { pointer: toPointer(tokens), path };
    const minimal = tokens.at(-1) === '**' ? 'x' : smallest(schemas, node);
    const isList = resolve(schemas, node).items !== undefined;
    const values = node.const === undefined ? (node.enum ?? []) : [node.const];
    return [
      ...(isField ? [{ ...at, body: embed(minimal), isList }] : []),
      ...values.map((value) => ({ ...at, body: embed(value as Json), value: String(value), isList: false })),
    ];
  });
