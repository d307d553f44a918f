import { readFileSync } from 'node:fs';

interface Content {
  examples?: Record<string, { $ref: string }>;
}

interface Response {
  $ref?: string;
  content?: Record<string, Content>;
}

interface DocumentedOperation {
  operationId: string;
  requestBody?: { content: Record<string, Content> };
  responses: Record<string, Response>;
}

interface OpenApi {
  paths: Record<string, Record<string, DocumentedOperation>>;
  components: {
    examples: Record<string, { value: unknown }>;
    responses: Record<string, Response>;
    schemas: Record<string, object>;
  };
}

/** The document as a test reads it, without Prism. */
export const openApi: OpenApi = JSON.parse(
  readFileSync(new URL('../../generated/openapi.json', import.meta.url), 'utf8'),
);

const nameOf = (reference: string): string => reference.split('/').at(-1) ?? '';

/** The value of an example of `components.examples`. */
export const example = (name: string): unknown => openApi.components.examples[name]?.value;

export interface DocumentedExample {
  method: string;
  path: string;
  status: number;
  key: string;
  value: unknown;
}

/** Every example of every response, by operation. */
export const responseExamples: DocumentedExample[] = Object.entries(openApi.paths).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([method]) => method !== 'parameters')
    .flatMap(([method, { responses }]) =>
      Object.entries(responses).flatMap(([status, response]) => {
        const { content = {} } =
          response.$ref === undefined
            ? response
            : (openApi.components.responses[nameOf(response.$ref)] ?? response);
        return Object.values(content).flatMap(({ examples = {} }) =>
          Object.entries(examples).map(([key, { $ref }]) => ({
            method: method.toUpperCase(),
            path,
            status: Number(status),
            key,
            value: example(nameOf($ref)),
          })),
        );
      }),
    ),
);

/** Every example of a request in JSON, with the example of a response of the same key. */
export const pairs = Object.entries(openApi.paths).flatMap(([path, item]) =>
  Object.entries(item).flatMap(([method, { requestBody }]) =>
    Object.entries(requestBody?.content['application/json']?.examples ?? {}).flatMap(([key, { $ref }]) => {
      const found = responseExamples.find(
        (candidate) =>
          candidate.path === path && candidate.method === method.toUpperCase() && candidate.key === key,
      );
      return found === undefined ? [] : [{ ...found, request: example(nameOf($ref)) }];
    }),
  ),
);
