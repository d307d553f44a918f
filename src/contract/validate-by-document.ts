import * as closed from '../../generated/validators/closed.js';
import type { Validate, ValidationIssue } from '../../generated/validators/issue.d.ts';
import { tokenTypes } from '../client/call/engine.ts';
import { dereference, type OperationId, responseOf, type Schema } from './document.ts';
import type { Exchange, Finding } from './exchange.ts';

/** The parts of the request that determine the documented response. */
export interface Asked {
  operation: OperationId;
  /** A method other than the operation's. */
  method?: string | undefined;
  /** If absent, a customizer may be of either variant. */
  tokenType?: string | undefined;
  /** JSON Pointers of undocumented fields that the response may have. */
  undocumented?: readonly string[] | undefined;
}

const validators = closed as unknown as Record<string, Validate>;

/** The name of the schema of a token type's customizer. */
export const customizerOf = (tokenType: string): string =>
  tokenType === 'client-credentials' ? 'ClientCredentialsJwtCustomizer' : 'AccessTokenJwtCustomizer';

/** The names of the schemas of which one must match: a union's branches, or the token type's customizer. */
export const variantsOf = (schema: Schema, tokenType: string | undefined): string[] => {
  const name = String(schema['$ref'] ?? '').replace(/^.*\//, '');
  if (name === 'JwtCustomizer') return (tokenType === undefined ? tokenTypes : [tokenType]).map(customizerOf);
  const branches = schema['anyOf'] as Schema[] | undefined;
  return branches === undefined ? [name] : branches.flatMap((branch) => variantsOf(branch, tokenType));
};

/** Describes a body by kind and size only, because it may contain secrets. */
const kindOf = (body: unknown): string => {
  if (typeof body === 'string') return `a string of ${body.length} characters`;
  if (body === null) return 'null';
  return Array.isArray(body) ? 'an array' : `${typeof body === 'object' ? 'an' : 'a'} ${typeof body}`;
};

type Issue = Pick<ValidationIssue, 'pointer' | 'keyword' | 'message'>;

/** The issues of the body with the schema that it matches best. */
const violationsOf = (
  schema: Schema,
  tokenType: string | undefined,
  body: unknown,
): { name: string; issues: Issue[] } => {
  if ('const' in schema) {
    const message = `expected ${JSON.stringify(schema['const'])}, found ${kindOf(body)}`;
    const issues = body === schema['const'] ? [] : [{ pointer: '', keyword: 'const', message }];
    return { name: 'text', issues };
  }
  return variantsOf(schema, tokenType)
    .map((name) => ({ name, issues: (validators[`validate${name}`] as Validate)(body) }))
    .reduce((nearest, other) => (other.issues.length < nearest.issues.length ? other : nearest));
};

/**
 * Validates the response against the document: status, content type, headers and body.
 *
 * @returns the findings, without values that could be secrets
 */
export const validateByDocument = (asked: Asked, exchange: Omit<Exchange, 'after'>): Finding[] => {
  const { operation, method, tokenType, undocumented } = asked;
  const { status, headers, body, hasAllHeaders } = exchange;
  const documented = responseOf(operation, status);
  if (documented === undefined)
    return [{ check: 'status', message: `${operation} does not document the status ${status}` }];
  const isHead = method === 'HEAD';
  // HEAD has no ETag (recording "HEAD"): the tenant computes it from the body.
  const required = hasAllHeaders && !isHead ? Object.entries(documented.headers ?? {}) : [];
  const findings: Finding[] = required
    .filter(([name, header]) => dereference(header).required && !headers[name.toLowerCase()])
    .map(([name]) => ({
      check: 'header',
      message: `the header ${name} is missing`,
      missing: name.toLowerCase(),
    }));
  if (documented.content === undefined || isHead) {
    if (body !== '') findings.push({ check: 'body', message: `expected no body, found ${kindOf(body)}` });
    return findings;
  }
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? 'none';
  const media = documented.content[type];
  if (media === undefined) {
    const types = Object.keys(documented.content).join(' or ');
    return [...findings, { check: 'content type', message: `expected ${types}, found ${type}` }];
  }
  const { name, issues } = violationsOf(media.schema, tokenType, body);
  for (const { pointer, keyword, message } of issues)
    if (!undocumented?.includes(pointer))
      findings.push({ check: 'schema', message: `${name}: ${message}`, violates: { pointer, keyword } });
  return findings;
};
