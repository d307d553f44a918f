/** The further scripts (more-scripts.jsonl), by the mock. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { decodeJwt } from 'jose';
import { startMock } from '../../../src/mock/index.ts';
import type { TokenType } from '../../../src/tenant/index.ts';
import { recordedReleases } from '../../conforming/index.ts';
import { comparison, kept } from '../scripts/replay.ts';
import { fieldOf, type Received } from './exchanges.ts';
import { askOver, tokenForm } from './mock.ts';
import { recordedForm } from './more.ts';

interface Line {
  name: string;
  tokenType: TokenType;
  script: string;
  environmentVariables: Record<string, string>;
  real: Record<
    string,
    {
      test: { status: number; body: string };
      /** Of client credentials alone. */
      issued?: { status: number; answer?: string; claims?: unknown };
    }
  >;
}

export const furtherScripts = readFileSync(new URL('../more-scripts.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Line);

const aud = 'https://things.example.test/api';
const client = { id: 'c1', secret: 'of-this-test-alone' };

const scope = { id: 's1', name: 'read', description: null, resourceId: 'r1' };
const resource = { tenantId: 'default', id: 'r1', name: 'A', indicator: 'https://a', isDefault: false };
const user = {
  id: 'u1',
  username: 'ada',
  name: 'Ada',
  customData: {},
  isSuspended: true,
  roles: [
    {
      id: 'role1',
      name: 'reader',
      description: 'd',
      scopes: [{ ...scope, resource: { ...resource, accessTokenTtl: 3600 } }],
    },
  ],
  organizations: ['Zed', 'Äther'].map((name, index) => ({ id: `o${index}`, name, description: null })),
  organizationRoles: [],
};

/** What a script is sent with to `POST /test`. */
const sent = {
  'client-credentials': {
    token: { jti: 'id1', kind: 'ClientCredentials', clientId: 'c1', aud },
    context: {},
  },
  'access-token': {
    token: {
      jti: 'id1',
      kind: 'AccessToken',
      aud: 'https://a',
      gty: 'urn:ietf:params:oauth:grant-type:token-exchange',
    },
    context: { user },
  },
};

/** The server that some scripts call. */
const openServer = async () => {
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    const { 'content-type': type, 'x-a': xa, 'user-agent': ua, accept, 'accept-language': lang } = headers;
    const echo = { method, url, type, xa, ua, accept, lang, body: await text(request) };
    response.setHeader('content-type', 'application/json');
    if (url !== '/slow') response.end(JSON.stringify(url === '/json' ? { ok: 1 } : echo));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

const parsed = (value: string): unknown => {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};

const shortened = (value: unknown): unknown => parsed(recordedForm(JSON.stringify(value), '<none>', true));

const replay = async (
  line: Line,
  release: string,
  ask: (method: string, path: string, body: object | string) => Promise<Received>,
): Promise<string[]> => {
  const { tokenType, script, environmentVariables } = line;
  const real = line.real[release];
  if (real === undefined) throw new Error(`${line.name} was not recorded on ${release}`);
  const path = '/api/configs/jwt-customizer';
  const body = { tokenType, script, environmentVariables, ...sent[tokenType] };
  const test = await ask('POST', `${path}/test`, body);
  const differences = [
    ...comparison(test.status, real.test.status),
    ...comparison(shortened(test.body), parsed(real.test.body)),
  ].map((difference) => `test: ${difference}`);
  if (real.issued === undefined) return differences;
  await ask('PUT', `${path}/client-credentials`, { script, environmentVariables });
  const issued = await ask('POST', '/oidc/token', tokenForm(client, aud));
  const token = fieldOf(issued.body, 'access_token');
  const claims = typeof token === 'string' ? Object.entries(decodeJwt(token)) : [];
  const added = Object.fromEntries(claims.filter(([name]) => !kept.includes(name)));
  const { status, answer, claims: recorded } = real.issued;
  return [
    ...differences,
    ...comparison(issued.status, status),
    ...(answer === undefined
      ? comparison(shortened(added), recorded)
      : comparison(issued.body, parsed(answer))),
  ];
};

/** In what the mock responds otherwise than the tenant, by release and script. */
export const replayFurtherScripts = async (
  lines: readonly Line[],
): Promise<Map<string, Map<string, string[]>>> => {
  const all = new Map<string, Map<string, string[]>>();
  const { address, close } = await openServer();
  for (const release of recordedReleases) {
    const mock = await startMock({ release, clients: [client], resources: [aud] });
    const bearer = { authorization: `Bearer ${await mock.token()}`, 'content-type': 'application/json' };
    const found = new Map<string, string[]>();
    for (const recorded of lines) {
      const places = JSON.stringify(recorded).replaceAll(/<server>|127\.0\.0\.1:4999/g, address);
      const line = JSON.parse(places) as Line;
      const ask = (method: string, path: string, body: object | string): Promise<Received> =>
        typeof body === 'string'
          ? askOver(mock.url, { method, path, headers: {}, body })
          : askOver(mock.url, { method, path, headers: bearer, body: JSON.stringify(body) });
      found.set(line.name, await replay(line, release, ask));
    }
    await mock.close();
    all.set(release, found);
  }
  close();
  return all;
};
