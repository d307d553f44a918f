/** The further requests, odd ones among them (more-exchanges.jsonl): sent as the bytes that were recorded. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { type Mock, startMock } from '../../../src/mock/index.ts';
import type { Customizers } from '../../../src/tenant/index.ts';
import { recordedReleases } from '../../conforming/index.ts';
import { clients } from './exchanges.ts';
import { askOver, tokenForm } from './mock.ts';

interface Sent {
  method: string;
  path: string;
  auth: string;
  headers: [name: string, value: string][];
  body?: string;
  bodyBase64?: string;
  bodyGzipBase64?: string;
  http?: string;
}

interface Line {
  name: string;
  given: Customizers;
  request: Sent;
  real: Record<string, { status: number; headers: Record<string, string>; body: string; listAfter?: string }>;
}

export const furtherExchanges = readFileSync(new URL('../more-exchanges.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Line);

/** Those that our mock answers for itself: Helmet's, CORS and caching apart. */
const compared = ['content-type', 'allow', 'www-authenticate'];

const things = 'https://things.example.test/api';
const { withRole, withoutRole } = clients;

interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const parse = (bytes: Buffer): Reply => {
  const text = bytes.toString().replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '');
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return {
    status: Number(first.split(' ')[1]),
    headers: Object.fromEntries(headers),
    body: text.slice(end + 4).replace(/^0\r\n\r\n$/, ''),
  };
};

const bodyOf = ({ body, bodyBase64, bodyGzipBase64 }: Sent): Buffer | undefined => {
  if (bodyBase64 !== undefined) return Buffer.from(bodyBase64, 'base64');
  if (bodyGzipBase64 !== undefined) return gunzipSync(Buffer.from(bodyGzipBase64, 'base64'));
  return body === undefined ? undefined : Buffer.from(body);
};

type Tokens = Record<'good' | 'noperm' | 'things', string>;

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The values of `Authorization` for what the recording calls `auth`. */
const authorizationsOf = (auth: string, { good, noperm, things: other }: Tokens): string[] => {
  const [, payload = '', signature = ''] = good.split('.');
  const basic = (text: string): string => `Basic ${btoa(text)}`;
  const [kind = '', ...rest] = auth.split(':');
  const value = rest.join(':');
  const own = value.replaceAll('<id>', withRole.id).replaceAll('<secret>', withRole.secret);
  switch (kind) {
    case 'none':
      return [];
    case 'good':
      return [`Bearer ${good}`];
    case 'noperm':
      return [`Bearer ${noperm}`];
    case 'things':
      return [`Bearer ${other}`];
    case 'twice':
      return [`Bearer ${good}`, `Bearer ${good}`];
    case 'tampered':
      return [
        `Bearer ${good.slice(0, -signature.length)}${signature.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))}`,
      ];
    case 'algnone':
      return [`Bearer ${encoded({ alg: 'none', typ: 'at+jwt' })}.${payload}.`];
    case 'raw':
      return [value];
    case 'scheme':
      return [`${value}${good}`];
    case 'basic':
      return [basic(value === '' ? `${withRole.id}:${withRole.secret}` : own)];
    default:
      throw new Error(`no request is sent with ${auth}`);
  }
};

const send = async (url: string, request: Sent, tokens: Tokens, etag: string): Promise<Reply> => {
  const filled = (text: string): string =>
    text
      .replaceAll('<id>', withRole.id)
      .replaceAll('<secret>', withRole.secret)
      .replaceAll('<token>', tokens.good)
      .replaceAll(/"?<etag>"?/g, etag);
  const { port, hostname, host } = new URL(url);
  const body = request.bodyBase64 === undefined ? bodyOf(request)?.toString() : undefined;
  const bytes = body === undefined ? bodyOf(request) : Buffer.from(filled(body));
  const given = request.headers.map(([name, value]) => [name, filled(value)]);
  const names = given.map(([name = '']) => name.toLowerCase());
  const needsLength = !names.some((name) => name === 'content-length' || name === 'transfer-encoding');
  const lines = [
    ['Host', host],
    ...authorizationsOf(request.auth, tokens).map((value) => ['Authorization', value]),
    ...given,
    ...(bytes && bytes.length > 0 && needsLength ? [['Content-Length', String(bytes.length)]] : []),
    ['Connection', 'close'],
  ].map(([name, value]) => `${name}: ${value}\r\n`);
  const socket = connect(Number(port), hostname);
  socket.write(
    `${request.method} ${filled(request.path)} HTTP/${request.http ?? '1.1'}\r\n${lines.join('')}\r\n`,
  );
  if (bytes !== undefined) socket.write(bytes);
  return parse(await buffer(socket));
};

/** A body as it was recorded: what differs each time is replaced, and what is long is a length and a hash. */
export const recordedForm = (body: string, url: string, isList = false): string => {
  const text = (isList ? body : body.replaceAll(/"jti":"[^"]*"/g, '"jti":"<jti>"'))
    .replaceAll(url, 'http://<host>')
    .replaceAll(withRole.id, '<id>')
    .replaceAll(/"access_token":"[^"]*"/g, '"access_token":"<jwt>"')
    .replaceAll(/"(iat|exp)":\d+/g, '"$1":0');
  if (text.length <= 4000) return text;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return `${text.slice(0, 200)}…[${text.length} chars, sha256 ${hash}]`;
};

/** Of a text that is long the start differs in length from recording to recording. */
const comparable = (body: string): unknown => {
  const long = /…\[(\d+ chars, sha256 \w+)\]$/.exec(body)?.[1];
  if (long !== undefined) return long;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
};

/** What of a response differs from the tenant's: the names of its parts. */
const differencesOf = (found: Reply, real: Line['real'][string], url: string): string[] => {
  const body = recordedForm(found.body, url);
  return [
    ...(found.status === real.status ? [] : [`status ${found.status} instead of ${real.status}`]),
    ...(isDeepStrictEqual(comparable(body), comparable(real.body)) ? [] : [`body ${body.slice(0, 300)}`]),
    ...compared
      .filter((name) => found.headers[name]?.replaceAll(url, 'http://<host>') !== real.headers?.[name])
      .map((name) => `${name} ${found.headers[name]}`),
  ];
};

const replay = async (line: Line, release: string, mock: Mock, tokens: Tokens): Promise<string[]> => {
  const real = line.real[release];
  if (real === undefined) throw new Error(`${line.name} was not recorded on ${release}`);
  await mock.reset(line.given);
  const read = (path: string): Promise<Reply> =>
    send(mock.url, { method: 'GET', path, auth: 'good', headers: [] }, tokens, '');
  const { headers } = await read('/api/configs/jwt-customizer/access-token');
  const found = await send(mock.url, line.request, tokens, headers['etag'] ?? '');
  const differences = differencesOf(found, real, mock.url);
  if (real.listAfter === undefined) return differences;
  const after = recordedForm((await read('/api/configs/jwt-customizer')).body, mock.url, true);
  return isDeepStrictEqual(comparable(after), comparable(real.listAfter))
    ? differences
    : [...differences, `stored ${after.slice(0, 300)}`];
};

/** In what the mock responds otherwise than the tenant, by release and request. */
export const replayFurther = async (): Promise<Map<string, Map<string, string[]>>> => {
  const all = new Map<string, Map<string, string[]>>();
  for (const release of recordedReleases) {
    const mock = await startMock({ release, clients: [withRole, withoutRole], resources: [things] });
    const tokenOf = async (client: typeof withRole, resource: string, scope?: string): Promise<string> => {
      const body = tokenForm(client, resource, scope);
      const reply = await askOver(mock.url, { method: 'POST', path: '/oidc/token', headers: {}, body });
      return (reply.body as { access_token: string }).access_token;
    };
    const tokens = {
      good: await mock.token(),
      noperm: await tokenOf(withoutRole, 'https://default.logto.app/api'),
      things: await tokenOf(withRole, things),
    };
    const found = new Map<string, string[]>();
    for (const line of furtherExchanges) found.set(line.name, await replay(line, release, mock, tokens));
    await mock.close();
    all.set(release, found);
  }
  return all;
};
