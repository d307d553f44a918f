import * as closed from '../../generated/validators/closed.js';
import type { Validate, ValidationIssue } from '../../generated/validators/issue.d.ts';
import { tokenTypes } from '../client/call/engine.ts';
import { dereference, type OperationId, responseOf, type Schema } from './document.ts';
import type { Exchange, Finding } from './exchange.ts';

/** What was asked, as far as the document says by it what may be answered. */
export interface Asked {
  operation: OperationId;
  /** Another method than the operation's. */
  method?: string | undefined;
  /** Without one, a customizer may be of either variant. */
  tokenType?: string | undefined;
  /** JSON Pointers of what the response may hold although the document does not know it. */
  undocumented?: readonly string[] | undefined;
}

const validators = closed as unknown as Record<string, Validate>;

/** The name of the schema of what is stored for a token type. */
export const customizerOf = (tokenType: string): string =>
  tokenType === 'client-credentials' ? 'ClientCredentialsJwtCustomizer' : 'AccessTokenJwtCustomizer';

/** The names of the schemas of which one must hold: a union's branches, of a customizer the token type's own. */
export const variantsOf = (schema: Schema, tokenType: string | undefined): string[] => {
  const name = String(schema['$ref'] ?? '').replace(/^.*\//, '');
  if (name === 'JwtCustomizer') return (tokenType === undefined ? tokenTypes : [tokenType]).map(customizerOf);
  const branches = schema['anyOf'] as Schema[] | undefined;
  return branches === undefined ? [name] : branches.flatMap((branch) => variantsOf(branch, tokenType));
};

/** A body may hold secrets: it is told by kind and size. */
const kindOf = (body: unknown): string => {
  if (typeof body === 'string') return `text of ${body.length} characters`;
  if (body === null) return 'null';
  return Array.isArray(body) ? 'an array' : `${typeof body === 'object' ? 'an' : 'a'} ${typeof body}`;
};

type Issue = Pick<ValidationIssue, 'pointer' | 'keyword' | 'message'>;

/** What is wrong with the body by the schema that it is nearest to. */
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
 * Whether the response is documented: status, content type, headers and body.
 *
 * @returns what is not, without a value that could be a secret
 */
export const validateByDocument = (asked: Asked, exchange: Omit<Exchange, 'after'>): Finding[] => {
  const { operation, method, tokenType, undocumented } = asked;
  const { status, headers, body, hasAllHeaders } = exchange;
  const documented = responseOf(operation, status);
  if (documented === undefined)
    return [{ check: 'status', message: `${operation} does not document the status ${status}` }];
  const isHead = method === 'HEAD';
  // HEAD has no ETag (recording "HEAD"): the tenant makes it of the body.
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
