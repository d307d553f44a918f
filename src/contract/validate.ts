import type { TokenType } from '../../generated/types.d.ts';
import type { Case } from './case.ts';
import { responseExamples } from './document.ts';
import type { Differing, Exchange, Finding } from './exchange.ts';
import { expectedOf } from './expected.ts';
import { brief, differences, isObject, type Json, toPointer, valueAt, without } from './json.ts';
import { validateByDocument } from './validate-by-document.ts';

/** The places of the issues. The schema reports an issue without a path. */
const issuePointers = (body: unknown): string[] => {
  const issues = valueAt(body, '/data/issues');
  const paths = (Array.isArray(issues) ? issues : []).map((issue) => valueAt(issue, '/path'));
  const isPath = (path: unknown): path is (string | number)[] =>
    Array.isArray(path) && path.every((token) => typeof token === 'string' || typeof token === 'number');
  return [...new Set(paths.filter(isPath).map(toPointer))].sort();
};

const list = (pointers: readonly string[]): string =>
  pointers.map((pointer) => pointer || '(the body)').join(', ') || 'none';

/** A finding about one place, with its own message or the default one. */
const differing = (
  check: Finding['check'],
  { part = 'body', ...difference }: Omit<Differing, 'part'> & Partial<Pick<Differing, 'part'>>,
  label: string,
  message = `${label}: expected ${brief(difference.expected)}, found ${brief(difference.found)}`,
): Finding => ({ check, message, differing: { ...difference, part } });

/** Validates the response against the case's rule. */
const validateByRule = (contract: Case, { headers, body, hasAllHeaders }: Exchange): Finding[] => {
  const { expect } = contract;
  const findings: Finding[] = [];
  const code = isObject(body) ? body['code'] : undefined;
  if (expect.code !== undefined && (code ?? null) !== expect.code) {
    const message = `expected ${expect.code ? `the code ${expect.code}` : 'no code'}, found ${brief(code)}`;
    const difference = { pointer: '/code', expected: expect.code ?? undefined, found: code };
    findings.push(differing('code', difference, '', message));
  }
  const issues = issuePointers(body);
  if (expect.issues !== undefined && differences([...expect.issues].sort(), issues).length > 0)
    findings.push({
      check: 'issues',
      message: `expected issues at ${list(expect.issues)}; found ${list(issues)}`,
    });
  for (const [at, value] of Object.entries(expect.values ?? {}))
    for (const { pointer: inside, ...sides } of differences(value, valueAt(body, at)))
      findings.push(differing('body', { ...sides, pointer: at + inside }, at + inside));
  const expectHeader = (name: string, expected: string | undefined, label: string, message?: string) => {
    const found = headers[name];
    const place = { part: 'headers', pointer: toPointer([name]) } as const;
    if (found !== expected) findings.push(differing('header', { ...place, expected, found }, label, message));
  };
  for (const [name, expected] of Object.entries(expect.headers ?? {}))
    expectHeader(name, expected, `the header ${name}`);
  for (const name of hasAllHeaders ? (expect.headersAbsent ?? []) : [])
    expectHeader(name, undefined, '', `the header ${name} should not be there`);
  if (expect.body !== undefined)
    for (const difference of differences(expectedOf(contract).body, body))
      findings.push(differing('body', difference, `${difference.pointer || 'the body'} (${expect.body})`));
  return findings;
};

/** Only the code and issues of an error. */
const errorOf = (body: unknown): unknown =>
  isObject(body) ? { code: body['code'], error: body['error'], issues: issuePointers(body) } : body;

const validateByExample = ({ expect }: Case, { status, body }: Exchange): Finding[] => {
  const { example: name, varies = [] } = expect;
  if (name === undefined) return [];
  const example = responseExamples.get(name);
  const isError = status >= 400;
  const comparable = (value: unknown): unknown => (isError ? errorOf(value) : without(value as Json, varies));
  const absent = varies
    .map((pointer) => ({ pointer, expected: valueAt(example, pointer), found: valueAt(body, pointer) }))
    .filter(({ expected, found }) => typeof expected !== typeof found);
  return [...absent, ...differences(comparable(example), comparable(body))].map((difference) => {
    const label = `${difference.pointer || 'the body'} (example ${name})`;
    const finding = differing('example', difference, label);
    // Only the code and issues of an error are compared: its pointers are not the body's.
    return isError ? { check: finding.check, message: finding.message } : finding;
  });
};

/** Validates the customizers stored afterwards: after a refusal, they must be unchanged. */
const validateStored = (contract: Case, exchange: Exchange): Finding[] => {
  const { after } = expectedOf(contract);
  return Object.entries(exchange.after).flatMap(([tokenType, found]) =>
    differences(after[tokenType as TokenType] ?? null, found).map((difference) => {
      const label = `stored for ${tokenType}${difference.pointer && `, ${difference.pointer}`}`;
      return differing('stored', { ...difference, part: 'stored', tokenType }, label);
    }),
  );
};

/** Validates a response against the document and the case's rule; returns no findings if it conforms. */
export const validate = (contract: Case, exchange: Exchange): Finding[] => {
  const { status: expected, undocumented } = contract.expect;
  const { status: found, body } = exchange;
  if (found !== expected) {
    const message = `expected ${expected}, found ${found} ${brief(body, 300)}`;
    const status = differing('status', { part: 'status', pointer: '', expected, found }, '', message);
    return [status, ...validateStored(contract, exchange)];
  }
  const byRule = validateByRule(contract, exchange);
  return [
    ...validateByDocument({ ...contract.request, undocumented }, exchange),
    ...byRule,
    // The example would only repeat the rule's findings about the body.
    ...(byRule.some(({ check }) => check === 'body') ? [] : validateByExample(contract, exchange)),
    ...validateStored(contract, exchange),
  ];
};
