import { type RecordedLine, readRecorded } from '../../src/contract/recordings/index.ts';
import type { TenantRequest } from '../../src/tenant/index.ts';
import type { ConformingTenant } from './tenant.ts';

/** The credentials for a recorded request. */
export interface Credentials extends Pick<ConformingTenant, 'clients'> {
  tokens: { issue(scopes: readonly string[]): string };
}

/** A recorded exchange with the customizers stored before. */
export type Recorded = RecordedLine;

/** Lines about conditional requests do not have it: it is what a read found, or the first content. */
const withGiven = (line: Recorded): Recorded => {
  const { method } = line.request;
  const { body } = line.response;
  const first = { script: '// one\n', environmentVariables: { A: '1' } };
  const found = method === 'GET' && typeof body === 'object' && body !== null && !Array.isArray(body);
  return { ...line, given: { 'access-token': found ? body : first } };
};

/** Every recorded exchange of a release with customizers and the token endpoint. */
export const recordedExchanges = (release: string): Recorded[] =>
  readRecorded(release).map(({ line, kind }) => (kind === 'conditional' ? withGiven(line) : line));

/** A recorded body for comparison: an access token differs each time. */
export const comparable = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'access_token' in body
    ? { ...body, access_token: typeof body.access_token }
    : body;

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

/** The recorded request with the tenant's credentials for the placeholders. */
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
      // All were sent by fetch, which adds it.
      ...(request.headers?.['if-none-match'] !== undefined && { 'cache-control': 'no-cache' }),
      ...request.headers,
    },
    body: form?.toString() ?? content ?? '',
  };
};
