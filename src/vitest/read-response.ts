import { isRecord } from '../client/json.ts';
import { type Exchange, parseBody } from '../contract/index.ts';

/** The parts of a response, as axios, supertest and most clients return them. */
export interface ResponseParts {
  status: number;
  headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** As text, or parsed. Absent, `null` or `''` if there was none. */
  body?: unknown;
  /** The body, as axios calls it. */
  data?: unknown;
  /** The unparsed body, as supertest has it. It takes precedence over `body`. */
  text?: string | undefined;
}

/** A response whose body was already read, as `withResponse()` of the client returns it. */
export interface ReadResponse {
  response: Pick<Response, 'status' | 'headers'>;
  text: string;
}

/** The responses that the matcher accepts. */
export type ContractResponse = Response | ReadResponse | ResponseParts;

/** Also recognizes the `Response` of another `fetch`, whose class is not the global one. */
const isResponse = (value: Record<string, unknown>): boolean =>
  typeof value['clone'] === 'function' && typeof value['text'] === 'function' && 'bodyUsed' in value;

const unfit = (what: string): TypeError =>
  new TypeError(
    `toSatisfyContract cannot read this response: ${what}. It accepts a Response of fetch, { response, text } of the client's withResponse(), or { status, headers, body } with a number, a plain object or Headers, and the body as text or parsed, as axios ({ status, headers, data }) and supertest have it`,
  );

/** Accepts `Headers`, axios' own class, which can also be iterated, or a plain object. */
const headersOf = (headers: unknown): Record<string, string> => {
  if (!isRecord(headers)) throw unfit('its `headers` are not an object');
  const entries = Symbol.iterator in headers ? [...(headers as unknown as Headers)] : Object.entries(headers);
  return Object.fromEntries(
    entries.flatMap(([name, value]) =>
      value === undefined || value === null ? [] : [[name.toLowerCase(), [value].flat().join(', ')]],
    ),
  );
};

const exchangeOf = (status: unknown, headers: unknown, body: unknown): Omit<Exchange, 'after'> => {
  if (typeof status !== 'number') throw unfit('its `status` is not a number');
  const named = headersOf(headers);
  const type = named['content-type'];
  const isAbsent = body === undefined || (body === null && type === undefined);
  const known = isAbsent ? '' : typeof body === 'string' ? parseBody(body, type) : body;
  return { status, headers: named, body: known, hasAllHeaders: true };
};

/**
 * The response as the contract suite validates it. Of a `Response`, only a clone is read.
 *
 * @throws {TypeError} for a value that is not a response, or a `Response` whose body was already read
 */
export const readExchange = async (received: unknown): Promise<Omit<Exchange, 'after'>> => {
  if (!isRecord(received)) throw unfit('it is not an object');
  if (isResponse(received)) {
    const response = received as unknown as Response;
    if (response.bodyUsed || response.body?.locked)
      throw new TypeError(
        'toSatisfyContract cannot read this response: its body was already read, or is being read. Pass a clone that was made before reading, or { status, headers, body } with the body that was read',
      );
    return exchangeOf(response.status, response.headers, await response.clone().text());
  }
  const { response, text, status, headers, body, data } = received;
  if (isRecord(response) && typeof text === 'string')
    return exchangeOf(response['status'], response['headers'], text);
  // supertest returns `{}` for a missing body, and for one that it does not parse.
  return exchangeOf(status, headers, typeof text === 'string' ? text : 'body' in received ? body : data);
};
