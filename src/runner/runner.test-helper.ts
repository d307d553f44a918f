import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { createRunner, type IssueOutcome, type RunnerOptions, type TestOutcome } from './index.ts';

export interface Scripts {
  test(script: string): Promise<TestOutcome>;
  issue(script: string): Promise<IssueOutcome>;
  close(): void;
}

/**
 * A runner for the length of a test, of scripts that are called with nothing of interest.
 *
 * @param onEnd - that of the test itself, where tests run at the same time
 */
export const openScripts = (options: RunnerOptions, onEnd = onTestFinished): Scripts => {
  const runner = createRunner(options);
  onEnd(() => runner.close());
  const request = (script: string) => ({
    tokenType: 'access-token' as const,
    script,
    token: {},
    context: {},
  });
  return {
    test: (script) => runner.test(request(script)),
    issue: (script) => runner.issue(request(script)),
    close: () => runner.close(),
  };
};

/** The script of a function with this body. */
export const body = (code: string): string => `const getCustomJwtClaims = async () => { ${code} };`;

/** The URL of a server that answers everything with `{}`, for the length of a test. */
export const openServer = async (): Promise<string> => {
  const server = createServer((_, response) => response.end('{}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
