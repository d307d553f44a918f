import { gzipSync } from 'node:zlib';
import type { Fault, Responder } from '../fault.ts';
import { bytes, chunk, gzipped, headOf, json, noContent, page } from '../http.ts';
import { configs, holdsBefore, listed, listing, proves, type Row, remove, testing } from '../subjects.ts';

const text = JSON.stringify(configs);
const isJson = { 'Content-Type': 'application/json; charset=utf-8' };
const endless = Buffer.alloc(64 * 1024, ' ').toString();

/** An answer to a read that is no refusal, and not Logto's either. */
const refusing = (
  answer: Responder,
  fields: Readonly<Record<string, unknown>>,
  options?: Fault['options'],
): Row => ({
  ...listing('GET', [answer], { expects: { fails: 'UnexpectedResponseError', method: 'GET', ...fields } }),
  ...(options && { options }),
});

/** A body that is not what a tenant answers with. It would be the same the next time: it is not asked for again. */
export const bodies: readonly Fault[] = [
  ...proves('what-is-not-json-is-no-answer', {
    'JSON that is cut, in a whole answer, is not taken for one': refusing(
      { ...listed, body: text.slice(0, -9) },
      { status: 200, contentType: 'application/json; charset=utf-8' },
    ),
    'JSON that is cut by a Content-Length that is too small is not taken for an answer': refusing(
      { ...listed, length: text.length - 9 },
      { status: 200 },
    ),
    'An HTML page with 200 is not taken for an answer': refusing(page(200), {
      status: 200,
      contentType: 'text/html',
    }),
    'An HTML page that says it is JSON is not taken for an answer': refusing(page(200, isJson), {
      status: 200,
    }),
  }),
  ...proves('parameters-are-no-media-type', {
    'A page whose media type has json in a parameter is not taken for an answer': refusing(
      { ...listed, headers: { 'Content-Type': 'text/html; profile=json' } },
      { status: 200, contentType: 'text/html; profile=json' },
    ),
  }),
  ...['Application/JSON', 'application/JSON ; Charset=UTF-8', 'application/vnd.logto+json'].flatMap((type) =>
    proves('media-types-have-no-case', {
      [`JSON as ${type} is an answer`]: listing('GET', [{ ...listed, headers: { 'Content-Type': type } }]),
    }),
  ),
  ...proves('what-is-empty-is-no-answer', {
    'An empty 200 is not taken for an empty list': refusing(
      { status: 200, headers: isJson },
      { status: 200 },
    ),
    'A 204 is not taken for an empty list': refusing(noContent, { status: 204 }),
  }),
  ...proves('what-is-not-json-is-no-answer', {
    'A gzip that is cut is not taken for an answer': refusing(
      { ...gzipped(listed), body: gzipSync(text).subarray(0, -20) },
      { status: 200 },
    ),
  }),
  ...proves('bodies-are-limited-in-size', {
    'A body without an end is read no further than maxResponseBytes': refusing(
      [
        { send: headOf({ length: 'none', headers: { ...isJson, 'Transfer-Encoding': 'chunked' } }) },
        ...Array.from({ length: 300 }, () => ({ send: chunk(endless) })),
        { wait: 30_000 },
      ],
      { status: 200 },
    ),
  }),
  ...proves('lengths-of-compressed-bodies-count-for-nothing', {
    'A gzip that unpacks to more than maxResponseBytes is read no further': refusing(
      { ...gzipped(listed), body: gzipSync(`[${' '.repeat(200_000)}]`) },
      { status: 200 },
      { maxResponseBytes: 100_000 },
    ),
  }),
  ...proves('bodies-are-limited-in-size', {
    'An answer of more than maxResponseBytes is an error, and not cut': refusing(
      listed,
      { status: 200 },
      { maxResponseBytes: 50 },
    ),
  }),
  ...proves('bodies-are-part-of-the-attempt', {
    'A gzip that breaks is no answer, and read again': listing('GET GET', [
      { ...gzipped(listed), body: 'this is not gzip' },
      gzipped(listed),
    ]),
  }),
  ...proves('network-errors-name-the-code', {
    'A gzip that always breaks is an error with its code': listing(
      'GET GET GET',
      [{ ...gzipped(listed), body: 'this is not gzip' }],
      { expects: { fails: 'NetworkError', code: 'Z_DATA_ERROR' } },
    ),
  }),
  ...proves('answers-are-checked', {
    'JSON of another shape is told apart, and where it differs': listing(
      'GET',
      [json(200, [{ key: 'jwt.accessToken', value: { script: 5 } }])],
      {
        expects: { fails: 'InvalidResponseError', status: 200, method: 'GET', pointers: ['/0/value/script'] },
      },
    ),
    'An error that says 200 is not taken for a list': listing(
      'GET',
      [json(200, { error: 'upstream unavailable' })],
      { expects: { fails: 'InvalidResponseError', status: 200, pointers: [''] } },
    ),
  }),
  ...proves('what-is-not-json-is-no-answer', {
    'JSON that is null is not taken for claims': testing('POST', [json(200, null)], {
      expects: { fails: 'UnexpectedResponseError', method: 'POST', status: 200 },
    }),
  }),
  ...proves('deletions-answer-nothing', {
    'A 204 with a body is a deletion, and what follows on the wire is not taken for an answer': listing(
      'DELETE GET',
      [[{ send: bytes({ ...noContent, headers: { 'Content-Length': '2' }, body: '{}' }) }], holdsBefore],
      {
        call: async (client, world) => {
          const deleted = await remove(client, world);
          await world.advance(0);
          return [deleted, await client.get('access-token')];
        },
        expects: { value: [undefined, JSON.parse(String(holdsBefore.body))] },
      },
    ),
  }),
];
