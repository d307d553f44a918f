import { isDeepStrictEqual } from 'node:util';
import { toPointer } from '../../../src/contract/json.ts';
import type { TenantRequest } from '../../../src/tenant/index.ts';
import { type Credentials, comparable, type Recorded, toRequest } from '../../conforming/index.ts';

/** What came back, as far as it is compared. */
export interface Received {
  status: number;
  /** Parsed when it is JSON, else text; `''` when there is none. */
  body: unknown;
}

/** Something that stands for a tenant of one release. */
export interface Subject {
  credentials: Credentials;
  /** Makes what is given be there, where it can. */
  prepare(given: Recorded['given']): Promise<void>;
  ask(request: TenantRequest): Promise<Received>;
  close(): Promise<void>;
}

/** Of a tenant, with and without the role. */
export const clients = {
  withRole: { id: 'm2m-with-role', secret: 'of-this-test-alone', hasRole: true },
  withoutRole: { id: 'm2m-without-role', secret: 'of-this-test-alone', hasRole: false },
};

/** What is compared of an exchange. An aspect that the recording does not have is not counted. */
export const aspects = ['status', 'code', 'issue pointers', 'body', 'stored'] as const;
export type Aspect = (typeof aspects)[number];

export type Agreement = Partial<Record<Aspect, boolean>>;

export const fieldOf = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;

const pointersOf = (body: unknown): string[] | undefined => {
  const issues = fieldOf(fieldOf(body, 'data'), 'issues');
  return Array.isArray(issues)
    ? issues.map(({ path }: { path: string[] }) => toPointer(path)).sort()
    : undefined;
};

const agreementOf = ({ response }: Recorded, found: Received): Agreement => {
  const body = response.body ?? '';
  const code = fieldOf(body, 'code');
  const pointers = pointersOf(body);
  return {
    status: found.status === response.status,
    ...(code !== undefined && { code: fieldOf(found.body, 'code') === code }),
    ...(pointers && { 'issue pointers': isDeepStrictEqual(pointersOf(found.body), pointers) }),
    body: isDeepStrictEqual(comparable(found.body), comparable(body)),
  };
};

/** Sends a recorded request, and reads what is stored afterwards where the recording did so. */
export const replayExchange = async (recorded: Recorded, subject: Subject): Promise<Agreement> => {
  await subject.prepare(recorded.given);
  const agreement = agreementOf(recorded, await subject.ask(toRequest(recorded, subject.credentials)));
  const { thenGet, thenStored, request } = recorded;
  const headers = { authorization: `Bearer ${subject.credentials.tokens.issue(['all'])}` };
  const get = (path: string): Promise<Received> => subject.ask({ method: 'GET', path, headers, body: '' });
  if (thenGet !== undefined)
    return { ...agreement, stored: isDeepStrictEqual(await get(request.path), thenGet) };
  if (thenStored === undefined) return agreement;
  const stored: Record<string, unknown> = {};
  for (const tokenType of Object.keys(thenStored)) {
    const { status, body } = await get(`/api/configs/jwt-customizer/${tokenType}`);
    stored[tokenType] = status === 200 ? body : null;
  }
  return { ...agreement, stored: isDeepStrictEqual(stored, thenStored) };
};
