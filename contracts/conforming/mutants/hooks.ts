/** Building blocks of mutants: changes of guards, responses and storage. */
import { isRecord } from '../../../src/client/json.ts';
import {
  type Customizer,
  type Customizers,
  findRoute,
  json,
  type Operation,
  type Rules,
  type TenantRequest,
  type TenantResponse,
  type TokenType,
  tenantRules,
  tokenTypes,
  type ZodIssue,
} from '../../../src/tenant/index.ts';
import type { Hook } from '../serve.ts';
import { type ConformingTenant, createConformingTenant } from '../tenant.ts';

const isTest = (value: unknown): boolean => isRecord(value) && 'tokenType' in value;

/** A tenant that accepts a body unchanged if its guard reports only these issues. */
export const forgiving = (isForgiven: (issue: ZodIssue) => boolean): Partial<Rules> => ({
  validate: (guard, body) => {
    const result = tenantRules.validate(guard, body);
    return result.success || !result.issues.every(isForgiven) ? result : { success: true, data: body };
  },
});

/** A tenant that changes a body before the guard validates it. */
export const coercing = (change: (body: Fields) => unknown): Partial<Rules> => ({
  validate: (guard, body) =>
    tenantRules.validate(guard, isRecord(body) && !isTest(body) ? change(body) : body),
});

/** A tenant that changes the body of `POST /test` after the guard validated it. */
export const testing = (change: (body: Fields) => Fields): Partial<Rules> => ({
  validate: (guard, body) => {
    const result = tenantRules.validate(guard, body);
    return result.success && isTest(body) ? { success: true, data: change(result.data as Fields) } : result;
  },
});

/** A tenant that refuses bodies that its guard accepts. */
export const refusing = (path: string[], isRefused: (body: Fields) => boolean): Partial<Rules> => ({
  validate: (guard, body) =>
    isRecord(body) && !isTest(body) && isRefused(body)
      ? { success: false, issues: [{ code: 'custom', path, message: 'Invalid input' }] }
      : tenantRules.validate(guard, body),
});

/** Whether an issue is at this dotted path. */
export const at =
  (path: string) =>
  (issue: ZodIssue): boolean =>
    issue.path.join('.') === path;

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

/** Whether a request calls this operation and the response has one of these statuses. */
export const on = (operations: Operation | readonly Operation[], ...statuses: number[]): When => {
  const all: readonly unknown[] = [operations].flat();
  return (request, { status }) =>
    all.includes(operationOf(request)) && (statuses.length === 0 || statuses.includes(status));
};

/** Whether the response to any request has one of these statuses. */
export const answered =
  (...statuses: number[]): When =>
  (_request, { status }) =>
    statuses.includes(status);

/** Changes the matching responses. */
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

/** Changes the JSON of a response; other bodies stay. */
export const body =
  (change: (body: Fields, request: TenantRequest) => unknown): Change =>
  (response, request) =>
    response.headers['content-type']?.includes('json') && response.body !== ''
      ? { ...response, body: JSON.stringify(change(JSON.parse(response.body) as Fields, request)) }
      : response;

/** Sets these fields in the response. */
export const fields = (others: Fields): Change => body((found) => ({ ...found, ...others }));

/** Removes these fields from the response. */
export const noFields = (...names: string[]): Change =>
  body((found) => Object.fromEntries(Object.entries(found).filter(([name]) => !names.includes(name))));

/** Replaces the response, except for the headers that every response has. */
export const instead =
  (other: TenantResponse): Change =>
  ({ headers: { vary = '', ...headers } }) => ({
    ...other,
    headers: { ...other.headers, vary, 'logto-core-request-id': headers['logto-core-request-id'] ?? '' },
  });

export const error = (statusCode: number, code: string, message = 'No.'): Change =>
  instead(json(statusCode, { code, message }));

/** The JSON of the request; `undefined` if it is not JSON. */
export const sentIn = ({ body }: TenantRequest): Fields | undefined => {
  try {
    const value: unknown = JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body));
    return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
};

/** Changes the response of `POST /test` to a script that contains this text. */
export const ofScripts = (words: string, ...changes: Change[]): Hook =>
  changed(
    (request, { status }) => {
      const found = sentIn(request)?.['script'];
      return status !== 400 && request.path.endsWith('/test') && String(found).includes(words);
    },
    ...changes,
  );

type Visit = (value: unknown, key: string) => unknown;

/** Maps every value within a value, inner ones first. `undefined` removes a value. */
const mapped = (value: unknown, visit: Visit, key = ''): unknown => {
  if (Array.isArray(value))
    return visit(
      value.map((item) => mapped(item, visit)).filter((item) => item !== undefined),
      key,
    );
  if (typeof value !== 'object' || value === null) return visit(value, key);
  const entries = Object.entries(value)
    .map(([name, item]) => [name, mapped(item, visit, name)] as const)
    .filter(([, item]) => item !== undefined);
  return visit(Object.fromEntries(entries), key);
};

/** A tenant that stores each value changed. */
export const storing = (visit: Visit): Partial<Rules> => ({
  toJsonb: (value) => mapped(tenantRules.toJsonb(value), visit) as typeof value,
});

/** A tenant that stores each string changed. */
export const storingTexts = (change: (text: string) => string): Partial<Rules> =>
  storing((value) => (typeof value === 'string' ? change(value) : value));

/** A tenant that stores each script changed. */
export const storingScripts = (change: (script: string) => string): Partial<Rules> =>
  storing((value, key) => (key === 'script' && typeof value === 'string' ? change(value) : value));

export const isEmptyObject = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.getOwnPropertyNames(value).length === 0;

const path = (tokenType: TokenType): string => `/api/configs/jwt-customizer/${tokenType}`;

/** Stores a customizer without any hook; `undefined` deletes it. */
export const put = async (
  tenant: ConformingTenant,
  tokenType: TokenType,
  value: Customizer | undefined,
): Promise<void> => {
  await tenant.handle({
    method: value === undefined ? 'DELETE' : 'PUT',
    path: path(tokenType),
    headers: {
      authorization: `Bearer ${tenant.tokens.issue(['all'])}`,
      'content-type': 'application/json',
    },
    body: value === undefined ? '' : JSON.stringify(value),
  });
};

/** Restores the customizers without any hook. */
export const restore = async (tenant: ConformingTenant, customizers: Customizers): Promise<void> => {
  for (const tokenType of tokenTypes) await put(tenant, tokenType, customizers[tokenType]);
};

/** The token type of a request; access-token by default. */
export const subjectOf = (request: TenantRequest): TokenType =>
  tokenTypes.find((tokenType) => tokenType === tokenTypeOf(request)) ?? 'access-token';

export const otherThan = (tokenType: TokenType): TokenType =>
  tokenType === 'access-token' ? 'client-credentials' : 'access-token';

/** The script of a request without what storage refuses; an empty one by default. */
export const scriptIn = (request: TenantRequest): string => {
  const script = sentIn(request)?.['script'];
  return typeof script === 'string'
    ? script
        .replaceAll(/\p{Cs}/gu, '\ufffd')
        .replaceAll('\u0000', '')
        .slice(0, 1000)
    : '';
};

/** Changes what is stored after the request is handled, before the response is sent. */
export const after =
  (
    when: (request: TenantRequest, response: TenantResponse) => boolean,
    change: (tenant: ConformingTenant, request: TenantRequest, before: Customizers) => Promise<void>,
  ) =>
  (tenant: ConformingTenant): Hook =>
  async (request, next) => {
    const before = tenant.customizers;
    const response = await next();
    if (when(request, response)) await change(tenant, request, before);
    return response;
  };

/** Performs the write of a refused request anyway. */
export const writeAllTheSame = async (tenant: ConformingTenant, request: TenantRequest): Promise<void> => {
  const tokenType = subjectOf(request);
  const stored = request.method === 'PUT' ? {} : tenant.customizers[tokenType];
  const value = request.method === 'DELETE' ? undefined : { ...stored, script: scriptIn(request) };
  await put(tenant, tokenType, value);
};

/** The response to the same request if it were authorized, without its effects. */
export const asAuthorized = (tenant: ConformingTenant, request: TenantRequest): Promise<TenantResponse> => {
  const twin = createConformingTenant({ release: tenant.release, customizers: tenant.customizers });
  const authorization = `Bearer ${twin.tokens.issue(['all'])}`;
  return twin.handle({ ...request, headers: { ...request.headers, authorization } });
};
