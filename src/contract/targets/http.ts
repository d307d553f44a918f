import type { TokenType } from '../../../generated/types.d.ts';
import { createRawClient, type RawClient } from '../../client/raw.ts';
import type { Authorization, Case } from '../case.ts';
import { operationsById } from '../document.ts';
import { bodyOf } from '../expected.ts';
import { isObject } from '../json.ts';
import type { Exchange } from '../judge.ts';

/** Who sends the cases' requests, and where to. */
export interface Sender {
  endpoint: string;
  /** Client id, client secret and resource, for the cases of the token endpoint. */
  client: { id: string; secret: string; resource: string };
  /** An access token of the Management API, with the permission `all` or without it. */
  token(permission: 'all' | 'none'): Promise<string>;
}

/** What was answered, as it came over the wire. */
export type Answer = Omit<Exchange, 'after'>;

/** Milliseconds: an endless script is stopped after 5 s by the slowest release. */
const timeout = 30_000;

const tokenTypes: readonly string[] = ['access-token', 'client-credentials'] satisfies TokenType[];

const authorize = async (sender: Sender, authorization: Authorization): Promise<Record<string, string>> => {
  switch (authorization) {
    case 'good':
      return { authorization: `Bearer ${await sender.token('all')}` };
    case 'noperm':
      return { authorization: `Bearer ${await sender.token('none')}` };
    case 'garbage':
      return { authorization: 'Bearer garbage' };
    case 'client':
      return {
        authorization: `Basic ${btoa([sender.client.id, sender.client.secret].map(encodeURIComponent).join(':'))}`,
      };
    case 'none':
      return {};
  }
};

const readBody = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  if (!response.headers.get('content-type')?.includes('json')) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

/** A token that was granted is a secret: what is said of an answer may end up in a report. */
const withoutToken = (body: unknown): unknown =>
  isObject(body) && typeof body['access_token'] === 'string' && body['access_token'] !== ''
    ? { ...body, access_token: '[redacted]' }
    : body;

const toAnswer = async (response: Response): Promise<Answer> => ({
  status: response.status,
  headers: Object.fromEntries(response.headers),
  body: withoutToken(await readBody(response)),
  hasAllHeaders: true,
});

/** Whether the typed client can send it: what the types refuse goes out by plain fetch. */
const isTyped = ({ request }: Case): boolean =>
  request.method === undefined &&
  request.raw === undefined &&
  request.form === undefined &&
  (request.tokenType === undefined || tokenTypes.includes(request.tokenType));

const sendTyped = async (
  client: RawClient,
  contract: Case,
  headers: Record<string, string>,
): Promise<void> => {
  const params = { path: { tokenTypePath: contract.request.tokenType as TokenType } };
  const body = bodyOf(contract) as never;
  const options = { headers, signal: AbortSignal.timeout(timeout) };
  switch (contract.request.operation) {
    case 'UpdateJwtCustomizer':
      await client.PATCH('/api/configs/jwt-customizer/{tokenTypePath}', { ...options, params, body });
      return;
    case 'UpsertJwtCustomizer':
      await client.PUT('/api/configs/jwt-customizer/{tokenTypePath}', { ...options, params, body });
      return;
    case 'GetJwtCustomizer':
      await client.GET('/api/configs/jwt-customizer/{tokenTypePath}', { ...options, params });
      return;
    case 'DeleteJwtCustomizer':
      await client.DELETE('/api/configs/jwt-customizer/{tokenTypePath}', { ...options, params });
      return;
    case 'ListJwtCustomizers':
      await client.GET('/api/configs/jwt-customizer', options);
      return;
    case 'TestJwtCustomizer':
      await client.POST('/api/configs/jwt-customizer/test', { ...options, body });
      return;
    case 'RequestToken':
      throw new Error(`"${contract.name}" asks for a token without a form`);
  }
};

const sendPlain = async (
  sender: Sender,
  contract: Case,
  headers: Record<string, string>,
): Promise<Response> => {
  const { request } = contract;
  const operation = operationsById[request.operation];
  const path = operation.path.replace('{tokenTypePath}', encodeURIComponent(request.tokenType ?? ''));
  const body = bodyOf(contract);
  const json = request.raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const own: Record<string, string> = {
    '<id>': sender.client.id,
    '<secret>': sender.client.secret,
    '<resource>': sender.client.resource,
  };
  const filled = Object.entries(request.form ?? {}).map(
    ([key, value]) => [key, own[value] ?? value] as const,
  );
  const form = request.form && new URLSearchParams(Object.fromEntries(filled));
  return fetch(`${sender.endpoint}${path}`, {
    method: request.method ?? operation.method,
    headers: { ...(json !== undefined && { 'content-type': 'application/json' }), ...headers },
    body: form ?? json ?? null,
    redirect: 'manual',
    signal: AbortSignal.timeout(timeout),
  });
};

/**
 * Sends a case's request: by the raw openapi-fetch client, or by plain fetch where the case is about what the types
 * refuse. No retry and no check of ours stands between.
 *
 * @throws {Error} when nothing was answered.
 */
export const send = async (sender: Sender, contract: Case): Promise<Answer> => {
  const { request } = contract;
  const headers = { ...(await authorize(sender, request.authorization ?? 'good')), ...request.headers };
  if (!isTyped(contract)) return toAnswer(await sendPlain(sender, contract, headers));
  let answer: Promise<Answer> | undefined;
  const client = createRawClient({
    endpoint: sender.endpoint,
    fetch: async (sent) => {
      const response = await fetch(sent, { redirect: 'manual' });
      answer = toAnswer(response.clone());
      return response;
    },
  });
  try {
    await sendTyped(client, contract, headers);
  } catch (error) {
    // An answer that openapi-fetch cannot parse is still an answer, and for the judge to refuse.
    if (answer === undefined) throw error;
  }
  if (answer === undefined) throw new Error('openapi-fetch sent nothing');
  return answer;
};
