/** What is read here of a JSON Schema, as `components.schemas` of an OpenAPI document holds them. */
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
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  discriminator?: { propertyName: string };
}

/** Schemas by their names in `components.schemas`. */
export type JsonSchemas = Readonly<Record<string, JsonSchema>>;

/** The schema that a reference leads to, or the schema itself. */
export const resolve = (schema: JsonSchema, schemas: JsonSchemas): JsonSchema => {
  if (schema.$ref === undefined) return schema;
  const name = schema.$ref.replace('#/components/schemas/', '');
  const target = schemas[name];
  if (target === undefined) throw new Error(`the document has no schema ${schema.$ref}`);
  return resolve(target, schemas);
};

/** The type of a JSON value, by its name in JSON Schema. */
export const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
