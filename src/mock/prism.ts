import type * as PrismHttp from '@stoplight/prism-http';
import { type TenantResponse, textOf } from '../tenant/index.ts';
import { readDocument } from './document.ts';
import { importPeer } from './peer.ts';
import { type Respond, serve } from './server.ts';
import type { Mock, MockOptions } from './start-mock.ts';

type Preference = Partial<PrismHttp.IHttpOperationConfig>;

/** RFC 7240: commas separate preferences, parameters follow a semicolon, and values may be quoted. */
const preferences = /(?:^|,)\s*([^=;,\s"]+)\s*(?:=\s*(?:"([^"]*)"|([^";,]*)))?(?:"[^"]*"|[^,"])*/g;

/**
 * Parses `Prefer`, or without it the query (`__code`, `__example`, `__dynamic`, `__seed`), as Prism's server does.
 *
 * @returns the preferences, or a string that explains why they are invalid
 */
const readPreference = (header: string | undefined, query: URLSearchParams): Preference | string => {
  const values =
    header === undefined
      ? [...query].flatMap(([name, value]) => (name.startsWith('__') ? [[name.slice(2), value]] : []))
      : [...header.matchAll(preferences)]
          .map(([, name = '', quoted, plain = '']) => [name.toLowerCase(), quoted ?? plain.trim()])
          // The first of two with the same name counts.
          .reverse();
  const { code, example, dynamic, seed } = Object.fromEntries(values) as Record<string, string | undefined>;
  if (code !== undefined && !/^\d{3}$/.test(code)) return 'code: expected three digits';
  if (dynamic !== undefined && !/^(true|false)$/.test(dynamic)) return 'dynamic: expected true or false';
  return {
    ...(code !== undefined && { code: Number(code) }),
    ...(example !== undefined && { exampleKey: example }),
    ...(dynamic !== undefined && { dynamic: dynamic === 'true' }),
    ...(seed !== undefined && { seed }),
  };
};

/** A logger that discards everything: Prism would log bodies and bearer tokens. */
const silence: object = new Proxy({}, { get: () => () => silence });

const respond = (status: number, headers: Record<string, unknown>, body: unknown): TenantResponse => {
  // Prism sets a header without an example to null.
  const named = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name.toLowerCase(), value] as const] : [],
  );
  const { 'content-type': type, ...others } = Object.fromEntries(named);
  if (body === undefined || type === undefined) return { status, headers: others, body: '' };
  const text = type.startsWith('text/') ? String(body) : JSON.stringify(body);
  return { status, headers: { ...others, 'content-type': `${type}; charset=utf-8` }, body: text };
};

/** Invalid JSON stays a string, which Prism's validation refuses: its own server would not respond at all. */
const jsonOf = (body: string | Uint8Array): unknown => {
  const text = textOf(body);
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
};

/** Prism throws if it cannot parse Accept. */
const acceptable = /^[\w!#$&^.+*/;=, -]+$/;

/**
 * Loads an OpenAPI document into Prism's engine: its routing, security, validation and choice of examples.
 *
 * @throws {Error} when `@stoplight/prism-http` is not installed; the message includes the command that adds it
 */
export const loadPrism = async (document: string): Promise<Respond> => {
  const prism = await importPeer('@stoplight/prism-http', () => import('@stoplight/prism-http'));
  const operations = await prism.getHttpOperationsFromSpec(JSON.parse(document) as object);
  const base = {
    isProxy: false as const,
    checkSecurity: true,
    validateRequest: true,
    validateResponse: false,
    errors: false,
    upstreamProxy: undefined,
  };
  const logger = silence as PrismHttp.PrismHttpComponents['logger'];
  const engine = prism.createInstance({ ...base, mock: { dynamic: false } }, { logger });

  const problem = (error: Error): TenantResponse => {
    const body = prism.ProblemJsonError.toProblemJson(error);
    return respond(body.status, { 'content-type': 'application/problem+json' }, body);
  };

  return async ({ method, path, headers, body: sent }) => {
    const [pathname = '', search] = path.split('?', 2);
    const query = new URLSearchParams(search);
    const preference = readPreference(headers['prefer'], query);
    if (typeof preference === 'string')
      return problem(prism.ProblemJsonError.fromTemplate(prism.UNPROCESSABLE_ENTITY, preference));
    const { authorization, accept = '', 'content-type': contentType } = headers;
    const body = jsonOf(sent);
    const input = {
      method: method.toLowerCase() as 'get',
      url: { path: pathname, query: Object.fromEntries(query) },
      // Only these: Prism throws on unusual ones and logs the others.
      headers: {
        ...(authorization !== undefined && { authorization }),
        ...(contentType !== undefined && { 'content-type': contentType }),
        ...(acceptable.test(accept) && { accept }),
      },
      ...(body !== undefined && { body }),
    };
    // Fresh for each request: Prism writes into `mock`.
    const config = { ...base, mock: { dynamic: false, ...preference } };
    const result = await engine.request(input, operations, config)();
    if (result._tag === 'Left') return problem(result.left);
    const { statusCode, headers: given = {}, body: example } = result.right.output;
    return respond(statusCode, given, example);
  };
};

/** The mock's options that apply to the server. */
export type PrismOptions = Pick<MockOptions, 'port' | 'host' | 'log'>;

/**
 * Starts a server that uses only our OpenAPI document and the engine of [Prism](https://github.com/stoplightio/prism):
 * it validates requests and responds with the document's examples. `Prefer: code=404, example=NAME` selects one. Unlike
 * `startMock`, it stores nothing, runs no scripts and accepts any bearer token.
 *
 * @throws {Error} with a one-line message that explains what to do, when `@stoplight/prism-http` is not installed, or
 *   the port or host cannot be bound
 */
export const startPrism = async (options: PrismOptions = {}): Promise<Pick<Mock, 'url' | 'close'>> =>
  serve(await loadPrism(await readDocument('openapi.by-token-type.json')), options);
