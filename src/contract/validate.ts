import type { TokenType } from '../../generated/types.d.ts';
import type { Case } from './case.ts';
import { responseExample } from './document.ts';
import type { Exchange, Finding } from './exchange.ts';
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

/** Whether the answer is the one that the case's rule asks for. */
const validateByRule = (contract: Case, exchange: Exchange): Finding[] => {
  const { expect } = contract;
  const findings: Finding[] = [];
  if (expect.code !== undefined) {
    const code = isObject(exchange.body) ? exchange.body['code'] : undefined;
    if ((code ?? null) !== expect.code)
      findings.push({
        check: 'code',
        message: `expected the code ${expect.code ?? 'none'}, found ${brief(code)}`,
        differing: { part: 'body', pointer: '/code', expected: expect.code ?? undefined, found: code },
      });
  }
  if (expect.issues !== undefined) {
    const found = issuePointers(exchange.body);
    if (differences([...expect.issues].sort(), found).length > 0)
      findings.push({
        check: 'issues',
        message: `expected issues at ${list(expect.issues)}; found ${list(found)}`,
      });
  }
  for (const [pointer, expected] of Object.entries(expect.values ?? {}))
    for (const difference of differences(expected, valueAt(exchange.body, pointer)))
      findings.push({
        check: 'body',
        message: `${pointer}${difference.pointer}: expected ${brief(difference.expected)}, found ${brief(difference.found)}`,
        differing: { ...difference, part: 'body', pointer: pointer + difference.pointer },
      });
  for (const [name, expected] of Object.entries(expect.headers ?? {}))
    if (exchange.headers[name] !== expected)
      findings.push({
        check: 'header',
        message: `the header ${name}: expected ${brief(expected)}, found ${brief(exchange.headers[name])}`,
        differing: { part: 'headers', pointer: toPointer([name]), expected, found: exchange.headers[name] },
      });
  if (exchange.hasAllHeaders)
    for (const name of expect.headersAbsent ?? [])
      if (exchange.headers[name] !== undefined)
        findings.push({
          check: 'header',
          message: `the header ${name} should not be there`,
          differing: {
            part: 'headers',
            pointer: toPointer([name]),
            expected: undefined,
            found: exchange.headers[name],
          },
        });
  if (expect.body !== undefined)
    for (const { pointer, expected, found } of differences(expectedOf(contract).body, exchange.body))
      findings.push({
        check: 'body',
        message: `${pointer || 'the body'} (${expect.body}): expected ${brief(expected)}, found ${brief(found)}`,
        differing: { part: 'body', pointer, expected, found },
      });
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
  ].map(({ pointer, expected, found }) => ({
    check: 'example',
    message: `${pointer || 'the body'} (example ${expect.example}): expected ${brief(expected)}, found ${brief(found)}`,
    // Of an error only code and issues are compared: its pointers are not the body's.
    ...(status < 400 && { differing: { part: 'body', pointer, expected, found } }),
  }));
};

/** Whether what is stored afterwards is what must be: after a refusal, what was there before. */
const validateStored = (contract: Case, exchange: Exchange): Finding[] => {
  const { after } = expectedOf(contract);
  return Object.entries(exchange.after).flatMap(([tokenType, found]) =>
    differences(after[tokenType as TokenType] ?? null, found).map(
      (difference): Finding => ({
        check: 'stored',
        message: `stored for ${tokenType}${difference.pointer && `, ${difference.pointer}`}: expected ${brief(difference.expected)}, found ${brief(difference.found)}`,
        differing: { ...difference, part: 'stored', tokenType },
      }),
    ),
  );
};

/** Everything in which an answer is not what the document and the case's rule say; nothing when it conforms. */
export const validate = (contract: Case, exchange: Exchange): Finding[] => {
  if (exchange.status !== contract.expect.status)
    return [
      {
        check: 'status',
        message: `expected ${contract.expect.status}, found ${exchange.status} ${brief(exchange.body, 300)}`,
        differing: {
          part: 'status',
          pointer: '',
          expected: contract.expect.status,
          found: exchange.status,
        },
      },
      ...validateStored(contract, exchange),
    ];
  const byRule = validateByRule(contract, exchange);
  return [
    ...validateByDocument({ ...contract.request, undocumented: contract.expect.undocumented }, exchange),
    ...byRule,
    // What the rule found wrong in the body, the example would only say again.
    ...(byRule.some(({ check }) => check === 'body') ? [] : validateByExample(contract, exchange)),
    ...validateStored(contract, exchange),
  ];
};
