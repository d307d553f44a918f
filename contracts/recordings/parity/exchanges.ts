import { isDeepStrictEqual } from 'node:util';
import { toPointer } from '../../../src/contract/json.ts';
import type { TenantRequest } from '../../../src/tenant/index.ts';
import { type Credentials, comparable, type Recorded, toRequest } from '../../conforming/index.ts';

/** The compared parts of a response. */
export interface Received {
  status: number;
  /** Parsed if it is JSON, otherwise a string; `''` without a body. */
  body: unknown;
}

/** A replacement for a tenant of one release. */
export interface Subject {
  credentials: Credentials;
  /** Sets up the given customizers, if it can. */
  prepare(given: Recorded['given']): Promise<void>;
  ask(request: TenantRequest): Promise<Received>;
  close(): Promise<void>;
}

/** Tokens of a tenant, with and without the role. */
export const clients = {
  withRole: { id: 'm2m-with-role', secret: 'of-this-test-alone', hasRole: true },
  withoutRole: { id: 'm2m-without-role', secret: 'of-this-test-alone', hasRole: false },
};

/** The compared aspects of an exchange. An aspect that the recording does not have is not counted. */
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

/** Sends a recorded request, and reads the stored customizers afterwards if the recording did. */
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
