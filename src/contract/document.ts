import { readFileSync } from 'node:fs';
import type { operations } from '../../generated/types.d.ts';
import { valueAt } from './json.ts';

export type OperationId = keyof operations;

export type Schema = { [keyword: string]: unknown };
type Reference = { $ref: string };
interface MediaTypes {
  content?: Record<string, { schema: Schema; examples?: Record<string, Reference> }>;
}
interface ResponseObject extends MediaTypes {
  headers?: Record<string, { required?: boolean }>;
}
interface OperationObject {
  operationId: OperationId;
  requestBody?: MediaTypes;
  responses: Record<string, Reference | ResponseObject>;
}

/** Reads a JSON file by its path in the project. */
export const readJson = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));

const document = readJson('generated/openapi.json') as {
  info: { version: string };
  paths: Record<string, Record<string, OperationObject>>;
  components: { schemas: Record<string, Schema>; examples: Record<string, { value: unknown }> };
};

/** The value itself, or the target of its `$ref` into this document. */
export const dereference = <T>(value: T | Reference): T => {
  const pointer = (value as Partial<Reference>).$ref;
  if (pointer === undefined) return value as T;
  return dereference(valueAt(document, pointer.slice(1)) as T | Reference);
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

/** The documented response of an operation for a status; `undefined` when the status is not documented. */
export const responseOf = (operation: OperationId, status: number): ResponseObject | undefined => {
  const response = operationsById[operation].object.responses[String(status)];
  return response === undefined ? undefined : dereference(response);
};

/** The values of all examples in these bodies, by name. */
const examplesOf = (bodies: readonly (MediaTypes | undefined)[]): Map<string, unknown> =>
  new Map(
    bodies
      .flatMap((body) => Object.values(body?.content ?? {}))
      .flatMap(({ examples = {} }) => Object.entries(examples))
      .map(([name, example]) => [name, dereference<{ value: unknown }>(example).value]),
  );

const objects = Object.values(operationsById).map(({ object }) => object);
export const requestExamples = examplesOf(objects.map(({ requestBody }) => requestBody));
export const responseExamples = examplesOf(
  objects.flatMap(({ responses }) => Object.values(responses).map((response) => dereference(response))),
);

export type Schemas = Readonly<Record<string, Schema>>;

export const schemas: Schemas = document.components.schemas;
export const documentVersion = document.info.version;
