/** The recorded requests for user tokens and organization tokens, by the mock. */
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { decodeJwt } from 'jose';
import { type Mock, startMock, type TenantUser } from '../../../src/mock/index.ts';
import type { Customizers } from '../../../src/tenant/index.ts';
import { recordedReleases } from '../../conforming/index.ts';
import { described } from '../scripts/replay.ts';
import { askOver, tokenForm } from './mock.ts';

interface Real {
  status: number;
  body: unknown;
  jwt?: { payload: Record<string, unknown> };
  received?: { keys: string[]; token: object; context: Record<string, unknown> };
}

interface Line {
  name: string;
  given?: {
    customizers?: Customizers;
    subjectToken?: { made?: { userId: string; context?: object }; usedBefore?: string };
    [other: string]: unknown;
  };
  request: {
    method: string;
    path: string;
    auth: string;
    form?: unknown;
    json?: unknown;
    raw?: string;
    headers?: [name: string, value: string][];
  };
  real: Record<string, Real | string>;
}

const read = (file: string): Line[] =>
  readFileSync(new URL(`../${file}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

const [legend] = read('user-tokens') as unknown as [{ echo: string }];

const indicators = { things: 'https://things.example.test/api', brief: 'https://brief.example.test/api' };
const ttl = { things: 3600, brief: 600 };

const scope = (name: string) => {
  const api = name.endsWith('brief') ? 'brief' : 'things';
  const resource = { tenantId: 'default', id: api, name: api, indicator: indicators[api], isDefault: false };
  return { name, description: null, resourceId: api, resource: { ...resource, accessTokenTtl: ttl[api] } };
};
const editor = { name: 'Editor', scopes: ['read:things', 'write:things', 'read:brief'].map(scope) };

const users: TenantUser[] = [
  {
    id: 'ada',
    username: 'ada_tok',
    primaryEmail: 'ada@example.test',
    primaryPhone: '15551234567',
    name: 'Ada L',
    avatar: 'https://example.test/ada.png',
    customData: { tier: 'gold', n: 1 },
    profile: { givenName: 'Ada', familyName: 'L', address: { country: 'GB' } },
    hasPassword: true,
    roles: [editor],
    organizations: ['acme', 'bare', 'strict'],
    organizationRoles: [{ organizationId: 'acme', roleName: 'org-editor' }],
  },
  { id: 'bob', username: 'bob_tok', roles: [] },
  { id: 'sue', username: 'sue_tok', roles: [], isSuspended: true },
];

const roles = [
  {
    name: 'org-editor',
    scopes: ['org:read', 'org:write'],
    resourceScopes: { [indicators.things]: ['read:things', 'audit:things'] },
  },
  {
    name: 'org-machine',
    scopes: ['org:read', 'org:admin'],
    resourceScopes: { [indicators.things]: ['write:things', 'audit:things'] },
  },
];
const organizations = [
  {
    id: 'acme',
    name: 'Acme',
    description: 'Acme inc',
    customData: { plan: 'pro' },
    roles,
    applications: [{ id: 'member', roles: ['org-machine'] }],
  },
  { id: 'bare', name: 'Bare', roles, applications: ['member'] },
  { id: 'strict', name: 'Strict', roles },
  { id: 'other', name: 'Other', roles },
];

const application = (id: string, type: 'MachineToMachine' | 'Traditional' | 'SPA' | 'Native') => ({
  id,
  type,
  ...(type !== 'SPA' && type !== 'Native' && { secret: `${id}-secret` }),
  hasRole: false,
  allowTokenExchange: !['plain', 'member', 'loner'].includes(id),
});
const clients = [
  ...['web', 'web2', 'plain'].map((id) => application(id, 'Traditional')),
  application('spa', 'SPA'),
  application('native', 'Native'),
  ...['member', 'loner', 'machx'].map((id) => application(id, 'MachineToMachine')),
];

type Places = Record<string, string>;

const filled = <T>(value: T, places: Places): T =>
  JSON.parse(
    JSON.stringify(value).replaceAll(/<([^<>]+)>/g, (place, name: string) => places[name] ?? place),
  ) as T;

/** What this replay cannot make be so: what happened before, and what the mock leaves out. */
const isLeftOut = ({ given = {}, request, name }: Line): boolean => {
  const { customizers: _, subjectToken = {}, ...others } = given;
  return (
    request === undefined ||
    Object.keys(others).some((key) => key !== 'user' || given['user'] !== '<sue> is suspended') ||
    subjectToken.usedBefore !== undefined ||
    /userinfo|revocation|personal access|third-party|has expired|at length|second factor|form of the|at once/.test(
      name,
    ) ||
    /<(?!ada|bob|sue|web|plain|spa|native|member|loner|machx|acme|bare|strict|other|subject-token|jwt of ada>|opaque-token of (ada|bob, (openid|profile))>)/.test(
      JSON.stringify(request),
    ) ||
    /^<userId/.test(JSON.stringify(request.json ?? ''))
  );
};

const recordedLines = [...read('user-tokens'), ...read('organization-tokens')];

export const userLines: Line[] = recordedLines.filter((line) => !isLeftOut(line));

/** How many are not sent; the first line of each file is no request. */
export const unsent = recordedLines.length - 2 - userLines.length;

const realOf = (line: Line, release: string): Real => {
  const real = line.real[release];
  const earlier = typeof real === 'string' ? /^as (.*)$/.exec(real)?.[1] : undefined;
  return earlier === undefined ? (real as Real) : realOf(line, earlier);
};

const each = ['jti', 'iat', 'exp', 'received', 'iss'];
const without = (value: Record<string, unknown> = {}, names: readonly string[]): object =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));

/** In what order lists come varies, and so do the ids of roles and scopes, and times. */
const sortedScopes = (text: unknown): unknown =>
  typeof text === 'string' ? text.split(' ').sort().join(' ') : text;

const comparable = (whole: unknown): unknown => {
  const body = described(whole);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const { access_token, subjectToken, scope: scopes, data, ...others } = body as Record<string, unknown>;
  const payload = (data as { payload?: object } | undefined)?.payload;
  return {
    ...others,
    ...(scopes !== undefined && { scope: sortedScopes(scopes) }),
    ...(data !== undefined && payload === undefined && { data }),
    hasToken: access_token !== undefined || subjectToken !== undefined,
  };
};

const comparison = (what: string, found: unknown, real: unknown): string[] =>
  isDeepStrictEqual(found, real)
    ? []
    : [`${what} ${JSON.stringify(found)?.slice(0, 400)} instead of ${JSON.stringify(real)?.slice(0, 400)}`];

const replay = async (line: Line, release: string, mock: Mock, places: Places): Promise<string[]> => {
  const { given = {}, request } = line;
  await mock.reset(
    JSON.parse(JSON.stringify(given.customizers ?? {}).replaceAll('"<echo>"', JSON.stringify(legend.echo))),
  );
  const management = `Bearer ${places['good']}`;
  const post = (
    path: string,
    authorization: string | undefined,
    type: string,
    body: string,
    method = 'POST',
    more: object = {},
  ) =>
    askOver(mock.url, {
      method,
      path,
      headers: { authorization, ...(body !== '' && { 'content-type': type }), ...more },
      body,
    });
  const made = given.subjectToken?.made && filled(given.subjectToken.made, places);
  if (made !== undefined) {
    const { body } = await post('/api/subject-tokens', management, 'application/json', JSON.stringify(made));
    places['subject-token'] = (body as { subjectToken: string }).subjectToken;
  }
  const { auth, path, method, form, json, raw, headers = [] } = filled(request, places);
  const [kind = '', ...rest] = auth.split(' ');
  const value = rest.join(' ');
  const authorizations: Record<string, string | undefined> = {
    basic: `Basic ${btoa(value)}`,
    bearer: `Bearer ${value}`,
    header: value,
    management: value === 'none' ? undefined : `Bearer ${places[value] ?? value}`,
  };
  const type = form === undefined ? 'application/json' : 'application/x-www-form-urlencoded';
  const sent =
    form === undefined
      ? (raw ?? (json === undefined ? '' : JSON.stringify(json)))
      : new URLSearchParams(form as Record<string, string>).toString();
  const found = await post(
    path,
    authorizations[kind],
    type,
    sent,
    method,
    Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
  );
  const { status, body, jwt, received } = filled(realOf(line, release), places);
  const differences = [
    ...comparison('status', found.status, status),
    ...comparison('body', comparable(found.body), comparable(body ?? found.body)),
  ];
  const token = (found.body as { access_token?: string }).access_token;
  if (jwt === undefined || token === undefined) return differences;
  const claims = decodeJwt(token);
  const { scope: _, ...real } = jwt.payload;
  const echoed = claims['received'] as Real['received'];
  return [
    ...differences,
    ...comparison('claims', without(claims, [...each, 'scope']), without(real, each)),
    ...(received === undefined
      ? []
      : [
          ...comparison('keys', echoed?.keys, received.keys),
          ...comparison('token', Object.keys(echoed?.token ?? {}), Object.keys(received.token)),
          ...comparison('context', Object.keys(echoed?.context ?? {}), Object.keys(received.context ?? {})),
        ]),
  ];
};

/** In what the mock responds otherwise than the tenant, by release and request. */
export const replayUsers = async (): Promise<Map<string, Map<string, string[]>>> => {
  const all = new Map<string, Map<string, string[]>>();
  for (const release of recordedReleases) {
    const resources = Object.values(indicators);
    const mock = await startMock({ release, clients, resources, users, organizations });
    const tokenOf = async (resource: string): Promise<string> => {
      const body = tokenForm({ id: 'loner', secret: 'loner-secret' }, resource);
      const reply = await askOver(mock.url, { method: 'POST', path: '/oidc/token', headers: {}, body });
      return (reply.body as { access_token: string }).access_token;
    };
    const opaque = (user: string, scopes: string[]): Promise<string> => mock.userToken({ user, scopes });
    const ids = [...users, ...organizations, ...clients].map(({ id }) => [id, id]);
    const places: Places = {
      ...Object.fromEntries(ids),
      ...Object.fromEntries(clients.map(({ id }) => [`${id}-secret`, `${id}-secret`])),
      good: await mock.token(),
      noperm: await tokenOf('https://default.logto.app/api'),
      things: await tokenOf(indicators.things),
      endpoint: mock.url,
      'jwt of ada': await mock.userToken({ user: 'ada', resource: indicators.things }),
      'opaque-token of ada': await opaque('ada', ['openid']),
      'opaque-token of bob, openid': await opaque('bob', ['openid']),
      'opaque-token of bob, profile': await opaque('bob', ['profile']),
    };
    const found = new Map<string, string[]>();
    for (const line of userLines) found.set(line.name, await replay(line, release, mock, places));
    await mock.close();
    all.set(release, found);
  }
  return all;
};
