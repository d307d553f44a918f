import type { ReadResponse, RequestBody } from '../../client/call/attempt.ts';
import { createEngine, formBody, responseOf } from '../../client/call/engine.ts';
import { createTransport, singleAttempt } from '../../client/call/transport.ts';
import { redactHeader, redactValue } from '../../client/redact.ts';
import type { Authorization, CaseRequest } from '../case.ts';
import { isCommonWord } from '../cases.ts';
import { type Exchange, parseBody } from '../exchange.ts';
import { filledForm, wireOf } from '../expected.ts';
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

/** As much of a case as is sent. */
type Sendable = { request: CaseRequest };

/** What was answered, as it came over the wire. */
export type CaseResponse = Omit<Exchange, 'after'>;

/** Its time-out is the client's: an endless script is stopped after 5 s by the slowest release. */
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
 * What a response says may end up in a report. A tenant has no reason to say a secret back, and a broken one, or a
 * proxy that explains itself, may.
 */
const toResponse = (read: ReadResponse, sender: Sender, sent: readonly string[]): CaseResponse => {
  const { status, text, contentType, response } = read;
  const body = parseBody(text, contentType);
  // A token that was granted is a secret, too.
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
    // As what it means: in the text of JSON a secret can be written in many ways, and be a part of a key.
    body: redactValue(body, secrets, 'kept'),
    hasAllHeaders: true,
  };
};

/** What a case sends, with its content type, if anything: a form has the sender's own credentials in it. */
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
 * Sends a case's request by openapi-fetch, also where the case is about what the document's types refuse. No retry and
 * no validation of ours stands between.
 *
 * @throws {NetworkError} when there was no whole response.
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
  // What must not be said: client secret and credentials, in the words in which they were sent.
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
