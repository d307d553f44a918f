import { readFileSync } from 'node:fs';
import type { operations } from '../../generated/types.d.ts';

export type OperationId = keyof operations;

/** A response header, or a media type with its schema, as the document has it. */
interface ResponseObject {
  headers?: Record<string, { required?: boolean }>;
  content?: Record<string, { schema: Schema; examples?: Record<string, Reference> }>;
}
interface MediaTypes {
  content?: Record<string, { examples?: Record<string, Reference> }>;
}
type Reference = { $ref: string };
export type Schema = { [keyword: string]: unknown };
interface OperationObject {
  operationId: OperationId;
  requestBody?: { content: Record<string, { examples?: Record<string, Reference> }> };
  responses: Record<string, Reference | ResponseObject>;
}

const document = JSON.parse(
  readFileSync(new URL('../../generated/openapi.json', import.meta.url), 'utf8'),
) as {
  info: { version: string };
  paths: Record<string, Record<string, OperationObject>>;
  components: { schemas: Record<string, Schema>; examples: Record<string, { value: unknown }> };
};

/** The value itself, or what its `$ref` into this document points to. */
export const dereference = <T>(value: T | Reference): T => {
  const pointer = (value as Partial<Reference>).$ref;
  if (pointer === undefined) return value as T;
  const target = pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], document);
  return dereference(target as T | Reference);
};

export interface Operation {
  id: OperationId;
  method: string;
  path: string;
  object: OperationObject;
}

/** Every operation of the document by its id. */
export const operationsById = Object.fromEntries(
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => method !== 'parameters')
      .map(([method, object]) => [
        object.operationId,
        { id: object.operationId, method: method.toUpperCase(), path, object },
      ]),
  ),
) as Record<OperationId, Operation>;

/** What the document says of a status of an operation; nothing when it does not document that status. */
export const responseOf = (operation: OperationId, status: number): ResponseObject | undefined => {
  const response = operationsById[operation].object.responses[String(status)];
  return response === undefined ? undefined : dereference(response);
};

/** The document's examples of requests, or of responses, by name. */
const examplesOf = (kind: 'request' | 'response'): Map<string, Reference> => {
  const bodies = Object.values(operationsById).flatMap(({ object }): (MediaTypes | undefined)[] =>
    kind === 'request'
      ? [object.requestBody]
      : Object.values(object.responses).map((response) => dereference(response)),
  );
  const contents = bodies.flatMap((body) => Object.values(body?.content ?? {}));
  return new Map(contents.flatMap(({ examples }) => Object.entries(examples ?? {})));
};

const exampleNamed = (kind: 'request' | 'response', name: string): unknown => {
  const example = examplesOf(kind).get(name);
  return example && dereference<{ value: unknown }>(example).value;
};

export const requestExample = (name: string): unknown => exampleNamed('request', name);
export const responseExample = (name: string): unknown => exampleNamed('response', name);

/** The names of all examples of requests and of responses. */
export const exampleNames = (): { requests: string[]; responses: string[] } => ({
  requests: [...examplesOf('request').keys()],
  responses: [...examplesOf('response').keys()],
});

/** `components.schemas` of a document. */
export type Schemas = Readonly<Record<string, Schema>>;

export const schemas: Schemas = document.components.schemas;
export const documentVersion = document.info.version;
