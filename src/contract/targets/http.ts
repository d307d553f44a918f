import type { TokenType } from '../../../generated/types.d.ts';
import type { ApiRequest, Attempt, ReadResponse, RequestBody } from '../../client/call/attempt.ts';
import { createEngine, createRequests, formBody, isTokenType } from '../../client/call/engine.ts';
import { createTransport, singleAttempt } from '../../client/call/transport.ts';
import { redactHeader, redactValue } from '../../client/redact.ts';
import type { Authorization, Case } from '../case.ts';
import { isCommonWord } from '../cases.ts';
import { operationsById } from '../document.ts';
import { type Exchange, parseBody } from '../exchange.ts';
import { wireOf } from '../expected.ts';
import { isObject } from '../json.ts';

/** Who sends the cases' requests, and where to. */
export interface Sender {
  endpoint: string;
  /** Where `/oidc/token` is. @default endpoint */
  tokenBaseUrl?: string;
  /** Client id, client secret and resource, for the cases of the token endpoint. */
  client: { id: string; secret: string; resource: string };
  /** An application without the role of the Management API, if there is one. */
  clientWithoutRole?: { id: string; secret: string };
  /** An access token of the Management API, with the permission `all` or without it. */
  token(permission: 'all' | 'none'): Promise<string>;
  /** The tenant refuses the cached token: the next one is new. */
  forgetToken?(): void;
  /** What no response may say, beside the secret and the credentials that it was asked with. Granted tokens join it. */
  secrets?: Set<string>;
  /** Whether what is answered will be published: then a common word that is a secret is taken out, too. */
  isPublished?: boolean;
}

/** What was answered, as it came over the wire. */
export type CaseResponse = Omit<Exchange, 'after'>;

/** Its time-out is the client's: an endless script is stopped after 5 s by the slowest release. */
const transport = createTransport();

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
const toResponse = (read: ReadResponse, sender: Sender, sent: readonly string[]): CaseResponse => {
  const { status, text, contentType, response } = read;
  const granted = grantedIn(parseBody(text, contentType));
  if (granted !== undefined) sender.secrets?.add(granted);
  const all = [...sent, ...(sender.secrets ?? []), ...(granted === undefined ? [] : [granted])];
  const secrets = sender.isPublished ? all : all.filter((secret) => !isCommonWord(secret));
  return {
    status,
    headers: Object.fromEntries(
      [...response.headers].map(([name, value]) => [name, redactHeader(name, value, secrets)]),
    ),
    // As what it means: in the text of JSON a secret can be written in many ways, and be a part of a key.
    body: redactValue(parseBody(text, contentType), secrets, 'kept'),
    hasAllHeaders: true,
  };
};

/** What must not be said: client secret and credentials, in the words in which they were sent. */
const secretsOf = (sender: Sender, headers: Record<string, string>): string[] => {
  const credentials = headers['authorization']?.split(' ').at(-1);
  const others = sender.clientWithoutRole === undefined ? [] : [sender.clientWithoutRole.secret];
  return [sender.client.secret, ...others, ...(credentials === undefined ? [] : [credentials])];
};

/** The form of a case with the sender's own credentials in it. */
const formOf = (
  { client, clientWithoutRole }: Sender,
  { request }: Case,
): Record<string, string> | undefined => {
  if (request.form === undefined) return undefined;
  const hasNoRole = request.form['client_id'] === '<id without role>';
  const own: Record<string, string> = {
    '<id>': client.id,
    '<id without role>': clientWithoutRole?.id ?? '',
    '<secret>': (hasNoRole ? clientWithoutRole : client)?.secret ?? '',
    '<resource>': client.resource,
  };
  return Object.fromEntries(Object.entries(request.form).map(([key, value]) => [key, own[value] ?? value]));
};

/** What a case sends, with its content type, if anything. */
const contentOf = (sender: Sender, contract: Case): { body?: RequestBody; type?: string } => {
  const form = formOf(sender, contract);
  if (form !== undefined) return { body: formBody(form), type: 'application/x-www-form-urlencoded' };
  const { body: value, text } = wireOf(contract);
  return text === undefined ? {} : { body: { text, value }, type: 'application/json' };
};

/** The document's request that a case makes; nothing when its types refuse it. */
const requestOf = ({ endpoint, tokenBaseUrl }: Sender, { request }: Case): ApiRequest | undefined => {
  const { operation, method, raw, tokenType } = request;
  if (method !== undefined || raw !== undefined) return undefined;
  const requests = createRequests(createEngine(endpoint, transport));
  const forType = (make: (type: TokenType) => ApiRequest): ApiRequest | undefined =>
    isTokenType(tokenType) ? make(tokenType) : undefined;
  return {
    ListJwtCustomizers: () => requests.list(),
    TestJwtCustomizer: () => requests.test(),
    RequestToken: () => requests.token(tokenBaseUrl ?? endpoint),
    GetJwtCustomizer: () => forType(requests.get),
    DeleteJwtCustomizer: () => forType(requests.delete),
    UpdateJwtCustomizer: () => forType((type) => requests.store('patch', type)),
    UpsertJwtCustomizer: () => forType((type) => requests.store('put', type)),
  }[operation]();
};

/** One attempt, whose errors do not say what it was sent with. */
const attemptOf = (
  target: Pick<Attempt, 'method' | 'path'>,
  sender: Sender,
  headers: Record<string, string>,
): Attempt => ({
  ...singleAttempt(target, headers),
  secrets: secretsOf(sender, headers),
});

/** By the transport below openapi-fetch: an odd method, an unknown token type, a body that is not JSON. */
const sendOdd = (
  sender: Sender,
  { request }: Case,
  headers: Record<string, string>,
  body: RequestBody | undefined,
): Promise<ReadResponse> => {
  const operation = operationsById[request.operation];
  const method = request.method ?? operation.method;
  const path = operation.path.replace('{tokenTypePath}', encodeURIComponent(request.tokenType ?? ''));
  const baseUrl = request.operation === 'RequestToken' ? sender.tokenBaseUrl : undefined;
  const init = { method, headers, body: body?.text ?? null };
  return transport(
    `${baseUrl ?? sender.endpoint}${path}`,
    init,
    attemptOf({ method, path }, sender, headers),
  );
};

/**
 * Sends a case's request: by openapi-fetch, or by the transport below it where the case is about what the types refuse.
 * No retry and no validation of ours stands between.
 *
 * @throws {NetworkError} when there was no whole response.
 */
export const send = async (sender: Sender, contract: Case): Promise<CaseResponse> => {
  const { authorization = 'good', headers: own } = contract.request;
  const { body, type } = contentOf(sender, contract);
  const headers = {
    ...(type !== undefined && { 'content-type': type }),
    ...(await authorize(sender, authorization)),
    ...own,
  };
  const request = requestOf(sender, contract);
  const read =
    request === undefined
      ? await sendOdd(sender, contract, headers, body)
      : await request.send(attemptOf(request, sender, headers), body);
  return toResponse(read, sender, secretsOf(sender, headers));
};
