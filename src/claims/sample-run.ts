/** What is wrong with a script, found by running it with a sample. */
import { isDeepStrictEqual } from 'node:util';
import type { Runner, RunOutcome } from '../runner/index.ts';
import type { TokenType } from './known.ts';
import type { ClaimsCode } from './rules.ts';
import type { Sample } from './samples.ts';
import type { Place } from './script-error.ts';
import { isIgnored } from './types.ts';

interface Judgement {
  code: ClaimsCode;
  message: string;
}

/** Where in the script an error came from, by its stack. */
export const placeOfStack = (stack: string | undefined): Place | undefined => {
  const [, line, column] =
    /(?:evalmachine\.<anonymous>|logto-user-script\.js):(\d+)(?::(\d+))?/.exec(stack ?? '') ?? [];
  return line === undefined ? undefined : { line: Number(line), column: Number(column ?? 1) };
};

const textOf = (value: unknown): string => {
  const json = JSON.stringify(value) ?? 'nothing';
  return json.length > 200 ? `${json.slice(0, 200)}…` : json;
};

const describeTest = ({ test }: RunOutcome): string =>
  test.status === 200 ? `POST /test shows ${textOf(test.claims)}` : `POST /test responds with ${test.status}`;

/** The values that cannot be carried, and what comes of them. */
const describeUnfit = (outcome: RunOutcome): string => {
  const { issue, trace } = outcome;
  const values = (trace?.unfit ?? []).map(({ path, kind }) =>
    path === '' ? `the result is ${kind}` : `${path} is ${kind}`,
  );
  const token =
    issue.status !== 200
      ? 'no token is issued'
      : issue.lost === undefined
        ? `the token carries ${textOf(issue.claims)}`
        : 'the token carries no claims';
  return `${values.length === 0 ? 'the claims are not JSON' : values.join(', ')}: ${token}, ${describeTest(outcome)}`;
};

/** The claims of a script that a token carries. */
export const carried = (claims: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(claims).filter(([name]) => !isIgnored(name)));

/** What became of a script whose claims are lost, by the tenant's own message. */
const lostBy = (outcome: RunOutcome, message: string): Judgement => {
  if (/^Script execution timed out after/.test(message)) return { code: 'run-timeout', message };
  if (/does not have a function named/.test(message)) return { code: 'no-function', message };
  if (/JSON-serializable|no object in JSON/.test(message))
    return { code: 'unfit-value', message: describeUnfit(outcome) };
  if (message === 'Invalid input')
    return { code: 'run-failed', message: 'getCustomJwtClaims returns something other than an object' };
  if (/^Response error 403/.test(message))
    return {
      code: 'run-failed',
      message: 'denyAccess takes a string: with another value, it denies nothing',
    };
  return { code: 'run-failed', message };
};

/** The problem that a run shows. An expected denial is not one. */
export const judge = (outcome: RunOutcome, expected: Sample['expect']): Judgement | undefined => {
  const { issue, test } = outcome;
  if (issue.status === 500 && 'unanswered' in issue)
    return {
      code: issue.unanswered === 'server-dies' ? 'run-failed' : 'run-timeout',
      message: issue.message,
    };
  if (issue.status === 400) {
    if (expected?.denied === issue.message) return undefined;
    const message = `the script denies the token: ${textOf(issue.message)}`;
    if (expected === undefined) return { code: 'denied', message };
    return {
      code: 'sample-differs',
      message: `${message} instead of ${textOf(expected.denied ?? expected.claims)}`,
    };
  }
  if (issue.status !== 200) return { code: 'unfit-value', message: describeUnfit(outcome) };
  if (issue.lost !== undefined)
    return lostBy(outcome, ('message' in test ? test.message : undefined) ?? issue.lost);
  const claims = carried(issue.claims);
  if (test.status !== 200 || !isDeepStrictEqual(carried(test.claims), claims))
    return { code: 'unfit-value', message: describeUnfit(outcome) };
  const ignored = Object.keys(issue.claims).filter(isIgnored);
  if (ignored.length > 0)
    return {
      code: 'ignored-claim',
      message: `tenants ignore the claim ${ignored.join(', ')}: use another name`,
    };
  const differs =
    expected?.denied !== undefined
      ? ` and does not deny ${textOf(expected.denied)}`
      : expected?.claims !== undefined && !isDeepStrictEqual(claims, expected.claims)
        ? ` instead of ${textOf(expected.claims)}`
        : undefined;
  return differs === undefined
    ? undefined
    : { code: 'sample-differs', message: `the script returns ${textOf(claims)}${differs}` };
};

/**
 * Runs a script once, without making requests.
 *
 * @param isSure - the sample has what the script needs, but for requests
 */
export const runSample = async (
  runner: Runner,
  tokenType: TokenType,
  script: string,
  { expect, ...values }: Sample,
  isSure: boolean,
): Promise<(Judgement & { place?: Place }) | undefined> => {
  const outcome = await runner.run({ tokenType, script, ...values, offline: true });
  const found = judge(outcome, expect);
  if (found === undefined) return undefined;
  const place = placeOfStack(outcome.trace?.stack);
  const at = place && { place };
  const isRefused = outcome.trace?.refusedFetch === true;
  if (found.code === 'denied' || (isSure && !isRefused)) return { ...found, ...at };
  const why = isRefused ? 'check makes no requests' : 'check does not know your environment variables';
  return { code: 'run-inconclusive', ...at, message: `${why}, and the run ended here: ${found.message}` };
};
