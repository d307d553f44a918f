import { cut, type ReportExchange, type ReportFinding } from '../report/index.ts';
import type { Case } from './case.ts';
import { mostFindings } from './contract-error.ts';
import { authorizationOf, curlOf, formOf } from './curl.ts';
import type { Exchange, Finding } from './exchange.ts';
import { wireOf } from './expected.ts';
import { brief, type Json, mapTexts } from './json.ts';
import { validate } from './validate.ts';

/** The most characters of a string in a report. */
const kept = 200;

/** The value with long strings shortened as in recordings, or the beginning of its JSON if it is still too long. */
const shorten = <T>(value: T): T => {
  const short = mapTexts(value, (text) => cut(text, 4_000, kept));
  return (JSON.stringify(short).length > 100_000 ? brief(short, kept) : short) as T;
};

const shortenEach = (customizers: object): ReportExchange['after'] =>
  Object.fromEntries(
    Object.entries(customizers).map(([tokenType, value]) => [tokenType, shorten(value as Json)]),
  );

const requestOf = (contract: Case): ReportExchange['request'] => {
  const { raw, headers = {} } = contract.request;
  const { method, path, body: own } = wireOf(contract);
  const authorization = authorizationOf(contract);
  const form = formOf(contract);
  const body = form ?? raw ?? own;
  const type = form === undefined ? 'application/json' : 'application/x-www-form-urlencoded';
  return {
    method,
    path,
    headers: {
      ...(authorization !== undefined && { authorization }),
      ...(body !== undefined && { 'content-type': type }),
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    },
    ...(body !== undefined && { body: shorten(body) }),
  };
};

const findingOf = ({ check, message, differing, violates, missing }: Finding): ReportFinding => {
  const said = { check, message: shorten(message) };
  if (violates !== undefined) return { ...said, part: 'body', pointer: violates.pointer };
  if (missing !== undefined) return { ...said, part: 'headers', pointer: `/${missing}` };
  if (differing === undefined) return said;
  const { expected, found, ...place } = differing;
  return {
    ...said,
    ...place,
    ...(expected !== undefined && { expected: shorten(expected) as Json }),
    ...(found !== undefined && { found: shorten(found) as Json }),
  };
};

const describeFindings = (findings: readonly Finding[]): ReportFinding[] => {
  const [next] = findings.slice(mostFindings);
  const described = findings.slice(0, mostFindings).map(findingOf);
  return next === undefined
    ? described
    : [...described, { check: next.check, message: `${findings.length - mostFindings} more findings` }];
};

/**
 * Describes an exchange for a report.
 *
 * @param contract the case as it was sent
 * @param exchange the exchange without secrets, which every target redacts
 * @param findings its problems
 */
export const describeExchange = (
  contract: Case,
  exchange: Exchange,
  findings: readonly Finding[] = validate(contract, exchange),
): ReportExchange => ({
  given: shortenEach(contract.given),
  request: requestOf(contract),
  response: {
    status: exchange.status,
    headers: shorten(exchange.headers),
    body: shorten((exchange.body ?? null) as Json),
  },
  after: shortenEach(exchange.after),
  curl: curlOf(contract),
  findings: describeFindings(findings),
});
