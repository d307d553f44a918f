import type { Answer, Expected, Fault } from '../fault.ts';
import { json, page } from '../http.ts';
import { claims, fault, holdsBefore, holdsOurs, listed, ours, put, test } from '../subjects.ts';

const status = (code: number, headers: Readonly<Record<string, string>> = {}) =>
  json(code, { message: `the server says ${code}` }, headers);

/** The client's wall clock is a day behind this server's. */
const serverDay = 'Wed, 02 Dec 2026';

const read = (
  name: string,
  api: readonly Answer[],
  requests: string,
  handling: string,
  further: Partial<Fault> = {},
): Fault => fault(name, requests, handling, { api, ...further });

const refused = (code: number, fields: Readonly<Record<string, unknown>> = {}): Expected => ({
  fails: 'RequestRefusedError',
  status: code,
  ...fields,
});

/** A server that is not there for the moment. */
export const unavailable: readonly Fault[] = [
  read(
    'A burst of 5xx answers is outlasted by a read',
    [status(500), page(503), listed],
    'GET GET GET',
    'reads-retry-passing-refusals',
    { waits: [250, 500] },
  ),
  read(
    'An HTML 502 of a proxy is read again',
    [page(502), listed],
    'GET GET',
    'reads-retry-passing-refusals',
  ),
  read('A 504 of a proxy is read again', [page(504), listed], 'GET GET', 'reads-retry-passing-refusals'),
  ...[520, 521, 522, 523, 524, 530].map((code) =>
    read(
      `A ${code} of Cloudflare is read again`,
      [page(code), listed],
      'GET GET',
      'reads-retry-passing-refusals',
    ),
  ),
  fault(
    'A write that Cloudflare answers with 522 is read, again after another 522',
    'PUT GET GET',
    'reads-retry-passing-refusals',
    { api: [page(522), page(522), holdsOurs], call: put, expects: { value: ours } },
  ),
  read('A 408 is read again', [status(408), listed], 'GET GET', 'reads-retry-passing-refusals'),
  read(
    'An HTML 502 that stays is an error after three attempts, and not taken for a missing customizer',
    [page(502)],
    'GET GET GET',
    'reads-retry-passing-refusals',
    { expects: refused(502, { method: 'GET', code: undefined }) },
  ),
  read(
    'As many retries are made as the options say, with pauses that double up to retry.maxDelay',
    [status(503)],
    'GET GET GET GET GET GET GET',
    'pauses-are-limited',
    { options: { maxRetries: 6 }, expects: refused(503), waits: [250, 500, 1_000, 2_000, 4_000, 4_000] },
  ),
  read('The pauses before further attempts double', [status(503)], 'GET GET GET', 'pauses-double', {
    expects: refused(503),
    waits: [250, 500],
  }),
  read('A single attempt is a single request', [status(503), listed], 'GET', 'options-are-heeded', {
    options: { maxRetries: 0 },
    expects: refused(503),
  }),
  ...[400, 403, 404, 405, 422, 501].map((code) =>
    read(
      `A ${code} would be the same the next time: it is not asked for again`,
      [status(code)],
      'GET',
      'lasting-refusals-are-final',
      {
        expects: refused(code),
      },
    ),
  ),
  fault(
    'A script test that a proxy answers with 502 is not sent again: it may have run',
    'POST',
    'tests-are-not-resent',
    { api: [page(502), json(200, claims)], call: test, expects: refused(502, { method: 'POST' }) },
  ),
];

/** A server that says when to come back, or does not. */
export const comeBack: readonly Fault[] = [
  read(
    'A 429 without Retry-After is read again after a pause',
    [status(429), listed],
    'GET GET',
    'reads-retry-passing-refusals',
    {
      waits: [500],
    },
  ),
  read(
    'The pause after a 429 is that of retry.rateLimitDelay',
    [status(429), listed],
    'GET GET',
    'rate-limits-have-their-pause',
    {
      options: { retry: { rateLimitDelay: 4_000 } },
      waits: [2_000],
    },
  ),
  read(
    'A 429 with Retry-After is read again then, and not before',
    [status(429, { 'Retry-After': '20' }), listed],
    'GET GET',
    'retry-after-is-obeyed',
    {
      waits: [20_000],
    },
  ),
  read(
    'A 503 with Retry-After is read again then, and not before',
    [page(503, { 'Retry-After': '7' }), listed],
    'GET GET',
    'retry-after-is-obeyed',
    {
      waits: [7_000],
    },
  ),
  read(
    'Retry-After as a date is taken by the clock of the server, when ours is a day behind',
    [status(429, { Date: `${serverDay} 12:00:00 GMT`, 'Retry-After': `${serverDay} 12:00:07 GMT` }), listed],
    'GET GET',
    'retry-after-dates-are-the-servers',
    { waits: [7_000] },
  ),
  read(
    'Retry-After as a date is taken by the clock of the server, when ours is a day ahead',
    [
      status(503, { Date: `Mon, 30 Nov 2026 12:00:00 GMT`, 'Retry-After': `Mon, 30 Nov 2026 12:00:07 GMT` }),
      listed,
    ],
    'GET GET',
    'retry-after-dates-are-the-servers',
    { waits: [7_000] },
  ),
  read(
    'A Retry-After that nobody can read is as none',
    [status(503, { 'Retry-After': 'soon' }), listed],
    'GET GET',
    'retry-after-is-checked',
    {
      waits: [250],
    },
  ),
  read(
    'A Retry-After beyond totalTimeout fails at once and tells it',
    [status(429, { 'Retry-After': '3600' }), listed],
    'GET',
    'waits-that-do-not-fit-are-not-begun',
    { expects: refused(429, { retryAfter: 3_600_000 }), took: 0 },
  ),
  fault(
    'A write that is refused with 429 is sent again without reading',
    'PUT PUT',
    'rate-limits-did-nothing',
    { api: [status(429), holdsOurs], call: put, expects: { value: ours }, waits: [500] },
  ),
  fault(
    'A write that is always refused with 429 fails without reading',
    'PUT PUT PUT',
    'rate-limits-did-nothing',
    { api: [status(429)], call: put, expects: refused(429, { method: 'PUT' }), waits: [500, 1_000] },
  ),
  fault(
    'A write that is refused with 429 and Retry-After is sent again then',
    'PUT PUT',
    'retry-after-is-obeyed',
    {
      api: [status(429, { 'Retry-After': '20' }), holdsOurs],
      call: put,
      expects: { value: ours },
      waits: [20_000],
    },
  ),
  fault(
    'A script test that is refused with 429 is sent again',
    'POST POST',
    'tests-are-resent-when-surely-not-run',
    { api: [status(429), json(200, claims)], call: test, expects: { value: claims } },
  ),
  fault(
    'A write that is answered 503 with Retry-After is not sent again before',
    'PUT GET PUT',
    'retry-after-is-obeyed',
    {
      api: [status(503, { 'Retry-After': '20' }), holdsBefore, holdsOurs],
      call: put,
      expects: { value: ours },
      tookAtLeast: 20_000,
    },
  ),
];
