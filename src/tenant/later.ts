import { isRecord } from '../client/json.ts';
import { type JsonSchema, type JsonSchemas, resolve } from './json-schema.ts';
import { isBefore } from './release.ts';

/** How the document marks what came with a release of Logto. */
interface Marks {
  'x-logto-since'?: string;
  'x-logto-since-values'?: Record<string, string>;
}

/** Values to choose from, some of which came later: an enum's, or the tags of a union's variants. */
interface Choice {
  all: readonly string[];
  known: readonly string[];
}

/** Makes a name one that no guard knows. */
const mark = '\uFFFFlater';
const masked = (name: string): string => `${name}${mark}`;

const quoted = (options: readonly string[]): string => options.map((option) => `'${option}'`).join(' | ');

/**
 * What the document describes and a release does not know yet. Its names are masked before the newest guard sees a
 * body, so that it treats them as it treats every unknown one (refuses the field, drops it, refuses the value), each
 * in its place; and unmasked in what the guard says.
 */
export const laterThan = (release: string, schemas: JsonSchemas) => {
  const isLater = (since: string | undefined): boolean => since !== undefined && isBefore(release, since);
  const sinceOf = (schema: JsonSchema): string | undefined =>
    (schema as Marks)['x-logto-since'] ?? (resolve(schema, schemas) as Marks)['x-logto-since'];
  const isLaterValue = (schema: JsonSchema, value: string): boolean =>
    isLater((schema as Marks)['x-logto-since-values']?.[value]);

  const variantsOf = (schema: JsonSchema): JsonSchema[] =>
    (schema.anyOf ?? schema.oneOf ?? []).map((variant) => resolve(variant, schemas));
  const tagOf = (schema: JsonSchema, variant: JsonSchema): unknown =>
    variant.properties?.[schema.discriminator?.propertyName ?? '']?.const;

  const choiceOf = (schema: JsonSchema): Choice | undefined => {
    if (schema.enum !== undefined) {
      const all = schema.enum.map(String);
      return { all, known: all.filter((value) => !isLaterValue(schema, value)) };
    }
    if (schema.discriminator === undefined) return undefined;
    const variants = variantsOf(schema);
    const tags = (some: JsonSchema[]) => some.map((variant) => String(tagOf(schema, variant)));
    return { all: tags(variants), known: tags(variants.filter((variant) => !isLater(sinceOf(variant)))) };
  };
  const shorter: Choice[] = Object.values(schemas).flatMap((schema) => {
    const choice = choiceOf(schema);
    return choice === undefined || choice.all.length === choice.known.length ? [] : [choice];
  });

  const maskTagged = (schema: JsonSchema, tag: string, value: unknown): unknown => {
    if (!isRecord(value)) return value;
    const variant = variantsOf(schema).find((candidate) => tagOf(schema, candidate) === value[tag]);
    if (variant === undefined) return value;
    return isLater(sinceOf(variant)) ? { ...value, [tag]: masked(String(value[tag])) } : mask(variant, value);
  };

  const maskFields = (schema: JsonSchema, value: Record<string, unknown>): unknown => {
    const { properties = {}, additionalProperties } = schema;
    const entries = Object.entries(value).map(([key, item]) => {
      const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
      if (property !== undefined)
        return isLater(sinceOf(property)) ? [masked(key), item] : [key, mask(property, item)];
      return [key, typeof additionalProperties === 'object' ? mask(additionalProperties, item) : item];
    });
    return Object.fromEntries(entries);
  };

  const mask = (reference: JsonSchema, value: unknown): unknown => {
    const schema = resolve(reference, schemas);
    const { items } = schema;
    if (schema.discriminator !== undefined)
      return maskTagged(schema, schema.discriminator.propertyName, value);
    const variants = variantsOf(schema);
    if (variants.length > 0) return variants.reduce((masking, variant) => mask(variant, masking), value);
    if (typeof value === 'string') return isLaterValue(schema, value) ? masked(value) : value;
    if (Array.isArray(value)) return items === undefined ? value : value.map((item) => mask(items, item));
    return isRecord(value) ? maskFields(schema, value) : value;
  };

  const unmaskText = (text: string): string =>
    shorter.reduce(
      (result, { all, known }) => result.replaceAll(quoted(all), quoted(known)),
      text.replaceAll(mark, ''),
    );

  const knownOf = (options: readonly unknown[]): readonly string[] | undefined =>
    shorter.find(
      ({ all }) => all.length === options.length && all.every((option, index) => option === options[index]),
    )?.known;

  const unmask = (said: unknown): unknown => {
    if (typeof said === 'string') return unmaskText(said);
    if (Array.isArray(said)) return knownOf(said) ?? said.map(unmask);
    return isRecord(said)
      ? Object.fromEntries(Object.entries(said).map(([key, item]) => [key, unmask(item)]))
      : said;
  };

  return {
    /** The body with what the release does not know made unknown to the newest guard. */
    mask,
    /** What the newest guard says, in the words of the release. */
    unmask: <T>(said: T): T => unmask(said) as T,
  };
};
