import { readFileSync } from 'node:fs';
import type { Customizers, TenantRequest } from '../../src/tenant/index.ts';
import type { recordedReleases } from './document.ts';
import type { ConformingTenant } from './tenant.ts';

/** What a recorded request is sent with. */
export interface Credentials extends Pick<ConformingTenant, 'clients'> {
  tokens: { issue(scopes: readonly string[]): string };
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A recorded exchange, as `contracts/recordings/README.md` describes it, with the long texts written out. */
export interface Recorded {
  /** Unique in its release. */
  name: string;
  given?: Customizers;
  request: {
    method: string;
    path: string;
    auth?: string;
    headers?: Record<string, string>;
    body?: Json;
    raw?: string;
    form?: Record<string, string>;
  };
  response: { status: number; headers: Record<string, string>; body?: Json };
  thenGet?: { status: number; body: Json };
}

type Line = Recorded & { release?: string; releases?: string[] };

/** A long text was recorded as its first 40 characters and its length; those of a body end in `"}`. */
const writtenOut = (text: string): string => {
  const [, start = '', length] = /^(.{40})… \((\d+) characters\)$/su.exec(text) ?? [];
  if (length === undefined) return text;
  const end = start.startsWith('{') ? '"}' : '';
  return start.padEnd(Number(length) - end.length, start.at(-1)) + end;
};

const restored = (value: Json): Json => {
  if (typeof value === 'string') return writtenOut(value);
  if (Array.isArray(value)) return value.map(restored);
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, restored(item)]))
    : value;
};

const lines = (file: string): Line[] =>
  readFileSync(new URL(`../recordings/${file}`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => restored(JSON.parse(line) as Json) as unknown as Line);

/** Of the lines about conditional requests none tells what was there: what a read found, else the first content. */
const withGiven = (line: Line): Line => {
  const { method } = line.request;
  const { body } = line.response;
  const first = { script: '// one\n', environmentVariables: { A: '1' } };
  const found = method === 'GET' && typeof body === 'object' && body !== null && !Array.isArray(body);
  return { ...line, given: { 'access-token': found ? body : first } };
};

/** Every recorded exchange with a release's customizers and its token endpoint. */
export const recordedExchanges = (release: (typeof recordedReleases)[number]): Recorded[] =>
  [
    ...lines(`logto-${release}.jsonl`),
    ...lines('conditional.jsonl').map(withGiven),
    ...lines('token-endpoint.jsonl'),
  ].filter((line) => line.release === release || line.releases?.includes(release));

const authorizationOf = ({ request }: Recorded, tenant: Credentials): string | undefined => {
  const { id, secret } = tenant.clients.withRole;
  if (request.form !== undefined)
    return request.form['client_id'] === undefined ? `Basic ${btoa(`${id}:${secret}`)}` : undefined;
  switch (request.auth) {
    case 'none':
      return undefined;
    case 'garbage':
      return 'Bearer garbage';
    case 'noperm':
      return `Bearer ${tenant.tokens.issue([])}`;
    default:
      return `Bearer ${tenant.tokens.issue(['all'])}`;
  }
};

/** The recorded request, with the tenant's own credentials in place of the placeholders. */
export const toRequest = (recorded: Recorded, tenant: Credentials): TenantRequest => {
  const { request } = recorded;
  const { withRole, withoutRole } = tenant.clients;
  const own: Record<string, string> = {
    '<id>': withRole.id,
    '<id without role>': withoutRole.id,
    '<secret>': withRole.secret,
  };
  const form =
    request.form &&
    new URLSearchParams(
      Object.entries(request.form).map(([key, value]): [string, string] => [key, own[value] ?? value]),
    );
  const content = request.raw ?? (request.body === undefined ? undefined : JSON.stringify(request.body));
  return {
    method: request.method,
    path: request.path,
    headers: {
      authorization: authorizationOf(recorded, tenant),
      ...(content !== undefined && { 'content-type': 'application/json' }),
      // All were sent by fetch, which adds it by itself.
      ...(request.headers?.['if-none-match'] !== undefined && { 'cache-control': 'no-cache' }),
      ...request.headers,
    },
    body: form?.toString() ?? content ?? '',
  };
};
