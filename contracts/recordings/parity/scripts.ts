/** Runs the recorded scripts in the mock: `POST /test`, and the claims of a token. */
import { setTimeout as wait } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import { startMock } from '../../../src/mock/index.ts';
import { createRunner } from '../../../src/runner/index.ts';
import { type RecordedScript, requestOf } from '../scripts/recorded.ts';
import { comparison, described, isSlow, issueDifferences, isTimeout, kept } from '../scripts/replay.ts';
import { fieldOf } from './exchanges.ts';
import { askOver, tokenForm } from './mock.ts';

/** The differences of the mock's responses from the real tenant's, by `POST /test` and token. */
export interface ScriptDifferences {
  test: string[];
  issue: string[];
}

const client = { id: 'id002', secret: 'of-this-test-alone' };
const resource = 'https://things.example.test/api';
const base = '/api/configs/jwt-customizer';

interface Place {
  url: string;
  token: string;
  issueForUser: (line: RecordedScript) => Promise<string[]>;
  close: () => Promise<void>;
}

const open = async (release: string, timeout?: number): Promise<Place> => {
  const options = { release, ...(timeout !== undefined && { timeout }) };
  const mock = await startMock({
    release,
    clients: [client],
    resources: [resource],
    ...(timeout !== undefined && { scriptTimeout: timeout }),
  });
  const runner = createRunner(options);
  return {
    url: mock.url,
    token: await mock.token(),
    issueForUser: async (line) => issueDifferences(line, await runner.issue(requestOf(line))),
    close: async () => {
      runner.close();
      await mock.close();
    },
  };
};

const send = ({ url, token }: Place, method: string, path: string, body: unknown) =>
  askOver(url, {
    method,
    path: base + path,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Stores the script and requests a token. */
const issueForClient = async (line: RecordedScript, place: Place): Promise<string[]> => {
  const { script, environmentVariables, issued } = line;
  const stored = await send(place, 'PUT', '/client-credentials', { script, environmentVariables });
  if (stored.status > 201) throw new Error(`${line.name} was not stored: ${stored.status}`);
  const body = tokenForm(client, resource);
  const { status, body: answer } = await askOver(place.url, {
    method: 'POST',
    path: '/oidc/token',
    headers: {},
    body,
  });
  if (status !== issued.status || status !== 200)
    return [
      ...comparison(status, issued.status),
      ...comparison(fieldOf(answer, 'error_description'), issued.body?.error_description),
    ];
  const claims = Object.entries(decodeJwt(String(fieldOf(answer, 'access_token'))));
  const added = Object.fromEntries(claims.filter(([name]) => !kept.includes(name)));
  return comparison(described(added), issued.claims);
};

const testOver = async (line: RecordedScript, place: Place): Promise<string[]> => {
  const { status, body } = await send(place, 'POST', '/test', requestOf(line));
  return [...comparison(status, line.test.status), ...comparison(described(body), line.test.body)];
};

/** As recorded: first a token, then `/test`, which finds the state that the token left. */
const replayOne = async (line: RecordedScript, place: Place): Promise<ScriptDifferences> => {
  const isOfClient = line.tokenType === 'client-credentials';
  const issue = isOfClient ? await issueForClient(line, place) : await place.issueForUser(line);
  if (line.name.startsWith('state:')) {
    // The mock issues no user tokens: another run replaces them.
    if (!isOfClient) await testOver(line, place);
    // A worker that ends after its response has ended before the next request.
    await wait(200);
  }
  return { issue, test: await testOver(line, place) };
};

const withPlace = async <T>(place: Place, use: (place: Place) => Promise<T>): Promise<T> => {
  try {
    return await use(place);
  } finally {
    await place.close();
  }
};

/**
 * Every recorded script of a release, by name. Those that take seconds have a mock each and run in parallel; scripts
 * that timed out get a shorter limit, the others a longer one.
 */
export const replayScripts = async (
  release: string,
  lines: RecordedScript[],
): Promise<Map<string, ScriptDifferences>> => {
  const found = new Map<string, ScriptDifferences>();
  const slow = lines.filter(isSlow).map(async (line) => {
    const place = await open(release, isTimeout(line) ? 500 : 20_000);
    await withPlace(place, async () => found.set(line.name, await replayOne(line, place)));
  });
  await withPlace(await open(release), async (place) => {
    for (const line of lines) if (!isSlow(line)) found.set(line.name, await replayOne(line, place));
  });
  await Promise.all(slow);
  return found;
};
