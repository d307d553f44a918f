import { type Exchange, parseBody } from '../contract/index.ts';

/** An answer whose parts are known, as `node:http` and most clients have them. */
export interface AnswerParts {
  status: number;
  headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** As text, or parsed. Absent, `null` or `''` when there was none. */
  body?: unknown;
}

/** A response whose body was read by somebody else, as `withResponse()` of the client has it. */
export interface ReadResponse {
  response: Pick<Response, 'status' | 'headers'>;
  text: string;
}

/** What the matcher takes. */
export type ContractAnswer = Response | ReadResponse | AnswerParts;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Of another `fetch`, too: its class is not the global one. */
const isResponse = (value: Record<string, unknown>): boolean =>
  typeof value['clone'] === 'function' && typeof value['text'] === 'function' && 'bodyUsed' in value;

const headersOf = (headers: unknown): Record<string, string> => {
  if (!isRecord(headers))
    throw new TypeError('toSatisfyContract needs the headers of the answer: a Headers object or a plain one');
  const entries = typeof headers['entries'] === 'function' ? [...(headers as unknown as Headers)] : undefined;
  return Object.fromEntries(
    (entries ?? Object.entries(headers)).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), [value].flat().join(', ')]],
    ),
  );
};

const answerOf = (status: unknown, headers: unknown, body: unknown): Omit<Exchange, 'after'> => {
  if (typeof status !== 'number')
    throw new TypeError('toSatisfyContract needs the status of the answer, a number');
  const named = headersOf(headers);
  const type = named['content-type'];
  const isAbsent = body === undefined || (body === null && type === undefined);
  const known = isAbsent ? '' : typeof body === 'string' ? parseBody(body, type) : body;
  return { status, headers: named, body: known, hasAllHeaders: true };
};

/**
 * The answer as the contract's judge takes it. A `Response` stays unread: a clone of it is read.
 *
 * @throws {TypeError} when it is no answer, or a `Response` whose body was read before
 */
export const readAnswer = async (received: unknown): Promise<Omit<Exchange, 'after'>> => {
  if (!isRecord(received))
    throw new TypeError('toSatisfyContract needs a Response, or an object with status, headers and body');
  if (isResponse(received)) {
    const response = received as unknown as Response;
    if (response.bodyUsed || response.body?.locked)
      throw new TypeError(
        'toSatisfyContract cannot read this response: its body was read before, or is being read. Give it a clone that was made before that, or { status, headers, body } with the body that was read',
      );
    return answerOf(response.status, response.headers, await response.clone().text());
  }
  const { response, text } = received;
  if (isRecord(response) && typeof text === 'string')
    return answerOf(response['status'], response['headers'], text);
  return answerOf(received['status'], received['headers'], received['body']);
};
