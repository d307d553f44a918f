import { formats, z } from '../../generated/zod.js';
import { isRecord } from '../client/json.ts';
import { isBefore } from '../runner/release.ts';
import type { BodyGuard, BodyGuards, ZodIssue } from './guards.ts';

/** The keywords used here of a JSON Schema in `components.schemas` of an OpenAPI document. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  discriminator?: { propertyName: string };
  /** The first release of Logto that has it; `-values` gives it for each enum value. */
  'x-logto-since'?: string;
  'x-logto-since-values'?: Record<string, string>;
}

/** Schemas by their names in `components.schemas`. */
export type JsonSchemas = Readonly<Record<string, JsonSchema>>;

/**
 * The most issues that a 400 lists. A tenant lists all of them, even the 100,000s in a body of 1 MiB, in a response of
 * some 100 MB. A model need not go that far.
 */
const maxIssues = 10_000;

/**
 * How deep a body may be nested. A deeper one exhausts the stack of a tenant's guard, which recurses into each level:
 * Logto's guards give up somewhere between 1,100 and 2,000 levels (recorded on every release: "PUT with customData
 * 2,000 deep", more-exchanges.jsonl).
 */
const maxDepth = 1000;

class TooDeepError extends Error {}

/** Free-form JSON as guards keep it: without the key `__proto__`. */
const keepJson = (value: unknown, depth: number): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > maxDepth) throw new TooDeepError();
  if (Array.isArray(value)) return value.map((item) => keepJson(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) =>
      key === '__proto__' ? [] : [[key, keepJson(item, depth + 1)]],
    ),
  );
};

const json = z.unknown().transform((value, { path }) => keepJson(value, path.length));

/** Guards ignore patterns: storage enforces them. */
const makeString = ({ format, minLength, maxLength }: JsonSchema): z.ZodTypeAny => {
  let text = z.string();
  if (minLength !== undefined) text = text.min(minLength);
  if (maxLength !== undefined) text = text.max(maxLength);
  if (format === 'whatwg-url') return text.url();
  return format === undefined ? text : text.refine(formats['logto-redirect-uri']);
};

const makeNumber = ({ type, minimum, maximum, exclusiveMinimum }: JsonSchema): z.ZodTypeAny => {
  let number = z.number();
  if (type === 'integer') number = number.int();
  if (minimum !== undefined) number = number.min(minimum);
  if (maximum !== undefined) number = number.max(maximum);
  return exclusiveMinimum === undefined ? number : number.gt(exclusiveMinimum);
};

/** Converts JSON Schemas to zod 3 schemas that are written like Logto's own. */
const makerFor = (schemas: JsonSchemas) => {
  const resolve = (schema: JsonSchema): JsonSchema => {
    if (schema.$ref === undefined) return schema;
    const target = schemas[schema.$ref.replace('#/components/schemas/', '')];
    if (target === undefined) throw new Error(`the document has no schema ${schema.$ref}`);
    return resolve(target);
  };

  const makeObject = ({ properties, required = [], additionalProperties }: JsonSchema) => {
    const others = typeof additionalProperties === 'object' ? make(additionalProperties) : json;
    if (properties === undefined) return z.record(others);
    const object = z.object(
      Object.fromEntries(
        Object.entries(properties).map(([key, property]) => [
          key,
          required.includes(key) ? make(property) : make(property).optional(),
        ]),
      ),
    );
    if (additionalProperties === undefined) return object;
    return additionalProperties === false ? object.strict() : object.catchall(others);
  };

  const makeUnion = (schemas: readonly JsonSchema[]): z.ZodTypeAny => {
    const kinds = schemas.filter(({ type }) => type !== 'null').map(make);
    const union = kinds.length === 1 ? (kinds[0] as z.ZodTypeAny) : z.union(kinds as never);
    return kinds.length === schemas.length ? union : union.nullable();
  };

  const make = (reference: JsonSchema): z.ZodTypeAny => {
    const schema = resolve(reference);
    const { type, items = {}, discriminator, enum: values } = schema;
    const variants = schema.anyOf ?? schema.oneOf;
    if (variants !== undefined && discriminator !== undefined)
      return z.discriminatedUnion(discriminator.propertyName, variants.map(make) as never);
    if (variants !== undefined) return makeUnion(variants);
    if (Array.isArray(type)) return makeUnion(type.map((one) => ({ ...schema, type: one })));
    if ('const' in schema) return z.literal(schema.const as string);
    if (values !== undefined)
      return z.nativeEnum(Object.fromEntries(values.map((value) => [String(value), String(value)])));
    switch (type) {
      case 'string':
        return makeString(schema);
      case 'number':
      case 'integer':
        return makeNumber(schema);
      case 'boolean':
        return z.boolean();
      case 'array':
        return z.array(make(items));
      case 'object':
        return makeObject(schema);
      default:
        return json;
    }
  };
  return make;
};

/**
 * The schemas without what was added after a release, which a tenant would refuse or drop.
 *
 * @throws {Error} when `release` is not written as in `1.42`
 */
export const schemasOf = (release: string, schemas: JsonSchemas): JsonSchemas => {
  const hasCome = (since: string | undefined): boolean => since === undefined || !isBefore(release, since);
  const has = (part: JsonSchema): boolean => {
    const target = schemas[part.$ref?.split('/').at(-1) ?? ''];
    return hasCome(part['x-logto-since'] ?? target?.['x-logto-since']);
  };
  const prune = (value: unknown): unknown => {
    // This includes the branches of a union.
    if (Array.isArray(value)) return value.filter((item) => !isRecord(item) || has(item)).map(prune);
    if (!isRecord(value)) return value;
    const { properties, enum: values, 'x-logto-since-values': since } = value as JsonSchema;
    const known = {
      ...value,
      ...(properties && {
        properties: Object.fromEntries(Object.entries(properties).filter(([, field]) => has(field))),
      }),
      ...(since && { enum: values?.filter((item) => hasCome(since[String(item)])) }),
    };
    return Object.fromEntries(Object.entries(known).map(([keyword, part]) => [keyword, prune(part)]));
  };
  const pruned = prune(schemas) as JsonSchemas;
  if (!isBefore(release, '1.37')) return pruned;
  // Before 1.37 no guard validated the context of client credentials: a customizer kept any object (recording "update
  // client-credentials: user in contextSample is dropped"), and `POST /test` did not have the field ("test
  // client-credentials: no context").
  delete pruned['ClientCredentialsJwtCustomizerTestRequest']?.properties?.['context'];
  return { ...pruned, ClientCredentialsContextSample: { type: 'object' } };
};

/**
 * Guards generated from the document that behave like a release's own: the same result, the same messages, the same
 * fields kept in the same order.
 *
 * @param release - for example `1.42`
 * @param schemas - `components.schemas` of the document, where `x-logto-since` gives the release that added a part
 * @throws {Error} when `release` is not written as in `1.42`
 */
export const guardsOfRelease = (release: string, schemas: JsonSchemas): BodyGuards => {
  const make = makerFor(schemasOf(release, schemas));
  const guardOf = (name: string): BodyGuard => {
    const schema = make({ $ref: `#/components/schemas/${name}` });
    return (body) => {
      try {
        const { success, data, error } = schema.safeParse(body);
        return success
          ? { success, data }
          : { success, issues: (error.issues as ZodIssue[]).slice(0, maxIssues) };
      } catch (error) {
        // A tenant does not report where.
        if (error instanceof TooDeepError) return { success: false, issues: [] };
        throw error;
      }
    };
  };
  return {
    customizers: {
      'access-token': guardOf('AccessTokenJwtCustomizer'),
      'client-credentials': guardOf('ClientCredentialsJwtCustomizer'),
    },
    testRequest: guardOf('JwtCustomizerTestRequest'),
  };
};
