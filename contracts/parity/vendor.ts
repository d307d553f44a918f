import { readFileSync } from 'node:fs';
import { createInstance, getHttpOperationsFromSpec, ProblemJsonError } from '@stoplight/prism-http';
import { clients, type Subject } from './subject.ts';

const ignore = (): void => {};
const logger = {
  child: () => logger,
  ...Object.fromEntries(
    ['trace', 'debug', 'info', 'success', 'warn', 'error', 'fatal'].map((level) => [level, ignore]),
  ),
} as unknown as Parameters<typeof createInstance>[1]['logger'];

const parsed = (text: string): unknown => {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
};

/** Prism's engine on the document that a tenant of this release gives out, as it stands. */
export const openVendor = async (release: string): Promise<Subject> => {
  const file = new URL(`../recordings/logto-${release}.openapi.json`, import.meta.url);
  const operations = await getHttpOperationsFromSpec(JSON.parse(readFileSync(file, 'utf8')) as object);
  const base = {
    isProxy: false as const,
    checkSecurity: true,
    validateRequest: true,
    validateResponse: false,
    errors: false,
    upstreamProxy: undefined,
  };
  const engine = createInstance({ ...base, mock: { dynamic: false } }, { logger });
  return {
    credentials: { clients, tokens: { issue: (scopes) => (scopes.length > 0 ? 'good' : 'none') } },
    prepare: async () => {},
    ask: async ({ method, path, headers, body }) => {
      const { pathname, searchParams } = new URL(path, 'http://vendor.test');
      const input = {
        method: method.toLowerCase() as 'get',
        url: { path: pathname, query: Object.fromEntries(searchParams) },
        headers: Object.fromEntries(
          Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
        ),
        body: parsed(String(body)),
      };
      const result = await engine.request(input, operations, { ...base, mock: { dynamic: false } })();
      if (result._tag === 'Left') {
        const problem = ProblemJsonError.toProblemJson(result.left);
        return { status: problem.status, body: problem };
      }
      const { statusCode, body: answered } = result.right.output;
      return { status: statusCode, body: answered ?? '' };
    },
    close: async () => {},
  };
};
