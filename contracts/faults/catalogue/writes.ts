import type { Fault } from '../fault.ts';
import { bytes, json, noContent, page } from '../http.ts';
import {
  before,
  claims,
  configs,
  deleting,
  holdsBefore,
  holdsNone,
  holdsOurs,
  holdsTheirs,
  listed,
  listing,
  ours,
  proves,
  putting,
  testing,
  theirs,
  update,
} from '../subjects.ts';

/** Recording "delete: absent". */
const nothingToDelete = json(404, { code: 'entity.not_found', message: 'The resource does not exist.' });
const updated = { ...before, script: ours.script };

/** What is known of a write that went wrong. `ambiguous/` has the table with a tenant behind the faults. */
export const uncertainWrites: readonly Fault[] = [
  ...proves('what-is-there-was-written', {
    'A write that is reset and found is not sent again': putting('PUT GET', [['reset'], holdsOurs]),
  }),
  ...proves('unknown-outcomes-are-read', {
    'A write that is reset and not found is sent again': putting('PUT GET PUT', [
      ['reset'],
      holdsNone,
      json(201, ours),
    ]),
  }),
  ...proves('last-attempts-are-read-too', {
    'A write that never gets through fails with its own fault, after a last look': putting(
      'PUT GET PUT GET PUT GET',
      [['reset'], holdsBefore, ['reset'], holdsBefore, ['reset'], holdsBefore],
      { expects: { fails: 'NetworkError', code: 'ECONNRESET', method: 'PUT' } },
    ),
    'A write whose last attempt got through, unseen, is done': putting('PUT GET PUT GET PUT GET', [
      ['reset'],
      holdsBefore,
      ['reset'],
      holdsBefore,
      ['reset'],
      holdsOurs,
    ]),
  }),
  ...proves('failed-reads-leave-it-unknown', {
    'A write that can be neither confirmed nor read says that its outcome is not known': putting(
      'PUT GET GET GET',
      [['reset']],
      { expects: { fails: 'OutcomeUnknownError', method: 'PUT', cause: 'NetworkError' } },
    ),
    'A write after which the token is refused says that its outcome is not known': putting(
      'PUT GET',
      [page(502), json(403, { code: 'auth.forbidden', message: 'Forbidden.' })],
      { expects: { fails: 'OutcomeUnknownError', cause: 'RequestRefusedError' } },
    ),
  }),
  ...proves('strange-answers-to-writes-are-read', {
    'A write answered with a page is read, and done when it is there': putting('PUT GET', [
      page(200),
      holdsOurs,
    ]),
    'A write answered with an empty 200 is read, and sent again when it is not there': listing(
      'PATCH GET PATCH',
      [{ status: 200 }, holdsBefore, json(200, updated)],
      { call: update, expects: { value: updated } },
    ),
  }),
  ...proves('answers-are-checked', {
    'A write answered with JSON that is no customizer is not reported as done': putting(
      'PUT',
      [json(200, { error: 'upstream unavailable' })],
      { expects: { fails: 'InvalidResponseError', method: 'PUT', status: 200, pointers: ['/script'] } },
    ),
  }),
  ...proves('strange-answers-to-writes-are-read', {
    'A deletion answered with a page is read, and done when nothing is there': deleting('DELETE GET', [
      page(200),
      holdsNone,
    ]),
  }),
  ...proves('what-is-gone-was-deleted', {
    'A deletion that is reset is done when nothing is there': deleting('DELETE GET', [['reset'], holdsNone]),
  }),
  ...proves('unknown-outcomes-are-read', {
    'A deletion that is reset is sent again while something is there': deleting('DELETE GET DELETE', [
      ['reset'],
      holdsBefore,
      noContent,
    ]),
  }),
  ...proves('late-deletions-are-done', {
    'A deletion that came through late, after it was read and sent again, is done': deleting(
      'DELETE GET DELETE GET',
      [['reset'], holdsBefore, nothingToDelete, holdsNone],
    ),
  }),
  ...proves('deletions-of-nothing-are-refused', {
    'A deletion of nothing is refused, and not taken for done': deleting('DELETE', [nothingToDelete], {
      expects: { fails: 'RequestRefusedError', status: 404, code: 'entity.not_found' },
    }),
  }),
  ...proves('unknown-outcomes-are-read', {
    'A write that a proxy answers with 408 is read before it is sent again': putting('PUT GET PUT', [
      page(408),
      holdsBefore,
      holdsOurs,
    ]),
    'A write that the tenant answers with 500 is read before it is sent again': putting('PUT GET PUT', [
      json(500, { message: 'Internal server error.' }),
      holdsBefore,
      holdsOurs,
    ]),
  }),
  ...proves('refused-writes-are-final', {
    'A write that the tenant refuses is neither read nor sent again': putting(
      'PUT',
      [json(422, { code: 'entity.invalid_input', message: 'Invalid input.' })],
      { expects: { fails: 'RequestRefusedError', status: 422, code: 'entity.invalid_input' } },
    ),
  }),
  ...proves('answers-to-writes-are-compared', {
    'A write answered with something else than was sent is not reported as done': putting(
      'PUT',
      [holdsTheirs],
      { expects: { fails: 'NotStoredAsSentError', method: 'PUT', pointers: ['/script'] } },
    ),
  }),
  ...proves('tests-are-not-resent', {
    'A script test that is reset is not sent again: it may have run': testing(
      'POST',
      [['reset'], json(200, claims)],
      { expects: { fails: 'NetworkError', code: 'ECONNRESET', method: 'POST' } },
    ),
    'A script test answered with a page is not sent again: it may have run': testing(
      'POST',
      [page(200), json(200, claims)],
      { expects: { fails: 'UnexpectedResponseError', method: 'POST' } },
    ),
  }),
];

/** Somebody else writes, too. */
/** As frameworks patch `fetch`: it answers reads from before, unless it is told not to. */
const cache = new Map<string, string>();
const cachingFetch = async (url: string, init: RequestInit): Promise<Response> => {
  if (init.method !== 'GET' || init.cache === 'no-store') return fetch(url, init);
  const text = cache.get(url) ?? (await (await fetch(url, init)).text());
  cache.set(url, text);
  return new Response(text, { headers: { 'content-type': 'application/json' } });
};

const rechecked = { recheckAfter: 1_000 };

export const otherWriters: readonly Fault[] = [
  ...proves('reads-are-not-cached', {
    'A fetch that caches reads does not hide another writer from ifUnchanged': listing(
      'GET GET',
      [holdsBefore, holdsTheirs],
      {
        options: { fetch: cachingFetch },
        call: async (client) => {
          cache.clear();
          const previous = await client.get('access-token');
          return client.put('access-token', ours, { ifUnchanged: previous });
        },
        expects: { fails: 'ConflictError', expected: before, found: theirs },
      },
    ),
  }),
  ...proves('if-unchanged-is-json', {
    'ifUnchanged is compared as JSON writes it': listing('GET PUT', [holdsBefore, holdsOurs], {
      call: (client) =>
        client.put('access-token', ours, {
          ifUnchanged: { ...before, tokenSample: undefined } as typeof before,
        }),
      expects: { value: ours },
    }),
  }),
  ...proves('writes-are-read-once-more', {
    'recheckAfter reads once more, and tells a foreign write over ours': listing(
      'PUT GET',
      [holdsOurs, holdsTheirs],
      {
        call: (client) => client.put('access-token', ours, rechecked),
        expects: { fails: 'ConflictError', method: 'PUT', expected: ours, found: theirs, holdsSent: false },
        waits: [1_000],
      },
    ),
    'recheckAfter, of the client, tells a customizer that somebody created after our deletion': deleting(
      'DELETE GET',
      [noContent, holdsTheirs],
      {
        options: rechecked,
        expects: {
          fails: 'ConflictError',
          method: 'DELETE',
          expected: null,
          found: theirs,
          holdsSent: false,
        },
      },
    ),
    'recheckAfter tells a foreign write that kept the field that was sent': listing(
      'PATCH GET',
      [json(200, updated), json(200, { ...updated, environmentVariables: { KEY: 'theirs' } })],
      {
        call: (client) => client.update('access-token', { script: ours.script }, rechecked),
        expects: { fails: 'ConflictError', expected: updated, holdsSent: true },
      },
    ),
    'recheckAfter changes nothing when the customizer is still ours': listing('PUT GET', [holdsOurs], {
      call: (client) => client.put('access-token', ours, rechecked),
      expects: { value: ours },
    }),
  }),
  ...proves('failed-rechecks-are-told', {
    'A write that was carried out and cannot be read once more says so': listing(
      'PUT GET',
      [holdsOurs, json(403, { code: 'auth.forbidden', message: 'Forbidden.' })],
      {
        call: (client) => client.put('access-token', ours, rechecked),
        expects: { fails: 'OutcomeUnknownError', method: 'PUT', cause: 'RequestRefusedError' },
      },
    ),
  }),
  ...proves('changes-are-refused', {
    'ifUnchanged refuses before it writes when the tenant has another customizer': listing(
      'GET',
      [holdsTheirs],
      {
        call: (client) => client.put('access-token', ours, { ifUnchanged: before }),
        expects: { fails: 'ConflictError', expected: before, found: theirs, holdsSent: false },
      },
    ),
    'ifUnchanged refuses before it writes when there is none any more': listing('GET', [holdsNone], {
      call: (client) => client.update('access-token', { script: ours.script }, { ifUnchanged: before }),
      expects: { fails: 'ConflictError', expected: before, found: null },
    }),
    'ifUnchanged: null refuses when somebody created one': listing('GET', [holdsTheirs], {
      call: (client) => client.put('access-token', ours, { ifUnchanged: null }),
      expects: { fails: 'ConflictError', expected: null, found: theirs },
    }),
  }),
  ...proves('conflicts-tell-what-is-there', {
    'ifUnchanged tells when another customizer is just what would have been written': listing(
      'GET',
      [holdsOurs],
      {
        call: (client) => client.put('access-token', ours, { ifUnchanged: before }),
        expects: { fails: 'ConflictError', expected: before, found: ours, holdsSent: true },
      },
    ),
  }),
  ...proves('changes-beside-ours-are-refused', {
    'ifUnchanged notices another writer who kept the field that was sent': listing(
      'GET PATCH GET',
      [holdsBefore, ['reset'], json(200, { ...ours, environmentVariables: { KEY: 'theirs' } })],
      {
        call: (client) => client.update('access-token', { script: ours.script }, { ifUnchanged: before }),
        expects: { fails: 'ConflictError', expected: before, holdsSent: true },
      },
    ),
    'ifUnchanged notices, in the answer of an update, another writer between its read and its write': listing(
      'GET PATCH',
      [holdsBefore, json(200, { ...ours, environmentVariables: { KEY: 'theirs' } })],
      {
        call: (client) => client.update('access-token', { script: ours.script }, { ifUnchanged: before }),
        expects: { fails: 'ConflictError', expected: before, holdsSent: true },
      },
    ),
  }),
  ...proves('guards-that-fail-let-nothing-through', {
    'ifUnchanged writes nothing when it cannot read': listing('GET GET GET', [page(503)], {
      call: (client) => client.put('access-token', ours, { ifUnchanged: before }),
      expects: { fails: 'RequestRefusedError', status: 503, method: 'GET' },
    }),
  }),
  ...proves('writes-go-one-after-another', {
    'Two updates to one customizer go one after the other, the second after all attempts of the first':
      listing(
        'PATCH GET PATCH PATCH',
        [['reset'], holdsBefore, json(200, updated), json(200, { ...updated, environmentVariables: {} })],
        {
          call: (client) =>
            Promise.all([
              client.update('access-token', { script: ours.script }),
              client.update('access-token', { script: ours.script, environmentVariables: {} }),
            ]),
          expects: { value: [updated, { ...updated, environmentVariables: {} }] },
        },
      ),
  }),
  ...proves('failed-writes-let-the-next-one-go', {
    'A write that fails does not keep the next one from being sent': listing(
      'PUT PUT',
      [json(400, { message: 'no' }), holdsOurs],
      {
        call: async (client) => {
          const [first, second] = await Promise.allSettled([
            client.put('access-token', ours),
            client.put('access-token', ours),
          ]);
          return [first.status, second.status === 'fulfilled' && second.value];
        },
        expects: { value: ['rejected', ours] },
      },
    ),
  }),
  ...proves('reads-do-not-queue', {
    'A read does not wait for a write': listing(
      'PUT GET',
      [[{ wait: 1_000 }, { send: bytes(holdsOurs) }], listed],
      {
        call: async (client, { arrives }) => {
          const written = client.put('access-token', ours);
          await arrives('PUT');
          return [await client.list(), await written];
        },
        expects: { value: [configs, ours] },
        waits: [0],
      },
    ),
  }),
];
