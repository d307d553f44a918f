/** The words that hooks of mutants are said in. */
import {
  findRoute,
  json,
  type Operation,
  type TenantRequest,
  type TenantResponse,
} from '../../../src/tenant/index.ts';
import type { Hook } from '../serve.ts';

export type Fields = Record<string, unknown>;
type When = (request: TenantRequest, response: TenantResponse) => boolean;
type Change = (response: TenantResponse, request: TenantRequest) => TenantResponse;

const operationOf = ({ method, path }: TenantRequest): Operation | undefined => {
  const route = findRoute(method, path);
  return route !== undefined && 'operation' in route ? route.operation : undefined;
};

export const tokenTypeOf = ({ method, path }: TenantRequest): string | undefined => {
  const route = findRoute(method, path);
  return route !== undefined && 'operation' in route ? route.tokenTypePath : undefined;
};

/** Whether a request asks for this, of one of these statuses. */
export const on = (operations: Operation | readonly Operation[], ...statuses: number[]): When => {
  const all: readonly unknown[] = [operations].flat();
  return (request, { status }) =>
    all.includes(operationOf(request)) && (statuses.length === 0 || statuses.includes(status));
};

/** Whether an answer has one of these statuses, whatever was asked for. */
export const answered =
  (...statuses: number[]): When =>
  (_request, { status }) =>
    statuses.includes(status);

/** The answers changed that fit. */
export const changed =
  (when: When, ...changes: Change[]): Hook =>
  async (request, next) => {
    const response = await next();
    return when(request, response)
      ? changes.reduce((result, change) => change(result, request), response)
      : response;
  };

export const status =
  (value: number): Change =>
  (response) => ({ ...response, status: value });

export const header =
  (name: string, value: string): Change =>
  (response) => ({ ...response, headers: { ...response.headers, [name]: value } });

export const noHeader =
  (name: string): Change =>
  ({ headers: { [name]: _, ...headers }, ...response }) => ({ ...response, headers });

export const text =
  (change: (text: string) => string): Change =>
  (response) => ({ ...response, body: change(response.body) });

/** The JSON of the answer, made another; nothing that is empty or no JSON. */
export const body =
  (change: (body: Fields, request: TenantRequest) => unknown): Change =>
  (response, request) =>
    response.headers['content-type']?.includes('json') && response.body !== ''
      ? { ...response, body: JSON.stringify(change(JSON.parse(response.body) as Fields, request)) }
      : response;

/** The answer with these fields put in place of its own, or beside them. */
export const fields = (others: Fields): Change => body((found) => ({ ...found, ...others }));

/** The answer without these fields. */
export const noFields = (...names: string[]): Change =>
  body((found) => Object.fromEntries(Object.entries(found).filter(([name]) => !names.includes(name))));

/** Another answer altogether, with the headers that every answer has. */
export const instead =
  (other: TenantResponse): Change =>
  ({ headers: { vary = '', ...headers } }) => ({
    ...other,
    headers: { ...other.headers, vary, 'logto-core-request-id': headers['logto-core-request-id'] ?? '' },
  });

export const error = (statusCode: number, code: string, message = 'No.'): Change =>
  instead(json(statusCode, { code, message }));

/** The JSON that was sent; nothing when it is none. */
export const sentIn = ({ body }: TenantRequest): Fields | undefined => {
  try {
    const value: unknown = JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body));
    return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
};

/** What `POST /test` answers to a script that has these words, changed. */
export const ofScripts = (words: string, ...changes: Change[]): Hook =>
  changed(
    (request, { status }) => {
      const found = sentIn(request)?.['script'];
      return status !== 400 && request.path.endsWith('/test') && String(found).includes(words);
    },
    ...changes,
  );
