import type { ReadResponse, RequestBody } from '../../client/call/attempt.ts';
import { createEngine, formBody, responseOf } from '../../client/call/engine.ts';
import { createTransport, singleAttempt } from '../../client/call/transport.ts';
import { redactHeader, redactValue } from '../../client/redact.ts';
import type { Authorization, CaseRequest } from '../case.ts';
import { isCommonWord } from '../cases.ts';
import { type Exchange, parseBody } from '../exchange.ts';
import { filledForm, wireOf } from '../expected.ts';
import { isObject } from '../json.ts';

/** The endpoint and the credentials for the cases' requests. */
export interface Sender {
  endpoint: string;
  /** The base URL of `/oidc/token`. @default endpoint */
  tokenBaseUrl?: string;
  /** Client id, client secret and resource, for the cases of the token endpoint. */
  client: { id: string; secret: string; resource: string };
  /** An application without the role of the Management API, if there is one. */
  clientWithoutRole?: { id: string; secret: string };
  /** An access token of the Management API, with the permission `all` or without it. */
  token(permission: 'all' | 'none'): Promise<string>;
  /** Called when the tenant refuses the cached token, so that the next one is new. */
  forgetToken?(): void;
  /** Redacted in every response, in addition to the secret and the credentials sent. Granted tokens are added to it. */
  secrets?: Set<string>;
  /** Whether the responses will be published: then a secret that is a common word is redacted, too. */
  isPublished?: boolean;
}

/** The part of a case that is sent. */
type Sendable = { request: CaseRequest };

/** A response as received. */
export type CaseResponse = Omit<Exchange, 'after'>;

/** It has the client's timeout: the slowest release stops an endless script after 5 s. */
const transport = createTransport();

/** The credentials of HTTP Basic. */
export const basicOf = ({ id, secret }: { id: string; secret: string }): string =>
  btoa([id, secret].map(encodeURIComponent).join(':'));

const authorize = async (sender: Sender, authorization: Authorization): Promise<Record<string, string>> => {
  if (authorization === 'none') return {};
  if (authorization === 'client') return { authorization: `Basic ${basicOf(sender.client)}` };
  const token =
    authorization === 'garbage' ? 'garbage' : await sender.token(authorization === 'good' ? 'all' : 'none');
  return { authorization: `Bearer ${token}` };
};

/**
 * Redacts secrets, because a response may end up in a report. A tenant has no reason to return a secret, but a broken
 * one, or a verbose proxy, may.
 */
const toResponse = (read: ReadResponse, sender: Sender, sent: readonly string[]): CaseResponse => {
  const { status, text, contentType, response } = read;
  const body = parseBody(text, contentType);
  // A granted token is a secret, too.
  const token = isObject(body) ? body['access_token'] : undefined;
  const granted = typeof token === 'string' && token !== '' ? [token] : [];
  for (const secret of granted) sender.secrets?.add(secret);
  const all = [...sent, ...(sender.secrets ?? []), ...granted];
  const secrets = sender.isPublished ? all : all.filter((secret) => !isCommonWord(secret));
  return {
    status,
    headers: Object.fromEntries(
      [...response.headers].map(([name, value]) => [name, redactHeader(name, value, secrets)]),
    ),
    // In the parsed value: in JSON text a secret can be escaped in many ways, or be part of a key.
    body: redactValue(body, secrets, 'kept'),
    hasAllHeaders: true,
  };
};

/** The body of a case and its content type, if any. A form contains the sender's credentials. */
const contentOf = (sender: Sender, contract: Sendable): { body?: RequestBody; type?: string } => {
  const { client, clientWithoutRole } = sender;
  const { form } = contract.request;
  if (form === undefined) {
    const { body: value, text } = wireOf(contract);
    return text === undefined ? {} : { body: { text, value }, type: 'application/json' };
  }
  const isWithoutRole = form['client_id'] === '<id without role>';
  const credentials = isWithoutRole ? { id: '', secret: '', ...clientWithoutRole } : client;
  const filled = filledForm(form, { ...credentials, resource: client.resource });
  return { body: formBody(filled), type: 'application/x-www-form-urlencoded' };
};

/**
 * Sends a case's request with openapi-fetch, without retries or validation, even if the document's types refuse it.
 *
 * @throws {NetworkError} when there is no complete response.
 */
export const send = async (sender: Sender, contract: Sendable): Promise<CaseResponse> => {
  const { operation, authorization = 'good', headers: own } = contract.request;
  const { client, clientWithoutRole, endpoint, tokenBaseUrl = endpoint } = sender;
  const { method, path } = wireOf(contract);
  const { body, type } = contentOf(sender, contract);
  const headers: Record<string, string> = {
    ...(type !== undefined && { 'content-type': type }),
    ...(await authorize(sender, authorization)),
    ...own,
  };
  const credentials = headers['authorization']?.split(' ').at(-1);
  // To be redacted: the client secret and the credentials, in the form in which they were sent.
  const secrets = [client.secret, clientWithoutRole?.secret ?? [], credentials ?? []].flat();
  const engine = createEngine(operation === 'RequestToken' ? tokenBaseUrl : endpoint, transport);
  const call = engine.request as (...args: unknown[]) => Promise<{ response: Response }>;
  const read = responseOf(
    await call(method, path, {
      attempt: { ...singleAttempt({ method, path }, headers), secrets },
      ...(body && { body, bodySerializer: () => body.text }),
    }),
  );
  return toResponse(read, sender, secrets);
};
