import type { Expected, Fault } from '../fault.ts';
import { json, page } from '../http.ts';
import { claims, holdsBefore, holdsOurs, listed, listing, proves, putting, testing } from '../subjects.ts';

const status = (code: number, headers: Readonly<Record<string, string>> = {}) =>
  json(code, { message: `the server says ${code}` }, headers);

/** The client's wall clock is a day behind this server's. */
const serverDay = 'Wed, 02 Dec 2026';

const refused = (code: number, fields: Readonly<Record<string, unknown>> = {}): Expected => ({
  fails: 'RequestRefusedError',
  status: code,
  ...fields,
});

/** A server that is not there for the moment. */
export const unavailable: readonly Fault[] = [
  ...proves('reads-retry-passing-refusals', {
    'A burst of 5xx answers is outlasted by a read': listing(
      'GET GET GET',
      [status(500), page(503), listed],
      { waits: [250, 500] },
    ),
    'An HTML 502 of a proxy is read again': listing('GET GET', [page(502), listed]),
    'A 504 of a proxy is read again': listing('GET GET', [page(504), listed]),
  }),
  ...[520, 521, 522, 523, 524, 530].flatMap((code) =>
    proves('reads-retry-passing-refusals', {
      [`A ${code} of Cloudflare is read again`]: listing('GET GET', [page(code), listed]),
    }),
  ),
  ...proves('reads-retry-passing-refusals', {
    'A write that Cloudflare answers with 522 is read, again after another 522': putting('PUT GET GET', [
      page(522),
      page(522),
      holdsOurs,
    ]),
    'A 408 is read again': listing('GET GET', [status(408), listed]),
    'An HTML 502 that stays is an error after three attempts, and not taken for a missing customizer':
      listing('GET GET GET', [page(502)], { expects: refused(502, { method: 'GET', code: undefined }) }),
  }),
  ...proves('pauses-are-limited', {
    'As many retries are made as the options say, with pauses that double up to retry.maxDelay': listing(
      'GET GET GET GET GET GET GET',
      [status(503)],
      { options: { maxRetries: 6 }, expects: refused(503), waits: [250, 500, 1_000, 2_000, 4_000, 4_000] },
    ),
  }),
  ...proves('pauses-double', {
    'The pauses before further attempts double': listing('GET GET GET', [status(503)], {
      expects: refused(503),
      waits: [250, 500],
    }),
  }),
  ...proves('options-are-heeded', {
    'A single attempt is a single request': listing('GET', [status(503), listed], {
      options: { maxRetries: 0 },
      expects: refused(503),
    }),
  }),
  ...[400, 403, 404, 405, 422, 501].flatMap((code) =>
    proves('lasting-refusals-are-final', {
      [`A ${code} would be the same the next time: it is not asked for again`]: listing(
        'GET',
        [status(code)],
        { expects: refused(code) },
      ),
    }),
  ),
  ...proves('tests-are-not-resent', {
    'A script test that a proxy answers with 502 is not sent again: it may have run': testing(
      'POST',
      [page(502), json(200, claims)],
      { expects: refused(502, { method: 'POST' }) },
    ),
  }),
];

/** A server that says when to come back, or does not. */
export const comeBack: readonly Fault[] = [
  ...proves('reads-retry-passing-refusals', {
    'A 429 without Retry-After is read again after a pause': listing('GET GET', [status(429), listed], {
      waits: [500],
    }),
  }),
  ...proves('rate-limits-have-their-pause', {
    'The pause after a 429 is that of retry.rateLimitDelay': listing('GET GET', [status(429), listed], {
      options: { retry: { rateLimitDelay: 4_000 } },
      waits: [2_000],
    }),
  }),
  ...proves('retry-after-is-obeyed', {
    'A 429 with Retry-After is read again then, and not before': listing(
      'GET GET',
      [status(429, { 'Retry-After': '20' }), listed],
      { waits: [20_000] },
    ),
    'A 503 with Retry-After is read again then, and not before': listing(
      'GET GET',
      [page(503, { 'Retry-After': '7' }), listed],
      { waits: [7_000] },
    ),
  }),
  ...proves('retry-after-dates-are-the-servers', {
    'Retry-After as a date is taken by the clock of the server, when ours is a day behind': listing(
      'GET GET',
      [
        status(429, { Date: `${serverDay} 12:00:00 GMT`, 'Retry-After': `${serverDay} 12:00:07 GMT` }),
        listed,
      ],
      { waits: [7_000] },
    ),
    'Retry-After as a date is taken by the clock of the server, when ours is a day ahead': listing(
      'GET GET',
      [
        status(503, {
          Date: `Mon, 30 Nov 2026 12:00:00 GMT`,
          'Retry-After': `Mon, 30 Nov 2026 12:00:07 GMT`,
        }),
        listed,
      ],
      { waits: [7_000] },
    ),
  }),
  ...proves('retry-after-is-checked', {
    'A Retry-After that nobody can read is as none': listing(
      'GET GET',
      [status(503, { 'Retry-After': 'soon' }), listed],
      { waits: [250] },
    ),
  }),
  ...proves('waits-that-do-not-fit-are-not-begun', {
    'A Retry-After beyond totalTimeout fails at once and tells it': listing(
      'GET',
      [status(429, { 'Retry-After': '3600' }), listed],
      { expects: refused(429, { retryAfter: 3_600_000 }), took: 0 },
    ),
  }),
  ...proves('rate-limits-did-nothing', {
    'A write that is refused with 429 is sent again without reading': putting(
      'PUT PUT',
      [status(429), holdsOurs],
      { waits: [500] },
    ),
    'A write that is always refused with 429 fails without reading': putting('PUT PUT PUT', [status(429)], {
      expects: refused(429, { method: 'PUT' }),
      waits: [500, 1_000],
    }),
  }),
  ...proves('retry-after-is-obeyed', {
    'A write that is refused with 429 and Retry-After is sent again then': putting(
      'PUT PUT',
      [status(429, { 'Retry-After': '20' }), holdsOurs],
      { waits: [20_000] },
    ),
  }),
  ...proves('tests-are-resent-when-surely-not-run', {
    'A script test that is refused with 429 is sent again': testing('POST POST', [
      status(429),
      json(200, claims),
    ]),
  }),
  ...proves('retry-after-is-obeyed', {
    'A write that is answered 503 with Retry-After is not sent again before': putting(
      'PUT GET PUT',
      [status(503, { 'Retry-After': '20' }), holdsBefore, holdsOurs],
      { tookAtLeast: 20_000 },
    ),
  }),
];
