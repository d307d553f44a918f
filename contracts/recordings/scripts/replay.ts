import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { createRunner, type IssueOutcome, type Runner, type TestOutcome } from '../../../src/runner/index.ts';
import { respondToTest } from '../../../src/tenant/script-outcome.ts';
import { type RecordedScript, requestOf } from './recorded.ts';

export interface Replayed {
  issue: IssueOutcome;
  test: TestOutcome;
}

export const isSlow = ({ issued, test }: RecordedScript): boolean =>
  issued.seconds !== undefined || test.seconds !== undefined;

export const isTimeout = ({ test }: RecordedScript): boolean =>
  JSON.stringify(test.body).includes('timed out');

/** As recorded: first a token, then `/test`, which finds the state that the token left. */
const inOrder = async (line: RecordedScript, runner: Runner): Promise<Replayed> => {
  const request = requestOf(line);
  const issue = await runner.issue(request);
  // A worker that ends after its response has ended before the next request.
  if (line.name.startsWith('state:')) await wait(200);
  return { issue, test: await runner.test(request) };
};

const atOnce = async (line: RecordedScript, runner: Runner): Promise<Replayed> => {
  const request = requestOf(line);
  const [issue, test] = await Promise.all([runner.issue(request), runner.test(request)]);
  return { issue, test };
};

/**
 * Runs each script as it was recorded, for a token and for `/test`; those that take seconds in parallel. Scripts that
 * timed out get a shorter limit, the others a longer one: the recorded limits depend on the release and on timing.
 *
 * @param execPath - the Node that runs the scripts
 */
export const replay = async (
  release: string,
  lines: RecordedScript[],
  execPath: string,
): Promise<Map<string, Replayed>> => {
  const quick = createRunner({ release, execPath });
  const hasty = createRunner({ release, execPath, timeout: 500 });
  const patient = createRunner({ release, execPath, timeout: 20_000 });
  const replayed = new Map<string, Replayed>();
  try {
    const slow = lines.filter(isSlow).map(async (line) => {
      replayed.set(line.name, await atOnce(line, isTimeout(line) ? hasty : patient));
    });
    for (const line of lines) if (!isSlow(line)) replayed.set(line.name, await inOrder(line, quick));
    await Promise.all(slow);
    return replayed;
  } finally {
    for (const runner of [quick, hasty, patient]) runner.close();
  }
};

/** The claims that a script cannot override. */
export const kept = ['sub', 'iss', 'aud', 'exp', 'iat', 'jti', 'scope', 'client_id'];

/** Long texts and large objects were recorded as a description. */
export const described = (value: unknown): unknown => {
  if (typeof value === 'string' && value.length > 10_000)
    return `${value.slice(0, 40)}… (${value.length} characters)`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value);
  if (entries.length > 1000) return `an object of ${entries.length} claims`;
  return Object.fromEntries(entries.map(([key, item]) => [key, described(item)]));
};

export const comparison = (found: unknown, recorded: unknown): string[] =>
  isDeepStrictEqual(found, recorded)
    ? []
    : [`${JSON.stringify(found)?.slice(0, 500)} instead of ${JSON.stringify(recorded)?.slice(0, 500)}`];

/** The differences of `/test` from the real tenant. */
export const testDifferences = ({ release, test }: RecordedScript, outcome: TestOutcome): string[] => {
  const { status, body } = respondToTest(outcome, release);
  return [...comparison(status, test.status), ...comparison(described(JSON.parse(body)), test.body)];
};

/** The differences of the token response, or the token's claims, from the real tenant. */
export const issueDifferences = ({ issued }: RecordedScript, outcome: IssueOutcome): string[] => {
  const { status } = outcome;
  if (status !== issued.status) return comparison(outcome, issued);
  if (status === 400) return comparison(outcome.message, issued.body?.error_description ?? '');
  if (status !== 200) return [];
  const claims = Object.entries(outcome.claims).filter(([name]) => !kept.includes(name));
  return comparison(described(Object.fromEntries(claims)), issued.claims);
};
