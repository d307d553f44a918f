import { gzipSync } from 'node:zlib';
import type { Answer, Fault } from '../fault.ts';
import { bytes, chunk, gzipped, headOf, json, noContent, page } from '../http.ts';
import { configs, fault, holdsBefore, listed, remove, test } from '../subjects.ts';

const text = JSON.stringify(configs);
const isJson = { 'Content-Type': 'application/json; charset=utf-8' };
const endless = Buffer.alloc(64 * 1024, ' ').toString();

/** An answer to a read that is no refusal, and not Logto's either. */
const notLogtos = (
  name: string,
  answer: Answer,
  fields: Readonly<Record<string, unknown>>,
  handling: string,
): Fault =>
  fault(name, 'GET', handling, {
    api: [answer],
    expects: { fails: 'UnexpectedAnswerError', method: 'GET', ...fields },
  });

/** A body that is not what a tenant answers with. It would be the same the next time: it is not asked for again. */
export const bodies: readonly Fault[] = [
  notLogtos(
    'JSON that is cut, in a whole answer, is not taken for one',
    { ...listed, body: text.slice(0, -9) },
    { status: 200, contentType: 'application/json; charset=utf-8' },
    'what-is-not-json-is-no-answer',
  ),
  notLogtos(
    'JSON that is cut by a Content-Length that is too small is not taken for an answer',
    { ...listed, length: text.length - 9 },
    { status: 200 },
    'what-is-not-json-is-no-answer',
  ),
  notLogtos(
    'An HTML page with 200 is not taken for an answer',
    page(200),
    { status: 200, contentType: 'text/html' },
    'what-is-not-json-is-no-answer',
  ),
  notLogtos(
    'An HTML page that says it is JSON is not taken for an answer',
    page(200, isJson),
    { status: 200 },
    'what-is-not-json-is-no-answer',
  ),
  notLogtos(
    'A page whose media type has json in a parameter is not taken for an answer',
    { ...listed, headers: { 'Content-Type': 'text/html; profile=json' } },
    { status: 200, contentType: 'text/html; profile=json' },
    'parameters-are-no-media-type',
  ),
  ...['Application/JSON', 'application/JSON ; Charset=UTF-8', 'application/vnd.logto+json'].map(
    (type): Fault =>
      fault(`JSON as ${type} is an answer`, 'GET', 'media-types-have-no-case', {
        api: [{ ...listed, headers: { 'Content-Type': type } }],
      }),
  ),
  notLogtos(
    'An empty 200 is not taken for an empty list',
    { status: 200, headers: isJson },
    { status: 200 },
    'what-is-empty-is-no-answer',
  ),
  notLogtos('A 204 is not taken for an empty list', noContent, { status: 204 }, 'what-is-empty-is-no-answer'),
  notLogtos(
    'A gzip that is cut is not taken for an answer',
    { ...gzipped(listed), body: gzipSync(text).subarray(0, -20) },
    { status: 200 },
    'what-is-not-json-is-no-answer',
  ),
  notLogtos(
    'A body without an end is read no further than maxResponseBytes',
    [
      { send: headOf({ length: 'none', headers: { ...isJson, 'Transfer-Encoding': 'chunked' } }) },
      ...Array.from({ length: 300 }, () => ({ send: chunk(endless) })),
      { wait: 30_000 },
    ],
    { status: 200 },
    'bodies-are-limited-in-size',
  ),
  {
    ...notLogtos(
      'A gzip that unpacks to more than maxResponseBytes is read no further',
      { ...gzipped(listed), body: gzipSync(`[${' '.repeat(200_000)}]`) },
      { status: 200 },
      'lengths-of-compressed-bodies-count-for-nothing',
    ),
    options: { maxResponseBytes: 100_000 },
  },
  {
    ...notLogtos(
      'An answer of more than maxResponseBytes is an error, and not cut',
      listed,
      { status: 200 },
      'bodies-are-limited-in-size',
    ),
    options: { maxResponseBytes: 50 },
  },
  fault('A gzip that breaks is no answer, and read again', 'GET GET', 'bodies-are-part-of-the-attempt', {
    api: [{ ...gzipped(listed), body: 'this is not gzip' }, gzipped(listed)],
  }),
  fault(
    'A gzip that always breaks is an error with its code',
    'GET GET GET',
    'network-errors-name-the-code',
    {
      api: [{ ...gzipped(listed), body: 'this is not gzip' }],
      expects: { fails: 'NetworkError', code: 'Z_DATA_ERROR' },
    },
  ),
  fault('JSON of another shape is told apart, and where it differs', 'GET', 'answers-are-checked', {
    api: [json(200, [{ key: 'jwt.accessToken', value: { script: 5 } }])],
    expects: { fails: 'InvalidResponseError', status: 200, method: 'GET', pointers: ['/0/value/script'] },
  }),
  fault('An error that says 200 is not taken for a list', 'GET', 'answers-are-checked', {
    api: [json(200, { error: 'upstream unavailable' })],
    expects: { fails: 'InvalidResponseError', status: 200, pointers: [''] },
  }),
  fault('JSON that is null is not taken for claims', 'POST', 'what-is-not-json-is-no-answer', {
    api: [json(200, null)],
    call: test,
    expects: { fails: 'UnexpectedAnswerError', method: 'POST', status: 200 },
  }),
  fault(
    'A 204 with a body is a deletion, and what follows on the wire is not taken for an answer',
    'DELETE GET',
    'deletions-answer-nothing',
    {
      api: [[{ send: bytes({ ...noContent, headers: { 'Content-Length': '2' }, body: '{}' }) }], holdsBefore],
      call: async (client, world) => {
        const deleted = await remove(client, world);
        await world.advance(0);
        return [deleted, await client.get('access-token')];
      },
      expects: { value: [undefined, JSON.parse(String(holdsBefore.body))] },
    },
  ),
];
