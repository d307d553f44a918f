import type { Fault } from '../fault.ts';
import { bytes, json, noContent, page } from '../http.ts';
import {
  before,
  claims,
  configs,
  fault,
  holdsBefore,
  holdsNone,
  holdsOurs,
  holdsTheirs,
  listed,
  ours,
  put,
  remove,
  test,
  theirs,
  update,
} from '../subjects.ts';

/** Recording "delete: absent". */
const nothingToDelete = json(404, { code: 'entity.not_found', message: 'The resource does not exist.' });
const updated = { ...before, script: ours.script };

/** What is known of a write that went wrong. `ambiguous/` has the table with a tenant behind the faults. */
export const uncertainWrites: readonly Fault[] = [
  fault('A write that is reset and found is not sent again', 'PUT GET', 'what-is-there-was-written', {
    api: [['reset'], holdsOurs],
    call: put,
    expects: { value: ours },
  }),
  fault('A write that is reset and not found is sent again', 'PUT GET PUT', 'unknown-outcomes-are-read', {
    api: [['reset'], holdsNone, json(201, ours)],
    call: put,
    expects: { value: ours },
  }),
  fault(
    'A write that never gets through fails with its own fault, after a last look',
    'PUT GET PUT GET PUT GET',
    'last-attempts-are-read-too',
    {
      api: [['reset'], holdsBefore, ['reset'], holdsBefore, ['reset'], holdsBefore],
      call: put,
      expects: { fails: 'NetworkError', code: 'ECONNRESET', method: 'PUT' },
    },
  ),
  fault(
    'A write whose last attempt got through, unseen, is done',
    'PUT GET PUT GET PUT GET',
    'last-attempts-are-read-too',
    {
      api: [['reset'], holdsBefore, ['reset'], holdsBefore, ['reset'], holdsOurs],
      call: put,
      expects: { value: ours },
    },
  ),
  fault(
    'A write that can be neither confirmed nor read says that its outcome is not known',
    'PUT GET GET GET',
    'failed-reads-leave-it-unknown',
    {
      api: [['reset']],
      call: put,
      expects: { fails: 'OutcomeUnknownError', method: 'PUT', cause: 'NetworkError' },
    },
  ),
  fault(
    'A write after which the token is refused says that its outcome is not known',
    'PUT GET',
    'failed-reads-leave-it-unknown',
    {
      api: [page(502), json(403, { code: 'auth.forbidden', message: 'Forbidden.' })],
      call: put,
      expects: { fails: 'OutcomeUnknownError', cause: 'RequestRefusedError' },
    },
  ),
  fault(
    'A write answered with a page is read, and done when it is there',
    'PUT GET',
    'strange-answers-to-writes-are-read',
    { api: [page(200), holdsOurs], call: put, expects: { value: ours } },
  ),
  fault(
    'A write answered with an empty 200 is read, and sent again when it is not there',
    'PATCH GET PATCH',
    'strange-answers-to-writes-are-read',
    { api: [{ status: 200 }, holdsBefore, json(200, updated)], call: update, expects: { value: updated } },
  ),
  fault(
    'A write answered with JSON that is no customizer is not reported as done',
    'PUT',
    'answers-are-checked',
    {
      api: [json(200, { error: 'upstream unavailable' })],
      call: put,
      expects: { fails: 'InvalidResponseError', method: 'PUT', status: 200, pointers: ['/script'] },
    },
  ),
  fault(
    'A deletion answered with a page is read, and done when nothing is there',
    'DELETE GET',
    'strange-answers-to-writes-are-read',
    { api: [page(200), holdsNone], call: remove, expects: { value: undefined } },
  ),
  fault('A deletion that is reset is done when nothing is there', 'DELETE GET', 'what-is-gone-was-deleted', {
    api: [['reset'], holdsNone],
    call: remove,
    expects: { value: undefined },
  }),
  fault(
    'A deletion that is reset is sent again while something is there',
    'DELETE GET DELETE',
    'unknown-outcomes-are-read',
    { api: [['reset'], holdsBefore, noContent], call: remove, expects: { value: undefined } },
  ),
  fault(
    'A deletion that came through late, after it was read and sent again, is done',
    'DELETE GET DELETE GET',
    'late-deletions-are-done',
    {
      api: [['reset'], holdsBefore, nothingToDelete, holdsNone],
      call: remove,
      expects: { value: undefined },
    },
  ),
  fault(
    'A deletion of nothing is refused, and not taken for done',
    'DELETE',
    'deletions-of-nothing-are-refused',
    {
      api: [nothingToDelete],
      call: remove,
      expects: { fails: 'RequestRefusedError', status: 404, code: 'entity.not_found' },
    },
  ),
  fault(
    'A write that a proxy answers with 408 is read before it is sent again',
    'PUT GET PUT',
    'unknown-outcomes-are-read',
    { api: [page(408), holdsBefore, holdsOurs], call: put, expects: { value: ours } },
  ),
  fault(
    'A write that the tenant answers with 500 is read before it is sent again',
    'PUT GET PUT',
    'unknown-outcomes-are-read',
    {
      api: [json(500, { message: 'Internal server error.' }), holdsBefore, holdsOurs],
      call: put,
      expects: { value: ours },
    },
  ),
  fault('A write that the tenant refuses is neither read nor sent again', 'PUT', 'refused-writes-are-final', {
    api: [json(422, { code: 'entity.invalid_input', message: 'Invalid input.' })],
    call: put,
    expects: { fails: 'RequestRefusedError', status: 422, code: 'entity.invalid_input' },
  }),
  fault(
    'A write answered with something else than was sent is not reported as done',
    'PUT',
    'answers-to-writes-are-compared',
    {
      api: [holdsTheirs],
      call: put,
      expects: { fails: 'NotStoredAsSentError', method: 'PUT', pointers: ['/script'] },
    },
  ),
  fault('A script test that is reset is not sent again: it may have run', 'POST', 'tests-are-not-resent', {
    api: [['reset'], json(200, claims)],
    call: test,
    expects: { fails: 'NetworkError', code: 'ECONNRESET', method: 'POST' },
  }),
  fault(
    'A script test answered with a page is not sent again: it may have run',
    'POST',
    'tests-are-not-resent',
    {
      api: [page(200), json(200, claims)],
      call: test,
      expects: { fails: 'UnexpectedAnswerError', method: 'POST' },
    },
  ),
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
  fault(
    'A fetch that caches reads does not hide another writer from ifUnchanged',
    'GET GET',
    'reads-are-not-cached',
    {
      api: [holdsBefore, holdsTheirs],
      options: { fetch: cachingFetch },
      call: async (client) => {
        cache.clear();
        const previous = await client.get('access-token');
        return client.put('access-token', ours, { ifUnchanged: previous });
      },
      expects: { fails: 'ConflictError', expected: before, found: theirs },
    },
  ),
  fault('ifUnchanged is compared as JSON writes it', 'GET PUT', 'if-unchanged-is-json', {
    api: [holdsBefore, holdsOurs],
    call: (client) =>
      client.put('access-token', ours, {
        ifUnchanged: { ...before, tokenSample: undefined } as typeof before,
      }),
    expects: { value: ours },
  }),
  fault(
    'recheckAfter reads once more, and tells a foreign write over ours',
    'PUT GET',
    'writes-are-read-once-more',
    {
      api: [holdsOurs, holdsTheirs],
      call: (client) => client.put('access-token', ours, rechecked),
      expects: { fails: 'ConflictError', method: 'PUT', expected: ours, found: theirs, holdsSent: false },
      waits: [1_000],
    },
  ),
  fault(
    'recheckAfter, of the client, tells a customizer that somebody created after our deletion',
    'DELETE GET',
    'writes-are-read-once-more',
    {
      api: [noContent, holdsTheirs],
      options: rechecked,
      call: remove,
      expects: { fails: 'ConflictError', method: 'DELETE', expected: null, found: theirs, holdsSent: false },
    },
  ),
  fault(
    'recheckAfter tells a foreign write that kept the field that was sent',
    'PATCH GET',
    'writes-are-read-once-more',
    {
      api: [json(200, updated), json(200, { ...updated, environmentVariables: { KEY: 'theirs' } })],
      call: (client) => client.update('access-token', { script: ours.script }, rechecked),
      expects: { fails: 'ConflictError', expected: updated, holdsSent: true },
    },
  ),
  fault(
    'recheckAfter changes nothing when the customizer is still ours',
    'PUT GET',
    'writes-are-read-once-more',
    {
      api: [holdsOurs],
      call: (client) => client.put('access-token', ours, rechecked),
      expects: { value: ours },
    },
  ),
  fault(
    'A write that was carried out and cannot be read once more says so',
    'PUT GET',
    'failed-rechecks-are-told',
    {
      api: [holdsOurs, json(403, { code: 'auth.forbidden', message: 'Forbidden.' })],
      call: (client) => client.put('access-token', ours, rechecked),
      expects: { fails: 'OutcomeUnknownError', method: 'PUT', cause: 'RequestRefusedError' },
    },
  ),
  fault(
    'ifUnchanged refuses before it writes when the tenant has another customizer',
    'GET',
    'changes-are-refused',
    {
      api: [holdsTheirs],
      call: (client) => client.put('access-token', ours, { ifUnchanged: before }),
      expects: { fails: 'ConflictError', expected: before, found: theirs, holdsSent: false },
    },
  ),
  fault('ifUnchanged refuses before it writes when there is none any more', 'GET', 'changes-are-refused', {
    api: [holdsNone],
    call: (client) => client.update('access-token', { script: ours.script }, { ifUnchanged: before }),
    expects: { fails: 'ConflictError', expected: before, found: null },
  }),
  fault('ifUnchanged: null refuses when somebody created one', 'GET', 'changes-are-refused', {
    api: [holdsTheirs],
    call: (client) => client.put('access-token', ours, { ifUnchanged: null }),
    expects: { fails: 'ConflictError', expected: null, found: theirs },
  }),
  fault(
    'ifUnchanged tells when another customizer is just what would have been written',
    'GET',
    'conflicts-tell-what-is-there',
    {
      api: [holdsOurs],
      call: (client) => client.put('access-token', ours, { ifUnchanged: before }),
      expects: { fails: 'ConflictError', expected: before, found: ours, holdsSent: true },
    },
  ),
  fault(
    'ifUnchanged notices another writer who kept the field that was sent',
    'GET PATCH GET',
    'changes-beside-ours-are-refused',
    {
      api: [holdsBefore, ['reset'], json(200, { ...ours, environmentVariables: { KEY: 'theirs' } })],
      call: (client) => client.update('access-token', { script: ours.script }, { ifUnchanged: before }),
      expects: { fails: 'ConflictError', expected: before, holdsSent: true },
    },
  ),
  fault(
    'ifUnchanged notices, in the answer of an update, another writer between its read and its write',
    'GET PATCH',
    'changes-beside-ours-are-refused',
    {
      api: [holdsBefore, json(200, { ...ours, environmentVariables: { KEY: 'theirs' } })],
      call: (client) => client.update('access-token', { script: ours.script }, { ifUnchanged: before }),
      expects: { fails: 'ConflictError', expected: before, holdsSent: true },
    },
  ),
  fault(
    'ifUnchanged writes nothing when it cannot read',
    'GET GET GET',
    'guards-that-fail-let-nothing-through',
    {
      api: [page(503)],
      call: (client) => client.put('access-token', ours, { ifUnchanged: before }),
      expects: { fails: 'RequestRefusedError', status: 503, method: 'GET' },
    },
  ),
  fault(
    'Two updates to one customizer go one after the other, the second after all attempts of the first',
    'PATCH GET PATCH PATCH',
    'writes-go-one-after-another',
    {
      api: [['reset'], holdsBefore, json(200, updated), json(200, { ...updated, environmentVariables: {} })],
      call: (client) =>
        Promise.all([
          client.update('access-token', { script: ours.script }),
          client.update('access-token', { script: ours.script, environmentVariables: {} }),
        ]),
      expects: { value: [updated, { ...updated, environmentVariables: {} }] },
    },
  ),
  fault(
    'A write that fails does not keep the next one from being sent',
    'PUT PUT',
    'failed-writes-let-the-next-one-go',
    {
      api: [json(400, { message: 'no' }), holdsOurs],
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
  fault('A read does not wait for a write', 'PUT GET', 'reads-do-not-queue', {
    api: [[{ wait: 1_000 }, { send: bytes(holdsOurs) }], listed],
    call: async (client, { arrives }) => {
      const written = client.put('access-token', ours);
      await arrives('PUT');
      return [await client.list(), await written];
    },
    expects: { value: [configs, ours] },
    waits: [0],
  }),
];
