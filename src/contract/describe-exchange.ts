import { cut, type ReportExchange, type ReportFinding } from '../report/index.ts';
import type { Authorization, Case } from './case.ts';
import { curlOf } from './curl.ts';
import type { Exchange, Finding } from './exchange.ts';
import { wireOf } from './expected.ts';
import { brief, isObject, type Json } from './json.ts';
import { validate } from './validate.ts';

/** Characters of a text that a person reads in a report. */
const longestText = 4_000;

/** Characters that are left of a longer one. */
const kept = 200;

/** Characters of JSON that a report keeps of one body. */
const longestBody = 100_000;

const shortenTexts = (value: unknown): unknown => {
  if (typeof value === 'string') return cut(value, longestText, kept);
  if (Array.isArray(value)) return value.map(shortenTexts);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shortenTexts(item)]));
};

/** The value with long texts cut, as the recordings cut theirs; the beginning of its JSON when it is still too long. */
export const shorten = <T>(value: T): T => {
  const short = shortenTexts(value);
  return ((JSON.stringify(short)?.length ?? 0) > longestBody ? brief(short as Json, kept) : short) as T;
};

/** As the curl command says them. */
const authorizations: Record<Authorization, string | undefined> = {
  good: 'Bearer $ACCESS_TOKEN',
  noperm: 'Bearer $ACCESS_TOKEN_WITHOUT_PERMISSION',
  garbage: 'Bearer garbage',
  client: 'Basic $LOGTO_APP_ID:$LOGTO_APP_SECRET',
  none: undefined,
};

const variables: Record<string, string> = {
  '<id>': '$LOGTO_APP_ID',
  '<secret>': '$LOGTO_APP_SECRET',
  '<resource>': '$LOGTO_RESOURCE',
};

const requestOf = (contract: Case): ReportExchange['request'] => {
  const { request } = contract;
  const { method, path, body: own } = wireOf(contract);
  const authorization = authorizations[request.authorization ?? 'good'];
  const form =
    request.form &&
    Object.fromEntries(Object.entries(request.form).map(([key, value]) => [key, variables[value] ?? value]));
  const body = form ?? request.raw ?? own;
  const type = form === undefined ? 'application/json' : 'application/x-www-form-urlencoded';
  return {
    method,
    path,
    headers: {
      ...(authorization !== undefined && { authorization }),
      ...(body !== undefined && { 'content-type': type }),
      ...Object.fromEntries(
        Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
      ),
    },
    ...(body !== undefined && { body: shorten(body) }),
  };
};

/** How many findings of one exchange a person reads. */
const mostFindings = 100;

const describeFindings = (findings: readonly Finding[]): ReportFinding[] => {
  const more = findings.length - mostFindings;
  const check = findings[mostFindings]?.check;
  return [
    ...findings.slice(0, mostFindings).map(findingOf),
    ...(check === undefined ? [] : [{ check, message: `${more} more findings` }]),
  ];
};

const shortenEach = (customizers: ReportExchange['after']): ReportExchange['after'] =>
  Object.fromEntries(Object.entries(customizers).map(([tokenType, value]) => [tokenType, shorten(value)]));

const findingOf = ({ check, message, differing, violates, missing }: Finding): ReportFinding => {
  const said = { check, message: shorten(message) };
  if (differing !== undefined) {
    const { part, tokenType, pointer, expected, found } = differing;
    return {
      ...said,
      part,
      pointer,
      ...(tokenType !== undefined && { tokenType }),
      ...(expected !== undefined && { expected: shorten(expected) as Json }),
      ...(found !== undefined && { found: shorten(found) as Json }),
    };
  }
  if (violates !== undefined) return { ...said, part: 'body', pointer: violates.pointer };
  return missing === undefined ? said : { ...said, part: 'headers', pointer: `/${missing}` };
};

/**
 * An exchange as a report keeps it.
 *
 * @param contract as it was sent
 * @param exchange its secrets already taken out, as every target does
 * @param findings what is wrong with it
 */
export const describeExchange = (
  contract: Case,
  exchange: Exchange,
  findings: readonly Finding[] = validate(contract, exchange),
): ReportExchange => ({
  given: shortenEach(contract.given as ReportExchange['given']),
  request: requestOf(contract),
  response: {
    status: exchange.status,
    headers: shorten(exchange.headers),
    body: shorten((exchange.body ?? null) as Json),
  },
  after: shortenEach(exchange.after as ReportExchange['after']),
  curl: curlOf(contract),
  findings: describeFindings(findings),
});
