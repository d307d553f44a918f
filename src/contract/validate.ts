import type { TokenType } from '../../generated/types.d.ts';
import type { Case } from './case.ts';
import { responseExample } from './document.ts';
import type { Differing, Exchange, Finding } from './exchange.ts';
import { expectedOf } from './expected.ts';
import { brief, differences, isObject, type Json, toPointer, valueAt, without } from './json.ts';
import { validateByDocument } from './validate-by-document.ts';

/** The places of the issues. An issue without a path is the schema's to find. */
const issuePointers = (body: unknown): string[] => {
  const issues = valueAt(body, '/data/issues');
  const paths = (Array.isArray(issues) ? issues : []).map((issue) => valueAt(issue, '/path'));
  const isPath = (path: unknown): path is (string | number)[] =>
    Array.isArray(path) && path.every((token) => typeof token === 'string' || typeof token === 'number');
  return [...new Set(paths.filter(isPath).map(toPointer))].sort();
};

const list = (pointers: readonly string[]): string =>
  pointers.map((pointer) => pointer || '(the body)').join(', ') || 'none';

const differing = (
  check: Finding['check'],
  part: Differing['part'],
  label: string,
  difference: Omit<Differing, 'part'>,
): Finding => ({
  check,
  message: `${label}: expected ${brief(difference.expected)}, found ${brief(difference.found)}`,
  differing: { ...difference, part },
});

/** Whether the response is the one that the case's rule asks for. */
const validateByRule = (contract: Case, { headers, body, hasAllHeaders }: Exchange): Finding[] => {
  const { expect } = contract;
  const findings: Finding[] = [];
  if (expect.code !== undefined) {
    const code = isObject(body) ? body['code'] : undefined;
    if ((code ?? null) !== expect.code)
      findings.push({
        check: 'code',
        message: `expected the code ${expect.code ?? 'none'}, found ${brief(code)}`,
        differing: { part: 'body', pointer: '/code', expected: expect.code ?? undefined, found: code },
      });
  }
  if (expect.issues !== undefined) {
    const found = issuePointers(body);
    if (differences([...expect.issues].sort(), found).length > 0)
      findings.push({
        check: 'issues',
        message: `expected issues at ${list(expect.issues)}; found ${list(found)}`,
      });
  }
  for (const [pointer, value] of Object.entries(expect.values ?? {}))
    for (const { pointer: inside, ...sides } of differences(value, valueAt(body, pointer)))
      findings.push(differing('body', 'body', pointer + inside, { ...sides, pointer: pointer + inside }));
  for (const [name, expected] of Object.entries(expect.headers ?? {}))
    if (headers[name] !== expected) {
      const difference = { pointer: toPointer([name]), expected, found: headers[name] };
      findings.push(differing('header', 'headers', `the header ${name}`, difference));
    }
  for (const name of hasAllHeaders ? (expect.headersAbsent ?? []) : [])
    if (headers[name] !== undefined)
      findings.push({
        check: 'header',
        message: `the header ${name} should not be there`,
        differing: { part: 'headers', pointer: toPointer([name]), expected: undefined, found: headers[name] },
      });
  if (expect.body !== undefined)
    for (const difference of differences(expectedOf(contract).body, body))
      findings.push(
        differing('body', 'body', `${difference.pointer || 'the body'} (${expect.body})`, difference),
      );
  return findings;
};

/** The code and the issues of an error, all else left out. */
const errorOf = (body: unknown): unknown =>
  isObject(body) ? { code: body['code'], error: body['error'], issues: issuePointers(body) } : body;

const validateByExample = ({ expect }: Case, { status, body }: Exchange): Finding[] => {
  if (expect.example === undefined) return [];
  const example = responseExample(expect.example);
  const varies = expect.varies ?? [];
  const comparable = (value: unknown): unknown =>
    status < 400 ? without(value as Json, varies) : errorOf(value);
  const absent = varies.filter(
    (pointer) => typeof valueAt(body, pointer) !== typeof valueAt(example, pointer),
  );
  return [
    ...absent.map((pointer) => ({
      pointer,
      expected: valueAt(example, pointer),
      found: valueAt(body, pointer),
    })),
    ...differences(comparable(example), comparable(body)),
  ].map((difference) => {
    const label = `${difference.pointer || 'the body'} (example ${expect.example})`;
    const finding = differing('example', 'body', label, difference);
    // Of an error only code and issues are compared: its pointers are not the body's.
    return status < 400 ? finding : { check: finding.check, message: finding.message };
  });
};

/** Whether what is stored afterwards is what must be: after a refusal, what was there before. */
const validateStored = (contract: Case, exchange: Exchange): Finding[] => {
  const { after } = expectedOf(contract);
  return Object.entries(exchange.after).flatMap(([tokenType, found]) =>
    differences(after[tokenType as TokenType] ?? null, found).map((difference) => {
      const label = `stored for ${tokenType}${difference.pointer && `, ${difference.pointer}`}`;
      return differing('stored', 'stored', label, { ...difference, tokenType });
    }),
  );
};

/** Everything in which a response is not what the document and the case's rule say; nothing when it conforms. */
export const validate = (contract: Case, exchange: Exchange): Finding[] => {
  const { status: expected, undocumented } = contract.expect;
  const { status: found, body } = exchange;
  if (found !== expected) {
    const message = `expected ${expected}, found ${found} ${brief(body, 300)}`;
    return [
      { check: 'status', message, differing: { part: 'status', pointer: '', expected, found } },
      ...validateStored(contract, exchange),
    ];
  }
  const byRule = validateByRule(contract, exchange);
  return [
    ...validateByDocument({ ...contract.request, undocumented }, exchange),
    ...byRule,
    // What the rule found wrong in the body, the example would only say again.
    ...(byRule.some(({ check }) => check === 'body') ? [] : validateByExample(contract, exchange)),
    ...validateStored(contract, exchange),
  ];
};
