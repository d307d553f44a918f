import { setTimeout as wait } from 'node:timers/promises';
import { createRunner, type IssueOutcome, type Runner, type TestOutcome } from '../../../src/runner/index.ts';
import { type RecordedScript, requestOf } from './recorded.ts';

export interface Replayed {
  issue: IssueOutcome;
  test: TestOutcome;
}

export const isSlow = ({ issued, test }: RecordedScript): boolean =>
  issued.seconds !== undefined || test.seconds !== undefined;

export const isTimeout = ({ test }: RecordedScript): boolean =>
  JSON.stringify(test.body).includes('timed out');

/** As recorded: a token, and then `/test`, which finds the state that the token left. */
const inOrder = async (line: RecordedScript, runner: Runner): Promise<Replayed> => {
  const request = requestOf(line);
  const issue = await runner.issue(request);
  // A worker that ends after its answer did end in the time between two requests.
  if (line.name.startsWith('state:')) await wait(200);
  return { issue, test: await runner.test(request) };
};

const atOnce = async (line: RecordedScript, runner: Runner): Promise<Replayed> => {
  const request = requestOf(line);
  const [issue, test] = await Promise.all([runner.issue(request), runner.test(request)]);
  return { issue, test };
};

/**
 * Runs each script as it was recorded, for a token and for `/test`; those that take seconds all at once. What timed out
 * does so sooner, what was in time has more of it: the recorded limits are a matter of the release, and of milliseconds.
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
