import { type Child, startChild } from './child.ts';
import type { IssueOutcome, TestOutcome } from './outcome.ts';
import type { Answer, Question } from './protocol.ts';
import { rulesOf } from './release.ts';
import type { Trace } from './trace.ts';

export interface RunnerOptions {
  /** From `1.28` on, written as in `1.42`. */
  release: string;
  /**
   * Milliseconds after which a script is cut off, whatever the response says of it: up to 1.42 in the first, synchronous
   * part of `getCustomJwtClaims`. @default the release's
   */
  timeout?: number;
  /** Milliseconds after which a script is stopped that waits for something: up to 1.42 a server has no such limit. */
  patience?: number;
  /** Bytes that the process in which scripts run may use: what a script keeps outside of V8's heap has no other limit. */
  memory?: number;
  /** The Node that runs the scripts. Some messages of errors are its own. */
  execPath?: string;
}

/** A script and what it is called with. */
export interface ScriptRequest {
  tokenType: 'access-token' | 'client-credentials';
  script: string;
  token?: unknown;
  context?: unknown;
  environmentVariables?: Record<string, string> | undefined;
}

/**
 * Runs scripts as the server of one tenant does. State at top level lives on from run to run where it does in that
 * release, so give each tenant a runner of its own.
 */
export interface Runner {
  /** What `POST /test` says of the script. */
  test(request: ScriptRequest): Promise<TestOutcome>;
  /** What becomes of the token for which the script is run. */
  issue(request: ScriptRequest): Promise<IssueOutcome>;
  /** Both of one run, and what it did besides. With `offline`, its `fetch` fails. */
  run(request: ScriptRequest & { offline?: boolean }): Promise<RunOutcome>;
  /** Ends the process in which scripts run, and rejects what still runs. The next script starts another. */
  close(): void;
}

/** Both outcomes of one run. */
export interface RunOutcome {
  issue: IssueOutcome;
  test: TestOutcome;
  /** Not there when the run was stopped. */
  trace?: Trace;
}

const withClaims = (answer: Answer): TestOutcome | IssueOutcome => {
  if (answer.status !== 200) return answer;
  const { json, ...others } = answer;
  return { ...others, claims: JSON.parse(json) as Record<string, unknown> };
};

/**
 * The process in which scripts run is started by the first script, and replaced when a script takes it away. **It is no
 * sandbox**: a script has the rights of this process.
 *
 * Its promises are rejected only when that process cannot be started or the runner is closed.
 *
 * @throws {Error} when `release` is not written as in `1.42`.
 */
export const createRunner = (options: RunnerOptions): Runner => {
  const { release, execPath = process.execPath, ...limits } = options;
  const { engine, timeout, logsRuns, clientCredentialsContext } = rulesOf(release);
  const defaults = { timeout, patience: 20_000, memory: 1.5 * 2 ** 30 };
  const settings = { engine, spokenTimeout: timeout, logsRuns, ...defaults, ...limits };
  let child: Child | undefined;

  const ask = async (question: Question, request: ScriptRequest & { offline?: boolean }): Promise<Answer> => {
    const { script, tokenType, token, context, environmentVariables, offline = false } = request;
    const hasContext = tokenType === 'access-token' || clientCredentialsContext;
    const fields = ['token', ...(hasContext ? ['context'] : []), 'environmentVariables'];
    const values = { token, context, environmentVariables };
    if (child === undefined || child.isOver()) child = startChild(settings, execPath);
    return child.run({ question, script, fields, values, offline });
  };

  return {
    test: async (request) => withClaims(await ask('test', request)) as TestOutcome,
    issue: async (request) => withClaims(await ask('issue', request)) as IssueOutcome,
    run: async (request) => {
      const response = await ask('run', request);
      if (response.status !== 200) return { issue: response, test: response } as RunOutcome;
      const { issue, test, trace } = JSON.parse(response.json) as {
        issue: Answer;
        test: Answer;
        trace: Trace;
      };
      return { issue: withClaims(issue), test: withClaims(test), trace } as RunOutcome;
    },
    close: () => {
      child?.close();
      child = undefined;
    },
  };
};
