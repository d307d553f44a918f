import { isDeepStrictEqual } from 'node:util';

/** A request body or a response. */
interface Body {
  $ref?: string;
  content?: Record<string, { schema: { $ref?: string }; examples?: Record<string, unknown> }>;
}

interface Operation {
  operationId: string;
  requestBody?: Body;
  responses: Record<string, Body>;
}

/** The parts of an OpenAPI document that this module uses. */
interface OpenApi {
  paths: Record<string, { parameters?: unknown } & Record<string, Operation>>;
  components: Record<string, Record<string, unknown>>;
}

const template = '/api/configs/jwt-customizer/{tokenTypePath}';
const union = '#/components/schemas/JwtCustomizer';
const tokenTypes = [
  { tokenType: 'access-token', other: 'client-credentials', name: 'AccessTokenJwtCustomizer' },
  { tokenType: 'client-credentials', other: 'access-token', name: 'ClientCredentialsJwtCustomizer' },
] as const;

type TokenType = (typeof tokenTypes)[number];

/** Reduces a body to the schema and examples of one token type; a body that has neither stays a reference. */
const bodyFor = ({ other, name }: TokenType, body: Body, responses: Record<string, unknown>): Body => {
  const shared = body.$ref === undefined ? body : (responses[body.$ref.split('/').at(-1) ?? ''] as Body);
  const own = structuredClone(shared);
  for (const { schema, examples = {} } of Object.values(own.content ?? {})) {
    if (schema.$ref === union) schema.$ref = `#/components/schemas/${name}`;
    for (const key of Object.keys(examples)) if (key.startsWith(`${other}-`)) delete examples[key];
  }
  return isDeepStrictEqual(own, shared) ? body : own;
};

const operationFor = (
  tokenType: TokenType,
  operation: Operation,
  responses: Record<string, unknown>,
): Operation => ({
  ...operation,
  operationId: operation.operationId.replace('JwtCustomizer', tokenType.name),
  ...(operation.requestBody && { requestBody: bodyFor(tokenType, operation.requestBody, responses) }),
  responses: Object.fromEntries(
    Object.entries(operation.responses).map(([status, body]) => [
      status,
      bodyFor(tokenType, body, responses),
    ]),
  ),
});

/** Deletes unused components until all that remain are used. */
const removeUnused = (document: OpenApi): void => {
  const text = JSON.stringify(document);
  const unused = Object.entries(document.components).flatMap(([kind, components]) =>
    Object.keys(components)
      .filter((name) => kind !== 'securitySchemes' && !text.includes(`"#/components/${kind}/${name}"`))
      .map((name) => () => {
        delete components[name];
        if (Object.keys(components).length === 0) delete document.components[kind];
      }),
  );
  if (unused.length === 0) return;
  for (const remove of unused) remove();
  removeUnused(document);
};

/**
 * The document with one path per token type in place of the template, each with its own variant and examples. With a
 * template, neither openapi-fetch's types nor Prism know which variant belongs to which token type.
 */
export const splitByTokenType = (text: string): string => {
  const document = JSON.parse(text) as OpenApi;
  const { responses = {} } = document.components;
  const paths = Object.entries(document.paths).flatMap(([path, item]) => {
    if (path !== template) return [[path, item]];
    const { parameters: _, ...operations } = item;
    return tokenTypes.map((tokenType) => [
      path.replace('{tokenTypePath}', tokenType.tokenType),
      Object.fromEntries(
        Object.entries(operations).map(([method, operation]) => [
          method,
          operationFor(tokenType, operation, responses),
        ]),
      ),
    ]);
  });
  document.paths = Object.fromEntries(paths);
  removeUnused(document);
  return `${JSON.stringify(document, null, 2)}\n`;
};
