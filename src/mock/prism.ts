import type * as PrismHttp from '@stoplight/prism-http';
import type { TenantResponse } from '../tenant/index.ts';
import { importPeer } from './peer.ts';
import type { Respond } from './server.ts';

/** What a client prefers, in the words of Prism's engine. */
interface Preference {
  code?: number;
  exampleKey?: string;
  /** A body generated from the schema in place of an example. */
  dynamic?: boolean;
  /** Makes what is generated the same each time. */
  seed?: string;
}

/** RFC 7240: preferences are separated by commas, parameters of one by semicolons, both may be quoted. */
const split = (text: string, separator: RegExp): string[] =>
  (text.match(separator) ?? []).map((part) => part.trim()).filter((part) => part !== '');

const valuesOfHeader = (header: string): Map<string, string> => {
  const values = new Map<string, string>();
  for (const preference of split(header, /(?:"[^"]*"|[^,"])+/g)) {
    const [first = ''] = split(preference, /(?:"[^"]*"|[^;"])+/g);
    const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(first) ?? [];
    const key = name.trim().toLowerCase();
    if (!values.has(key)) values.set(key, value.trim().replace(/^"(.*)"$/s, '$1'));
  }
  return values;
};

const valuesOfQuery = (query: URLSearchParams): Map<string, string> =>
  new Map(
    [...query].filter(([name]) => name.startsWith('__')).map(([name, value]) => [name.slice(2), value]),
  );

/**
 * Reads `Prefer`, or without it the query (`__code`, `__example`, `__dynamic`, `__seed`), as Prism's server does.
 *
 * @returns why a preference cannot be read, as a string
 */
const readPreference = (header: string | undefined, query: URLSearchParams): Preference | string => {
  const values = header === undefined ? valuesOfQuery(query) : valuesOfHeader(header);
  const code = values.get('code');
  const example = values.get('example');
  const dynamic = values.get('dynamic');
  const seed = values.get('seed');
  if (code !== undefined && !/^\d{3}$/.test(code)) return 'code: expected three digits';
  if (dynamic !== undefined && !/^(true|false)$/.test(dynamic)) return 'dynamic: expected true or false';
  return {
    ...(code !== undefined && { code: Number(code) }),
    ...(example !== undefined && { exampleKey: example }),
    ...(dynamic !== undefined && { dynamic: dynamic === 'true' }),
    ...(seed !== undefined && { seed }),
  };
};

type Components = Parameters<(typeof PrismHttp)['createInstance']>[1];

/** Prism would write bodies and bearer tokens. */
const silence = (): Components['logger'] => {
  const ignore = (): void => {};
  const logger: Record<string, unknown> = { child: () => logger };
  for (const level of ['trace', 'debug', 'info', 'success', 'warn', 'error', 'fatal']) logger[level] = ignore;
  return logger as unknown as Components['logger'];
};

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
): TenantResponse => {
  if (body === undefined || mediaType === undefined) return { status, headers, body: '' };
  const text = mediaType.startsWith('text/') ? String(body) : JSON.stringify(body);
  return { status, headers: { ...headers, 'Content-Type': `${mediaType}; charset=utf-8` }, body: text };
};

/** What is not JSON stays a string, which Prism's validation refuses: its own server would not respond at all. */
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
 * Loads an OpenAPI document into Prism's engine: its routing, its security, its validation, its choice of examples.
 *
 * @throws {Error} when `@stoplight/prism-http` is not installed; the message has the command that adds it
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
  const engine = prism.createInstance({ ...base, mock: { dynamic: false } }, { logger: silence() });

  const problem = (error: Error): TenantResponse => {
    const body = prism.ProblemJsonError.toProblemJson(error);
    return respond(body.status, {}, 'application/problem+json', body);
  };

  return async ({ method, pathname, query, headers, readBody }) => {
    const preference = readPreference(headers['prefer'], query);
    if (typeof preference === 'string')
      return problem(prism.ProblemJsonError.fromTemplate(prism.UNPROCESSABLE_ENTITY, preference));
    const { authorization, accept = '', 'content-type': contentType } = headers;
    const body = jsonOf(await readBody());
    const input = {
      method: method.toLowerCase() as 'get',
      url: { path: pathname, query: Object.fromEntries(query) },
      // No others: Prism throws at odd ones and logs the rest.
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
    const { statusCode, headers: sent = {}, body: example } = result.right.output;
    return respond(statusCode, textsOf(sent), contentTypeOf(sent), example);
  };
};
