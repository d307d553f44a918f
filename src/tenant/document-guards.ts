import type { BodyGuard, BodyGuards } from './guards.ts';
import { isObject, typeOf } from './json.ts';
import { type JsonSchema, type JsonSchemas, resolve } from './json-schema.ts';
import type { TokenType } from './token-type.ts';
import { type GuardIssue, toZodIssues } from './zod-issues.ts';

/** Finds what is wrong with a body, by the document: a validator that is made from it. */
export type FindIssues = (body: unknown) => readonly GuardIssue[];

/** The validators of the bodies that a tenant judges. */
export interface Validators {
  customizers: Readonly<Record<TokenType, FindIssues>>;
  testRequests: Readonly<Record<TokenType, FindIssues>>;
}

/** What a guard keeps of a valid value: the fields that its schema knows, in the schema's order. */
export const keep = (reference: JsonSchema, value: unknown, schemas: JsonSchemas): unknown => {
  const schema = resolve(reference, schemas);
  const { properties, additionalProperties, items } = schema;
  const variants = (schema.anyOf ?? schema.oneOf ?? []).map((variant) => resolve(variant, schemas));
  if (variants.length > 0) {
    const tag = schema.discriminator?.propertyName;
    const fits = (variant: JsonSchema): boolean =>
      tag === undefined
        ? [variant.type ?? typeOf(value)].flat().includes(typeOf(value))
        : isObject(value) && variant.properties?.[tag]?.const === value[tag];
    return keep(variants.find(fits) ?? {}, value, schemas);
  }
  if (Array.isArray(value)) return value.map((item) => keep(items ?? {}, item, schemas));
  if (!isObject(value)) return value;
  const known = Object.entries(properties ?? {}).flatMap(([key, property]) =>
    Object.hasOwn(value, key) ? [[key, keep(property, value[key], schemas)] as const] : [],
  );
  if (properties !== undefined && !additionalProperties) return Object.fromEntries(known);
  const item = typeof additionalProperties === 'object' ? additionalProperties : {};
  const others = Object.entries(value)
    // Logto's guards lose the key `__proto__` wherever any key may stand.
    .filter(([key]) => !Object.hasOwn(properties ?? {}, key) && key !== '__proto__')
    .map(([key, entry]) => [key, keep(item, entry, schemas)] as const);
  return Object.fromEntries([...known, ...others]);
};

const guardOf =
  (name: string, find: FindIssues, schemas: JsonSchemas): BodyGuard =>
  (body) => {
    const schema = { $ref: `#/components/schemas/${name}` };
    // A pattern is storage's: no guard knows it.
    const issues = find(body).filter(({ keyword }) => keyword !== 'pattern');
    return issues.length === 0
      ? { success: true, data: keep(schema, body, schemas) }
      : { success: false, issues: toZodIssues(issues, body, { schema, schemas }) };
  };

/** A body of `POST /test` is judged by the token type that it says it is of, before all else. */
const testRequestIssues =
  (testRequests: Validators['testRequests']): FindIssues =>
  (body) => {
    if (!isObject(body)) return [{ pointer: '', keyword: 'type' }];
    const tokenType = body['tokenType'];
    return tokenType === 'access-token' || tokenType === 'client-credentials'
      ? testRequests[tokenType](body)
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
