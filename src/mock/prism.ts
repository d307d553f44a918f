import type * as PrismHttp from '@stoplight/prism-http';
import type { TokenType } from '../../generated/types.d.ts';
import type { Document } from './document.ts';
import type { MockRequest, MockResponse } from './message.ts';
import { mediaTypeOf, type Operation } from './operation.ts';
import { importPeer } from './peer.ts';
import { complete, type Preference, readPreference, type UnreadablePreference } from './prefer.ts';

type Prism = typeof PrismHttp;
type Resource = Awaited<ReturnType<Prism['getHttpOperationsFromSpec']>>[number];
type Components = Parameters<Prism['createInstance']>[1];

/** Prism's engine with the document loaded. */
export interface Engine {
  /** The answer that a request prefers, by the document's examples; a problem (RFC 9457) when there is none. */
  prefer: (request: MockRequest, preference: Preference | UnreadablePreference) => Promise<MockResponse>;
  /** The answer of Prism alone: its routing, its security, its validation, its examples. */
  plain: (request: MockRequest) => Promise<MockResponse>;
}

/** Prism would write bodies and bearer tokens. */
const silence = (): Components['logger'] => {
  const ignore = (): void => {};
  const logger: Record<string, unknown> = { child: () => logger };
  for (const level of ['trace', 'debug', 'info', 'success', 'warn', 'error', 'fatal']) logger[level] = ignore;
  return logger as unknown as Components['logger'];
};

const variants: Record<TokenType, string> = {
  'access-token': 'AccessTokenJwtCustomizer',
  'client-credentials': 'ClientCredentialsJwtCustomizer',
};

/** A body that Prism generates from `anyOf` may be of either variant. Here there is one left. */
const narrowed = (text: string, tokenType: TokenType): object => {
  const document: Document = JSON.parse(text);
  document.components.schemas['JwtCustomizer'] = { $ref: `#/components/schemas/${variants[tokenType]}` };
  return document;
};

const toOperation = ({ method, path, responses }: Resource): Operation => ({
  method: method.toLowerCase(),
  path,
  statuses: responses.map(({ code }) => Number(code)).sort((a, b) => a - b),
  contents: responses.flatMap(({ code, contents = [] }) =>
    contents.map(({ mediaType, examples = [] }) => ({
      status: Number(code),
      mediaType,
      examples: examples.map(({ key, value }: { key: string; value?: unknown }) => ({ key, value })),
    })),
  ),
});

/** Prism gives a header without an example the value null. */
const textsOf = (headers: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name, value]) => name.toLowerCase() !== 'content-type' && typeof value === 'string')
      .map(([name, value]) => [name, String(value)]),
  );

const contentTypeOf = (headers: Record<string, unknown>): string | undefined => {
  const header = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type');
  return header === undefined ? undefined : String(header[1]);
};

const respond = (
  status: number,
  headers: Record<string, string>,
  mediaType: string | undefined,
  body: unknown,
): MockResponse => {
  if (body === undefined || mediaType === undefined) return { status, headers, text: undefined };
  const text = mediaType.startsWith('text/') ? String(body) : JSON.stringify(body);
  return { status, headers: { ...headers, 'Content-Type': `${mediaType}; charset=utf-8` }, text };
};

const matches = (template: string, path: string): boolean =>
  new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(path);

const methodOf = (method: string): string => (method === 'HEAD' ? 'get' : method.toLowerCase());

/** The token type that a path is about; of another path, the one whose examples come first. */
const tokenTypeOf = (path: string): TokenType =>
  path.endsWith('/client-credentials') ? 'client-credentials' : 'access-token';

const jsonOf = (bytes: Uint8Array | undefined): unknown => {
  const text = new TextDecoder().decode(bytes);
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
};

/** Prism throws at an Accept that it cannot parse. */
const acceptable = /^[\w!#$&^.+*/;=, -]+$/;

/**
 * Loads the document into Prism's engine.
 *
 * @param headers - of a problem, which the document does not have
 * @throws {Error} when `@stoplight/prism-http` is not installed; the message has the command that adds it
 */
export const loadEngine = async (document: string, headers: Record<string, string>): Promise<Engine> => {
  const name = '@stoplight/prism-http';
  const prism = await importPeer(name, () => import('@stoplight/prism-http'));
  const resources: Record<TokenType, Resource[]> = {
    'access-token': await prism.getHttpOperationsFromSpec(narrowed(document, 'access-token')),
    'client-credentials': await prism.getHttpOperationsFromSpec(narrowed(document, 'client-credentials')),
  };
  const operations = resources['access-token'].map(toOperation);
  const base = { isProxy: false as const, validateResponse: false, errors: false, upstreamProxy: undefined };
  const engine = prism.createInstance(
    { ...base, checkSecurity: true, validateRequest: true, mock: { dynamic: false } },
    { logger: silence() },
  );

  const problem = (error: Error): MockResponse => {
    const body = prism.ProblemJsonError.toProblemJson(error);
    return respond(body.status, headers, 'application/problem+json', body);
  };

  const ask = async (
    { method, path, query, headers: sent }: MockRequest,
    { code, example, dynamic, seed, mediaType }: Preference & { mediaType?: string | undefined },
    validation: { validateRequest: boolean; body?: unknown },
  ): Promise<MockResponse> => {
    // Fresh for each request: Prism writes into `mock`.
    const mock = {
      dynamic: dynamic ?? false,
      ...(code !== undefined && { code }),
      ...(example !== undefined && { exampleKey: example }),
      ...(seed !== undefined && { seed }),
      ...(mediaType !== undefined && { mediaTypes: [mediaType] }),
    };
    const { authorization, accept = '', 'content-type': contentType } = sent;
    const input = {
      method: methodOf(method) as 'get',
      url: { path, query: Object.fromEntries(query) },
      // No others: Prism throws at odd ones and logs the rest.
      headers: {
        ...(authorization !== undefined && { authorization }),
        ...(contentType !== undefined && { 'content-type': contentType }),
        ...(validation.validateRequest && acceptable.test(accept) && { accept }),
      },
      ...(validation.body !== undefined && { body: validation.body }),
    };
    const { validateRequest } = validation;
    const config = { ...base, checkSecurity: true, validateRequest, mock };
    const result = await engine.request(input, resources[tokenTypeOf(path)], config)();
    if (result._tag === 'Left') return problem(result.left);
    const { statusCode, headers: answered = {}, body } = result.right.output;
    return respond(statusCode, textsOf(answered), contentTypeOf(answered), body);
  };

  const refuse = (status: 404 | 422, detail: string): MockResponse =>
    problem(
      prism.ProblemJsonError.fromTemplate(
        status === 404 ? prism.NOT_FOUND : prism.UNPROCESSABLE_ENTITY,
        detail,
      ),
    );

  return {
    prefer: async (request, preference) => {
      if ('message' in preference) return refuse(422, preference.message);
      const operation = operations.find(
        ({ method, path }) => method === methodOf(request.method) && matches(path, request.path),
      );
      if (operation === undefined) return ask(request, preference, { validateRequest: false });
      const choice = complete(preference, operation, tokenTypeOf(request.path), request.headers['accept']);
      const { code, example } = choice;
      if (code === undefined) return refuse(404, `The document has no example ${example} to answer here.`);
      const mediaType = example === undefined ? undefined : mediaTypeOf(operation, code, example);
      return ask(request, { ...choice, mediaType }, { validateRequest: false });
    },
    plain: async (request) => {
      const preference = readPreference(request.headers['prefer'], request.query) ?? {};
      if ('message' in preference) return refuse(422, preference.message);
      const body = jsonOf(await request.readBody());
      return ask(request, preference, { validateRequest: true, body });
    },
  };
};
