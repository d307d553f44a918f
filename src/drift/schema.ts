import { isObject, type Json } from '../contract/json.ts';
import { intersect, once } from './intersect.ts';
import { ordered, stringsIn } from './json.ts';
import {
  constrains,
  constraintsOf,
  literalInFormat,
  saysNothing,
  type TypeName,
  typeNames,
} from './keywords.ts';
import { at, child, children, type JsonObject, type Located, refOf, targetOf } from './references.ts';
import { anything, bare, type Field, isBare, print, type Shape, type Variant } from './shape.ts';

const typeOf = (value: Json): TypeName =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : (typeof value as TypeName);

/** The values that a schema lists. */
const valuesOf = (schema: JsonObject): Json[] | undefined => {
  const { enum: list, const: one } = schema;
  const literal = literalInFormat(schema);
  if (one !== undefined) return [one];
  if (Array.isArray(list)) return list;
  return literal === undefined ? undefined : [literal];
};

const declaredTypes = (schema: JsonObject, values: readonly Json[] | undefined): TypeName[] => {
  const declared = [schema['type'] ?? []].flat().map((name) => (name === 'integer' ? 'number' : name));
  if (declared.length > 0) return typeNames.filter((name) => declared.includes(name));
  return values === undefined
    ? [...typeNames]
    : typeNames.filter((name) => values.some((v) => typeOf(v) === name));
};

const isInteger = ({ type }: JsonObject): boolean => {
  const names = [type ?? []].flat();
  return names.includes('integer') && !names.includes('number');
};

const isNullable = (schema: JsonObject): boolean =>
  schema['nullable'] === true || (Array.isArray(schema['type']) && schema['type'].includes('null'));

/** One variant for several scalars that only list values, or of which one accepts all that the others do. */
const simplified = (variants: readonly Variant[], union: Shape['union']): Variant[] =>
  typeNames.flatMap((type) => {
    const same = variants.filter((variant) => variant.type === type);
    const [first] = same;
    if (first === undefined || same.length === 1 || type === 'object' || type === 'array') return same;
    const open = same.find(isBare);
    if (open !== undefined && (union !== 'oneOf' || same.every(isBare))) return [open];
    if (same.some(({ values, constraints }) => values === undefined || constraints !== undefined))
      return same;
    return [
      {
        ...first,
        values: ordered(same.flatMap(({ values }) => values ?? [])),
        isLiteralInFormat: same.some(({ isLiteralInFormat }) => isLiteralInFormat),
        sinceValues: Object.assign({}, ...same.map(({ sinceValues }) => sinceValues)) as Record<
          string,
          string
        >,
      },
    ];
  });

const unionOf = (pointer: string, members: readonly Shape[], union: 'anyOf' | 'oneOf'): Shape => {
  const inner = members.find((member) => member.union !== undefined)?.union;
  const variants = simplified(
    members.flatMap((member) => member.variants),
    union,
  );
  const several = typeNames.some((type) => variants.filter((variant) => variant.type === type).length > 1);
  return { pointer, variants, union: several ? (members.length > 1 ? union : inner) : undefined };
};

/**
 * Brings the schemas of a document into their normal form: references followed, `allOf` merged, `anyOf` and `oneOf`
 * taken apart type by type, null found wherever it is written. Fields are brought into it when they are looked at, so
 * that a schema may refer to itself.
 *
 * @param document The whole document.
 * @returns What gives the normal form of a schema; the same one for the same place.
 * @throws {UnreadableDocumentError} for a reference that leads nowhere or out of the document, when it is looked at.
 */
export const createShapes = (document: Json): ((located: Located) => Shape) => {
  const shapes = new Map<string, Shape | 'open'>();
  let cuts = 0;
  let depth = 0;

  const sinceOf = (located: Located): string | undefined => {
    const seen = new Set<string>();
    for (let current = located; isObject(current.value); ) {
      const since = current.value['x-logto-since'];
      if (typeof since === 'string') return since;
      const ref = refOf(current);
      if (ref === undefined || seen.has(ref)) return undefined;
      seen.add(ref);
      current = targetOf(document, ref, current.pointer);
    }
    return undefined;
  };

  const fieldsOf = (located: Located): Map<string, Field> =>
    new Map(
      children(at(located, 'properties')).map(([name, property]) => [
        name,
        { shape: () => shapeOf(property), pointer: property.pointer, since: sinceOf(property) },
      ]),
    );

  const variantOf = (located: Located, schema: JsonObject, type: TypeName): Variant => {
    const values = valuesOf(schema)?.filter((value) => typeOf(value) === type);
    const since = schema['x-logto-since-values'];
    const items = at(located, 'items');
    const others = at(located, 'additionalProperties');
    const printAt = (path: readonly (string | number)[]): string =>
      print(shapeOf(path.reduce<Located>((place, key) => child(place, key), located)));
    const inside = (part: Located | undefined): (() => Shape) | undefined =>
      part === undefined ||
      part.value === true ||
      (isObject(part.value) && Object.keys(part.value).length === 0)
        ? undefined
        : () => shapeOf(part);
    return {
      ...bare(type, located.pointer),
      since: sinceOf(located),
      isInteger: type === 'number' && isInteger(schema),
      values: values !== undefined && type !== 'null' ? ordered(values) : undefined,
      isLiteralInFormat:
        type === 'string' && schema['const'] === undefined && literalInFormat(schema) !== undefined,
      sinceValues: isObject(since) ? (since as Record<string, string>) : {},
      constraints: constrains(schema, type) ? once(() => constraintsOf(schema, type, printAt)) : undefined,
      ...(type === 'object' && {
        fields: fieldsOf(located),
        required: new Set(stringsIn(schema['required'])),
        others: others?.value === false ? false : inside(others),
      }),
      ...(type === 'array' && { items: inside(items) }),
    };
  };

  const membersOf = (located: Located, keyword: 'allOf' | 'anyOf' | 'oneOf'): Shape[] => {
    const list = at(located, keyword);
    if (!Array.isArray(list?.value)) return [];
    return list.value.flatMap((_, index) => part(child(list, index)) ?? []);
  };

  /** The schema's own keywords, without what it refers to or combines. */
  const ownOf = (located: Located, schema: JsonObject): Shape => {
    if (saysNothing(schema)) return anything(located.pointer);
    const values = valuesOf(schema);
    const isCombined = ['allOf', 'anyOf', 'oneOf'].some((keyword) => schema[keyword] !== undefined);
    const variants = declaredTypes(schema, values)
      .filter((type) => !(type === 'null' && isCombined && isNullable(schema)))
      .map((type) => (type === 'null' ? bare(type, located.pointer) : variantOf(located, schema, type)))
      // `enum` and `const` leave no value of the other types; null is what `nullable` is about.
      .filter(({ type, values: own }) => type === 'null' || own === undefined || own.length > 0);
    return { pointer: located.pointer, variants };
  };

  const make = (located: Located): Shape | undefined => {
    const { value, pointer } = located;
    if (value === false) return { pointer, variants: [] };
    if (!isObject(value)) return anything(pointer);
    const ref = refOf(located);
    let shape = ownOf(located, value);
    if (ref !== undefined) {
      const target = part(targetOf(document, ref, pointer));
      if (saysNothing(value)) return target;
      if (target !== undefined) shape = intersect(shape, target);
    }
    for (const member of membersOf(located, 'allOf')) shape = intersect(shape, member);
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      const members = membersOf(located, keyword);
      if (members.length > 0) shape = intersect(shape, unionOf(pointer, members, keyword));
    }
    if (!isNullable(value) || shape.variants.some(({ type }) => type === 'null')) return shape;
    return { ...shape, variants: [...shape.variants, bare('null', pointer)] };
  };

  /** A schema as part of another; nothing for one that is made of itself and nothing else. */
  const part = (located: Located): Shape | undefined => {
    const known = shapes.get(located.pointer);
    if (known === 'open') {
      cuts += 1;
      return undefined;
    }
    if (known !== undefined) return known;
    const before = cuts;
    shapes.set(located.pointer, 'open');
    depth += 1;
    const shape = make(located);
    depth -= 1;
    // Inside a circle it lacks what is open around it, and is not the same seen from elsewhere.
    if (shape !== undefined && (cuts === before || depth === 0)) shapes.set(located.pointer, shape);
    else shapes.delete(located.pointer);
    return shape;
  };

  const shapeOf = (located: Located): Shape => part(located) ?? anything(located.pointer);
  return shapeOf;
};
