import { isRecord } from '../client/json.ts';
import { type Exchange, parseBody } from '../contract/index.ts';

/** A response whose parts are known, as axios, supertest and most clients have them. */
export interface ResponseParts {
  status: number;
  headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** As text, or parsed. Absent, `null` or `''` when there was none. */
  body?: unknown;
  /** The body as axios names it. */
  data?: unknown;
  /** The body before it was parsed, as supertest has it: it decides. */
  text?: string | undefined;
}

/** A response whose body was read by somebody else, as `withResponse()` of the client has it. */
export interface ReadResponse {
  response: Pick<Response, 'status' | 'headers'>;
  text: string;
}

/** What the matcher takes. */
export type ContractResponse = Response | ReadResponse | ResponseParts;

/** Of another `fetch`, too: its class is not the global one. */
const isResponse = (value: Record<string, unknown>): boolean =>
  typeof value['clone'] === 'function' && typeof value['text'] === 'function' && 'bodyUsed' in value;

const unfit = (what: string): TypeError =>
  new TypeError(
    `toSatisfyContract cannot read this response: ${what}. It takes a Response of fetch, { response, text } of the client's withResponse(), or { status, headers, body } with a number, a plain object or Headers, and the body as text or parsed, as axios ({ status, headers, data }) and supertest have it`,
  );

/** Headers, axios' own class, which can be iterated likewise, or a plain object. */
const headersOf = (headers: unknown): Record<string, string> => {
  if (!isRecord(headers)) throw unfit('its `headers` are no object');
  const entries = Symbol.iterator in headers ? [...(headers as unknown as Headers)] : Object.entries(headers);
  return Object.fromEntries(
    entries.flatMap(([name, value]) =>
      value === undefined || value === null ? [] : [[name.toLowerCase(), [value].flat().join(', ')]],
    ),
  );
};

const exchangeOf = (status: unknown, headers: unknown, body: unknown): Omit<Exchange, 'after'> => {
  if (typeof status !== 'number') throw unfit('its `status` is no number');
  const named = headersOf(headers);
  const type = named['content-type'];
  const isAbsent = body === undefined || (body === null && type === undefined);
  const known = isAbsent ? '' : typeof body === 'string' ? parseBody(body, type) : body;
  return { status, headers: named, body: known, hasAllHeaders: true };
};

/**
 * The response as the contract suite validates it. A `Response` stays unread: a clone of it is read.
 *
 * @throws {TypeError} when it is no response, or a `Response` whose body was read before
 */
export const readExchange = async (received: unknown): Promise<Omit<Exchange, 'after'>> => {
  if (!isRecord(received)) throw unfit('it is no object');
  if (isResponse(received)) {
    const response = received as unknown as Response;
    if (response.bodyUsed || response.body?.locked)
      throw new TypeError(
        'toSatisfyContract cannot read this response: its body was read before, or is being read. Give it a clone that was made before that, or { status, headers, body } with the body that was read',
      );
    return exchangeOf(response.status, response.headers, await response.clone().text());
  }
  const { response, text, status, headers, body, data } = received;
  if (isRecord(response) && typeof text === 'string')
    return exchangeOf(response['status'], response['headers'], text);
  // supertest has `{}` for a body that is not there, and for one that it does not parse.
  return exchangeOf(status, headers, typeof text === 'string' ? text : 'body' in received ? body : data);
};
