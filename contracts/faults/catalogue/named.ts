/** The named values in the rows of the catalogue: calls, values, and responses that YAML cannot represent. */
import { gzipSync } from 'node:zlib';
import type { JwtCustomizerClient } from '../../../src/client/index.ts';
import type { Fault, World } from '../fault.ts';
import { chunk, gzipped, headOf, json, noContent, type Reply } from '../http.ts';
import {
  before,
  claims,
  configs,
  credentials,
  granted,
  holdsBefore,
  holdsNone,
  holdsOurs,
  holdsTheirs,
  listed,
  ours,
  testRequest,
  theirs,
} from '../subjects.ts';

/** Options of a call; `send` replaces the default body. */
type Options = { signal?: AbortSignal; send?: never };

export interface Operation {
  run(client: JwtCustomizerClient, options: Options, world: World): Promise<unknown>;
  /** Its result without faults. */
  value: unknown;
}

const list = '/api/configs/jwt-customizer';
const tokenRequest = {
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  body: {
    grant_type: 'client_credentials',
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
  },
} as const;

export const operations: Readonly<Record<string, Operation>> = {
  list: { run: (client, options) => client.list(options), value: configs },
  get: { run: (client, options) => client.get('access-token', options), value: before },
  put: {
    run: (client, { send = ours, ...options }) => client.put('access-token', send, options),
    value: ours,
  },
  update: {
    run: (client, { send = { script: ours.script }, ...options }) =>
      client.update('access-token', send, options),
    value: ours,
  },
  delete: { run: (client, options) => client.delete('access-token', options), value: undefined },
  restore: { run: (client, options) => client.restore('access-token', ours, options), value: ours },
  test: { run: (client, options) => client.test(testRequest, options), value: claims },
  'raw list': {
    run: async (_, { signal }, { raw }) => (await raw.GET(list, { signal: signal ?? null })).response.status,
    value: 200,
  },
  'raw update': {
    run: async (_client, _options, { raw }) =>
      (await raw.PATCH(`${list}/access-token`, { body: ours })).response.status,
    value: 200,
  },
  'raw token': {
    run: async (_client, _options, { raw }) => (await raw.POST('/oidc/token', tokenRequest)).response.status,
    value: 200,
  },
};

/** An abort while waiting for the token, which no response can trigger. */
const abortedRawList: Fault['call'] = (_, { raw, signal, abort }) => {
  const called = raw.GET(list, { signal });
  abort();
  return called;
};

const text = JSON.stringify(configs);

/** The bytes of a response after its head, one by one, with a pause before each. */
const trickled = (pause: number) => [
  { send: headOf(listed) },
  ...[...Buffer.from(text)].flatMap((byte) => [{ wait: pause }, { send: Uint8Array.of(byte) }]),
];

const chunkedHead = headOf({
  length: 'none',
  headers: { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' },
});
const blanks = ' '.repeat(64 * 1024);

const cache = new Map<string, string>();
/** Patches `fetch` as some frameworks do: it caches reads unless caching is disabled. */
const cachingFetch = async (url: string, init: RequestInit): Promise<Response> => {
  if (init.method !== 'GET' || init.cache === 'no-store') return fetch(url, init);
  const found = cache.get(url) ?? (await (await fetch(url, init)).text());
  cache.set(url, found);
  return new Response(found, { headers: { 'content-type': 'application/json' } });
};

const gzip = gzipped(listed);
const listedToSecondToken = ({ headers }: { headers: Readonly<Record<string, string>> }): Reply =>
  headers['authorization'] === 'Bearer planted-second-token'
    ? listed
    : json(401, { code: 'auth.unauthorized', message: 'Unauthorized.' });

export const named: Readonly<Record<string, unknown>> = {
  undefined,
  ...{ before, ours, theirs, configs, claims },
  ...{ listed, holdsBefore, holdsOurs, holdsTheirs, holdsNone, noContent, granted: granted() },
  ...{ abortedRawList, cachingFetch, listedToSecondToken, chunkedHead },
  neverAToken: () => new Promise(() => {}),
  brokenToken: () => 'planted-access-token\r\nX: y',
  secretsInNoHttp: `planted-access-token ${'planted-variable'.repeat(3)}\r\n\r\n`,
  silent: [{ wait: 30_000 }],
  /** The server sends nothing; meanwhile the caller aborts. */
  givenUp: ['abort', { wait: 60_000 }],
  trickled100: trickled(100),
  trickled400: trickled(400),
  listedAsChunk: chunk(text),
  endless: [
    { send: chunkedHead },
    ...Array.from({ length: 300 }, () => ({ send: chunk(blanks) })),
    { wait: 30_000 },
  ],
  listedCut: { ...listed, body: text.slice(0, -9) },
  listedTooShort: { ...listed, length: text.length - 9 },
  listedAtLength: { ...listed, headers: { 'X-Long': 'x'.repeat(20_000) } },
  gzipped: gzip,
  gzippedCut: { ...gzip, body: gzipSync(text).subarray(0, -20) },
  gzippedBlanks: { ...gzip, body: gzipSync(`[${' '.repeat(200_000)}]`) },
};
