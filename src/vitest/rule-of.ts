import type { Finding, OperationId } from '../contract/index.ts';

const authorized = { 401: 'token-required', 403: 'permission-required' };
const writes = { ...authorized, 400: 'body-is-guarded', 422: 'storage-limits', 500: 'storage-limits' };
const names = { ...authorized, 400: 'token-type-is-guarded', 404: 'missing-customizer' };

/** The rule that a response with this status is about, by operation and status. */
export const rulesByStatus: Readonly<Record<OperationId, Readonly<Record<number, string>>>> = {
  UpdateJwtCustomizer: {
    ...writes,
    200: 'patch-merges',
    404: 'missing-customizer',
    405: 'method-not-allowed',
  },
  UpsertJwtCustomizer: { ...writes, 200: 'put-replaces', 201: 'put-replaces', 404: 'body-limit' },
  GetJwtCustomizer: { ...names, 200: 'get-answers-stored' },
  DeleteJwtCustomizer: { ...names, 204: 'delete-removes' },
  ListJwtCustomizers: { ...authorized, 200: 'list-has-what-exists' },
  TestJwtCustomizer: {
    200: 'test-answers-claims',
    400: 'test-body-is-flat',
    401: 'token-required',
    403: 'test-denial',
    404: 'body-limit',
    422: 'test-failure',
    500: 'test-cannot-answer',
  },
  RequestToken: { 200: 'token-granted', 400: 'token-refused', 401: 'token-refused' },
};

const rulesByHeader: Readonly<Record<string, string>> = {
  'logto-core-request-id': 'request-id',
  etag: 'etags-guard-nothing',
  allow: 'method-not-allowed',
};

/** The rule about a customizer that a keyword of its schema expresses. */
const ruleOfCustomizer = (pointer: string, keyword: string): string | undefined => {
  if (keyword === 'additionalProperties')
    return pointer.startsWith('/contextSample/') ? 'unknown-context-dropped' : 'objects-are-closed';
  if (pointer === '/tokenSample/kind') return 'kind-tells-the-type';
  if (keyword === 'minLength' || keyword === 'maxLength') return 'lengths-in-utf16';
  return keyword === 'pattern' ? 'storage-limits' : undefined;
};

/**
 * The code of the rule that a finding about a response violates; `logto-jwt-customizer rules CODE` explains it. An
 * undocumented status violates the rule about the operation's success.
 */
export const ruleOfFinding = (operation: OperationId, status: number, finding: Finding): string => {
  const { check, missing, violates } = finding;
  if (missing !== undefined && missing in rulesByHeader) return rulesByHeader[missing] as string;
  if (check === 'content type') return 'content-types';
  // The other operations respond with claims or a token.
  const hasCustomizers = operation !== 'TestJwtCustomizer' && operation !== 'RequestToken';
  if (violates !== undefined && status < 300 && hasCustomizers) {
    const rule = ruleOfCustomizer(violates.pointer.replace(/^\/\d+\/value/, ''), violates.keyword);
    if (rule !== undefined) return rule;
  }
  // The one 404 without JSON.
  if (violates?.keyword === 'const' && violates.pointer === '' && status === 404) return 'body-limit';
  const byStatus = rulesByStatus[operation];
  return byStatus[status] ?? (status === 405 ? 'method-not-allowed' : (Object.values(byStatus)[0] as string));
};
