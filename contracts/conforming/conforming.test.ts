/** The model of a tenant responds to every recorded request as the real tenant did. */
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { TenantResponse } from '../../src/tenant/index.ts';
import {
  type ConformingTenant,
  comparable,
  createConformingTenant,
  type Recorded,
  recordedExchanges,
  recordedReleases,
  toRequest,
} from './index.ts';

/** Exchanges in which the model differs, by `<release> <name>`, and why it may. */
const exceptions: Record<string, string> = {};

/** Always recorded when present: one that is not in a recording was absent. */
const telling = ['content-type', 'etag', 'allow'];

const bodyOf = ({ headers, body }: TenantResponse): unknown =>
  headers['content-type']?.includes('json') && body !== '' ? JSON.parse(body) : body;

const headerDifferences = (recorded: Record<string, string>, { headers }: TenantResponse): string[] => {
  const { 'logto-core-request-id': id, ...others } = recorded;
  const names = new Set([...Object.keys(others), ...telling]);
  const differing = [...names].filter((name) => others[name] !== headers[name]);
  const isMissing = id !== undefined && !/^[\w-]{16}$/.test(headers['logto-core-request-id'] ?? '');
  return isMissing ? [...differing, 'logto-core-request-id'] : differing;
};

const storedDifferences = async (recorded: Recorded, tenant: ConformingTenant): Promise<string[]> => {
  const { thenGet, thenStored, request } = recorded;
  if (thenStored !== undefined) {
    const found = { 'access-token': null, 'client-credentials': null, ...tenant.customizers };
    return isDeepStrictEqual(found, thenStored) ? [] : [`stored: ${JSON.stringify(found)}`];
  }
  if (thenGet === undefined) return [];
  const headers = { authorization: `Bearer ${tenant.tokens.issue(['all'])}` };
  const found = await tenant.handle({ method: 'GET', path: request.path, headers, body: '' });
  return found.status === thenGet.status && isDeepStrictEqual(bodyOf(found), thenGet.body)
    ? []
    : [`stored: ${found.status} ${found.body}`];
};

/** The differences between the model's response and the recorded one. */
const differences = async (recorded: Recorded, tenant: ConformingTenant): Promise<string[]> => {
  const { status, headers, body = '' } = recorded.response;
  const found = await tenant.handle(toRequest(recorded, tenant));
  return [
    ...(found.status === status ? [] : [`status: ${found.status}`]),
    ...headerDifferences(headers, found).map((name) => `${name}: ${found.headers[name]}`),
    ...(isDeepStrictEqual(comparable(bodyOf(found)), comparable(body)) ? [] : [`body: ${found.body}`]),
    ...(await storedDifferences(recorded, tenant)),
  ];
};

describe.each(recordedReleases)('a tenant of %s', (release) => {
  test.each(recordedExchanges(release))('$name', async (recorded) => {
    const { given } = recorded;
    const tenant = createConformingTenant({ release, ...(given && { customizers: given }) });
    const found = await differences(recorded, tenant);
    const exception = exceptions[`${release} ${recorded.name}`];
    if (exception === undefined) expect(found).toEqual([]);
    else expect(found, `no longer an exception: ${exception}`).not.toEqual([]);
  });
});

test('every exception is about a recorded exchange', () => {
  const names = recordedReleases.flatMap((release) =>
    recordedExchanges(release).map(({ name }) => `${release} ${name}`),
  );
  expect(names).toEqual(expect.arrayContaining(Object.keys(exceptions)));
  expect(names.length).toBeGreaterThanOrEqual(recordedReleases.length * (74 + 8 + 7));
});
