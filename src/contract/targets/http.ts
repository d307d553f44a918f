import type { JwtCustomizer, JwtCustomizerTestRequest, TokenRequest } from '../../../generated/types.d.ts';
import { createEngine, customizerPath, isTokenType, readResponse } from '../../client/call/engine.ts';
import { createTransport, type ReadResponse, singleAttempt } from '../../client/call/transport.ts';
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
  /** Where `/oidc/token` is. @default endpoint */
  tokenBaseUrl?: string;
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
const toAnswer = (read: ReadResponse, sender: Sender, sent: readonly string[]): Answer => {
  const { status, text, contentType, response } = read;
  const granted = grantedIn(parseBody(text, contentType));
  if (granted !== undefined) sender.secrets?.add(granted);
  const secrets = [...sent, ...(sender.secrets ?? []), ...(granted === undefined ? [] : [granted])];
  const body = parseBody(redact(text, secrets), contentType);
  return {
    status,
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

type Headers = Record<string, string>;

const isForm = { 'content-type': 'application/x-www-form-urlencoded' };

const formText = (form: object): string => new URLSearchParams({ ...form }).toString();

const pathOf = ({ operation, tokenType = '' }: Case['request']): string =>
  operationsById[operation].path.replace('{tokenTypePath}', encodeURIComponent(tokenType));

/** By openapi-fetch: whatever has a method and a path of the document, and a body of JSON or a form. */
const sendTyped = (sender: Sender, contract: Case, headers: Headers): Promise<ReadResponse> | undefined => {
  const { request } = contract;
  const { operation, method, raw, tokenType } = request;
  if (method !== undefined || raw !== undefined) return undefined;
  const engine = createEngine(sender.endpoint, transport);
  const attempt = singleAttempt(operationsById[operation].method, pathOf(request));
  const init = { headers, attempt };
  // A case is data: some bodies are of the right type, others are what a tenant is to refuse.
  const body = bodyOf(contract) as unknown;
  switch (operation) {
    case 'ListJwtCustomizers':
      return readResponse(engine.GET('/api/configs/jwt-customizer', init));
    case 'TestJwtCustomizer':
      return readResponse(
        engine.POST('/api/configs/jwt-customizer/test', { ...init, body: body as JwtCustomizerTestRequest }),
      );
    case 'RequestToken':
      return readResponse(
        engine.POST('/oidc/token', {
          attempt,
          baseUrl: sender.tokenBaseUrl ?? sender.endpoint,
          headers: { ...isForm, ...headers },
          body: formOf(sender, contract) as unknown as TokenRequest,
          bodySerializer: formText,
        }),
      );
  }
  if (!isTokenType(tokenType)) return undefined;
  const path = customizerPath[tokenType];
  switch (operation) {
    case 'GetJwtCustomizer':
      return readResponse(engine.GET(path, init));
    case 'DeleteJwtCustomizer':
      return readResponse(engine.DELETE(path, init));
    case 'UpdateJwtCustomizer':
      return readResponse(engine.PATCH(path, { ...init, body: body as JwtCustomizer }));
    case 'UpsertJwtCustomizer':
      return readResponse(engine.PUT(path, { ...init, body: body as JwtCustomizer }));
  }
};

/** By the transport below it: what the types refuse on purpose. */
const sendUntyped = (sender: Sender, contract: Case, headers: Headers): Promise<ReadResponse> => {
  const { request } = contract;
  const { operation, raw } = request;
  const { method = operationsById[operation].method } = request;
  const path = pathOf(request);
  const baseUrl = operation === 'RequestToken' ? sender.tokenBaseUrl : undefined;
  const form = formOf(sender, contract);
  const body = bodyOf(contract);
  const text = form ? formText(form) : (raw ?? (body === undefined ? undefined : JSON.stringify(body)));
  const type = form ? isForm : text === undefined ? {} : { 'content-type': 'application/json' };
  return transport(
    `${baseUrl ?? sender.endpoint}${path}`,
    { method, headers: { ...type, ...headers }, body: text ?? null },
    singleAttempt(method, path),
  );
};

/**
 * Sends a case's request: by openapi-fetch, or by the transport below it where the case is about what the types refuse.
 * No retry and no validation of ours stands between.
 *
 * @throws {NetworkError} when there was no whole response.
 */
export const send = async (sender: Sender, contract: Case): Promise<Answer> => {
  const { request } = contract;
  const headers = { ...(await authorize(sender, request.authorization ?? 'good')), ...request.headers };
  const read = await (sendTyped(sender, contract, headers) ?? sendUntyped(sender, contract, headers));
  return toAnswer(read, sender, secretsOf(sender, headers));
};
