import { isRecord } from '../client/json.ts';
import type { BodyGuard, BodyGuards, GuardResult } from './guards.ts';
import { type JsonSchema, type JsonSchemas, resolve, typeOf } from './json-schema.ts';
import type { TokenType } from './state.ts';
import { type GuardIssue, toZodIssues } from './zod-issues.ts';

/** Finds what is wrong with a body, by the document: a validator that is made from it. */
export type FindIssues = (body: unknown, options: { maxIssues: number }) => readonly GuardIssue[];

/**
 * How many issues a 400 lists at most. A tenant lists them all, also where a body of 1 MiB has 100,000s of them, in a
 * response of some 100 MB: that is how far a model need not go.
 */
const maxIssues = 10_000;

/**
 * How deep a body may be nested. Of a deeper one a tenant's guard, which calls itself for each level, exhausts its stack:
 * Logto's own guards give up somewhere between 1,100 and 2,000 levels (recorded on every release: "PUT with customData
 * 2,000 deep", more-exchanges.jsonl).
 */
const maxDepth = 1000;

class TooDeepError extends Error {}

/** The validators of the bodies that a tenant validates. */
export interface Validators {
  customizers: Readonly<Record<TokenType, FindIssues>>;
  testRequests: Readonly<Record<TokenType, FindIssues>>;
}

const keepValue = (reference: JsonSchema, value: unknown, schemas: JsonSchemas, depth: number): unknown => {
  const schema = resolve(reference, schemas);
  const { properties, additionalProperties, items } = schema;
  // Of a wrong type: no guard looks into it.
  if (schema.type !== undefined && ![schema.type].flat().includes(typeOf(value))) return value;
  if (depth > maxDepth) throw new TooDeepError();
  const inside = (child: JsonSchema, item: unknown): unknown => keepValue(child, item, schemas, depth + 1);
  const variants = (schema.anyOf ?? schema.oneOf ?? []).map((variant) => resolve(variant, schemas));
  if (variants.length > 0) {
    const tag = schema.discriminator?.propertyName;
    const fits = (variant: JsonSchema): boolean =>
      tag === undefined
        ? [variant.type ?? typeOf(value)].flat().includes(typeOf(value))
        : isRecord(value) && variant.properties?.[tag]?.const === value[tag];
    const variant = variants.find(fits);
    return variant === undefined ? value : keepValue(variant, value, schemas, depth);
  }
  if (Array.isArray(value)) return value.map((item) => inside(items ?? {}, item));
  if (!isRecord(value)) return value;
  const known = Object.entries(properties ?? {}).flatMap(([key, property]) =>
    Object.hasOwn(value, key) ? [[key, inside(property, value[key])] as const] : [],
  );
  if (properties !== undefined && !additionalProperties) return Object.fromEntries(known);
  const item = typeof additionalProperties === 'object' ? additionalProperties : {};
  const others = Object.entries(value)
    // Logto's guards lose the key `__proto__` wherever any key may stand.
    .filter(([key]) => !Object.hasOwn(properties ?? {}, key) && key !== '__proto__')
    .map(([key, entry]) => [key, inside(item, entry)] as const);
  return Object.fromEntries([...known, ...others]);
};

/**
 * What a guard keeps of a valid value: the fields that its schema knows, in the schema's order. No issues are there for
 * what is nested too deep: a tenant says nothing of where.
 */
export const keep = (reference: JsonSchema, value: unknown, schemas: JsonSchemas): GuardResult => {
  try {
    return { success: true, data: keepValue(reference, value, schemas, 0) };
  } catch (error) {
    if (error instanceof TooDeepError) return { success: false, issues: [] };
    throw error;
  }
};

const guardOf =
  (name: string, find: FindIssues, schemas: JsonSchemas): BodyGuard =>
  (body) => {
    const schema = { $ref: `#/components/schemas/${name}` };
    const kept = keep(schema, body, schemas);
    if (!kept.success) return kept;
    // A pattern is storage's: no guard knows it.
    const issues = find(body, { maxIssues }).filter(({ keyword }) => keyword !== 'pattern');
    return issues.length === 0
      ? kept
      : { success: false, issues: toZodIssues(issues, body, { schema, schemas }) };
  };

/** A body of `POST /test` is validated by the token type that it says it is of, before all else. */
const testRequestIssues =
  (testRequests: Validators['testRequests']): FindIssues =>
  (body, options) => {
    if (!isRecord(body)) return [{ pointer: '', keyword: 'type' }];
    const tokenType = body['tokenType'];
    return tokenType === 'access-token' || tokenType === 'client-credentials'
      ? testRequests[tokenType](body, options)
      : [{ pointer: '/tokenType', keyword: 'discriminator' }];
  };

/**
 * Guards made from the document and its validators, in place of Logto's own: the same verdict, the same words, the same
 * fields kept in the same order.
 *
 * @param schemas - `components.schemas` of the document
 */
export const guardsOfDocument = (
  { customizers, testRequests }: Validators,
  schemas: JsonSchemas,
): BodyGuards => ({
  customizers: {
    'access-token': guardOf('AccessTokenJwtCustomizer', customizers['access-token'], schemas),
    'client-credentials': guardOf(
      'ClientCredentialsJwtCustomizer',
      customizers['client-credentials'],
      schemas,
    ),
  },
  testRequest: guardOf('JwtCustomizerTestRequest', testRequestIssues(testRequests), schemas),
});
