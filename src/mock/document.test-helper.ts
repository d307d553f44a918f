import { readFileSync } from 'node:fs';

interface DocumentedResponse {
  $ref?: string;
  content?: Record<string, { examples?: Record<string, { $ref: string }> }>;
}

interface OpenApi {
  paths: Record<string, Record<string, { responses: Record<string, DocumentedResponse> }>>;
  components: {
    examples: Record<string, { value: unknown }>;
    responses: Record<string, DocumentedResponse>;
  };
}

/** The document that Prism serves, as a test reads it. */
export const { paths, components }: OpenApi = JSON.parse(
  readFileSync(new URL('../../generated/openapi.by-token-type.json', import.meta.url), 'utf8'),
);

const nameOf = (reference: string): string => reference.split('/').at(-1) ?? '';

/** The value of an example of `components.examples`. */
export const example = (name: string): unknown => components.examples[name]?.value;

export interface DocumentedExample {
  method: string;
  path: string;
  status: number;
  mediaType: string;
  key: string;
  value: unknown;
}

/** Every example of every response, by operation. */
export const responseExamples: DocumentedExample[] = Object.entries(paths).flatMap(([path, item]) =>
  Object.entries(item).flatMap(([method, { responses }]) =>
    Object.entries(responses).flatMap(([status, response]) => {
      const { content = {} } =
        response.$ref === undefined ? response : (components.responses[nameOf(response.$ref)] ?? response);
      return Object.entries(content).flatMap(([mediaType, { examples = {} }]) =>
        Object.entries(examples).map(([key, { $ref }]) => ({
          method: method.toUpperCase(),
          path,
          status: Number(status),
          mediaType,
          key,
          value: example(nameOf($ref)),
        })),
      );
    }),
  ),
);

/** A valid request that prefers an example: its path and the options of `fetch`. */
export const requestFor = ({
  method,
  path,
  status,
  mediaType,
  key,
}: DocumentedExample): [string, RequestInit] => {
  const isToken = path === '/oidc/token';
  const body = isToken
    ? 'grant_type=client_credentials&client_id=a&client_secret=b'
    : JSON.stringify(path.endsWith('/test') ? example('test-client-credentials-claims') : { script: 'x' });
  const headers = {
    authorization: isToken ? `Basic ${btoa('a:b')}` : 'Bearer any',
    'content-type': isToken ? 'application/x-www-form-urlencoded' : 'application/json',
    accept: mediaType,
    prefer: `code=${status}, example=${key}`,
  };
  return [path, { method, headers, ...(method !== 'GET' && method !== 'DELETE' && { body }) }];
};
