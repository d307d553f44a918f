import type { TokenType } from '../../../generated/types.d.ts';
import { createRawClient, type RawClient } from '../../client/raw.ts';
import { redact } from '../../client/redact.ts';
import type { Authorization, Case } from '../case.ts';
import { operationsById } from '../document.ts';
import { bodyOf } from '../expected.ts';
import { isObject } from '../json.ts';
import type { Exchange } from '../judge.ts';
import { parseBody } from '../parse-body.ts';

/** Who sends the cases' requests, and where to. */
export interface Sender {
  endpoint: string;
  /** Client id, client secret and resource, for the cases of the token endpoint. */
  client: { id: string; secret: string; resource: string };
  /** An application without the role of the Management API, if there is one. */
  clientWithoutRole?: { id: string; secret: string };
  /** An access token of the Management API, with the permission `all` or without it. */
  token(permission: 'all' | 'none'): Promise<string>;
  /** What no answer may say, beside the secret and the credentials that it was asked with. Granted tokens join it. */
  secrets?: Set<string>;
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

/** A token that was granted is a secret, too. */
const grantedIn = (body: unknown): string | undefined => {
  const token = isObject(body) ? body['access_token'] : undefined;
  return typeof token === 'string' && token !== '' ? token : undefined;
};

/**
 * What a response says may end up in a report. A tenant has no reason to say a secret back, and a broken one, or a
 * proxy that explains itself, may.
 */
const toAnswer = async (response: Response, sender: Sender, sent: readonly string[]): Promise<Answer> => {
  const text = await response.text();
  const contentType = response.headers.get('content-type');
  const granted = grantedIn(parseBody(text, contentType));
  if (granted !== undefined) sender.secrets?.add(granted);
  const secrets = [...sent, ...(sender.secrets ?? []), ...(granted === undefined ? [] : [granted])];
  const body = parseBody(redact(text, secrets), contentType);
  return {
    status: response.status,
    headers: Object.fromEntries([...response.headers].map(([name, value]) => [name, redact(value, secrets)])),
    body: granted === undefined ? body : { ...(body as object), access_token: '[redacted]' },
    hasAllHeaders: true,
  };
};

/** What must not be said: client secret and credentials, in the words in which they were sent. */
const secretsOf = (sender: Sender, headers: Record<string, string>): string[] => {
  const credentials = headers['authorization']?.split(' ').at(-1);
  const others = sender.clientWithoutRole === undefined ? [] : [sender.clientWithoutRole.secret];
  return [sender.client.secret, ...others, ...(credentials === undefined ? [] : [credentials])];
};

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
  const { client, clientWithoutRole } = sender;
  const hasNoRole = request.form?.['client_id'] === '<id without role>';
  const own: Record<string, string> = {
    '<id>': client.id,
    '<id without role>': clientWithoutRole?.id ?? '',
    '<secret>': (hasNoRole ? clientWithoutRole : client)?.secret ?? '',
    '<resource>': client.resource,
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
  const secrets = secretsOf(sender, headers);
  if (!isTyped(contract)) return toAnswer(await sendPlain(sender, contract, headers), sender, secrets);
  let answer: Promise<Answer> | undefined;
  const client = createRawClient({
    endpoint: sender.endpoint,
    fetch: async (sent) => {
      const response = await fetch(sent, { redirect: 'manual' });
      answer = toAnswer(response.clone(), sender, secrets);
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
