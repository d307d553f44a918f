import type { Fault } from '../fault.ts';
import { bytes, json, noContent, page } from '../http.ts';
import {
  before,
  claims,
  configs,
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
  {
    name: 'A write that is reset and found is not sent again',
    api: [['reset'], holdsOurs],
    call: put,
    expects: { value: ours },
    requests: 'PUT GET',
    handling: 'what-is-there-was-written',
  },
  {
    name: 'A write that is reset and not found is sent again',
    api: [['reset'], holdsNone, json(201, ours)],
    call: put,
    expects: { value: ours },
    requests: 'PUT GET PUT',
    handling: 'unknown-outcomes-are-read',
  },
  {
    name: 'A write that never gets through fails with its own fault, after a last look',
    api: [['reset'], holdsBefore, ['reset'], holdsBefore, ['reset'], holdsBefore],
    call: put,
    expects: { fails: 'NetworkError', code: 'ECONNRESET', method: 'PUT' },
    requests: 'PUT GET PUT GET PUT GET',
    handling: 'last-attempts-are-read-too',
  },
  {
    name: 'A write whose last attempt got through, unseen, is done',
    api: [['reset'], holdsBefore, ['reset'], holdsBefore, ['reset'], holdsOurs],
    call: put,
    expects: { value: ours },
    requests: 'PUT GET PUT GET PUT GET',
    handling: 'last-attempts-are-read-too',
  },
  {
    name: 'A write that can be neither confirmed nor read says that its outcome is not known',
    api: [['reset']],
    call: put,
    expects: { fails: 'OutcomeUnknownError', method: 'PUT', cause: 'NetworkError' },
    requests: 'PUT GET GET GET',
    handling: 'failed-reads-leave-it-unknown',
  },
  {
    name: 'A write after which the token is refused says that its outcome is not known',
    api: [page(502), json(403, { code: 'auth.forbidden', message: 'Forbidden.' })],
    call: put,
    expects: { fails: 'OutcomeUnknownError', cause: 'RequestRefusedError' },
    requests: 'PUT GET',
    handling: 'failed-reads-leave-it-unknown',
  },
  {
    name: 'A write answered with a page is read, and done when it is there',
    api: [page(200), holdsOurs],
    call: put,
    expects: { value: ours },
    requests: 'PUT GET',
    handling: 'strange-answers-to-writes-are-read',
  },
  {
    name: 'A write answered with an empty 200 is read, and sent again when it is not there',
    api: [{ status: 200 }, holdsBefore, json(200, updated)],
    call: update,
    expects: { value: updated },
    requests: 'PATCH GET PATCH',
    handling: 'strange-answers-to-writes-are-read',
  },
  {
    name: 'A write answered with JSON that is no customizer is not reported as done',
    api: [json(200, { error: 'upstream unavailable' })],
    call: put,
    expects: { fails: 'InvalidResponseError', method: 'PUT', status: 200, pointers: ['/script'] },
    requests: 'PUT',
    handling: 'answers-are-checked',
  },
  {
    name: 'A deletion answered with a page is read, and done when nothing is there',
    api: [page(200), holdsNone],
    call: remove,
    expects: { value: undefined },
    requests: 'DELETE GET',
    handling: 'strange-answers-to-writes-are-read',
  },
  {
    name: 'A deletion that is reset is done when nothing is there',
    api: [['reset'], holdsNone],
    call: remove,
    expects: { value: undefined },
    requests: 'DELETE GET',
    handling: 'what-is-gone-was-deleted',
  },
  {
    name: 'A deletion that is reset is sent again while something is there',
    api: [['reset'], holdsBefore, noContent],
    call: remove,
    expects: { value: undefined },
    requests: 'DELETE GET DELETE',
    handling: 'unknown-outcomes-are-read',
  },
  {
    name: 'A deletion that came through late, after it was read and sent again, is done',
    api: [['reset'], holdsBefore, nothingToDelete, holdsNone],
    call: remove,
    expects: { value: undefined },
    requests: 'DELETE GET DELETE GET',
    handling: 'late-deletions-are-done',
  },
  {
    name: 'A deletion of nothing is refused, and not taken for done',
    api: [nothingToDelete],
    call: remove,
    expects: { fails: 'RequestRefusedError', status: 404, code: 'entity.not_found' },
    requests: 'DELETE',
    handling: 'deletions-of-nothing-are-refused',
  },
  {
    name: 'A write that a proxy answers with 408 is read before it is sent again',
    api: [page(408), holdsBefore, holdsOurs],
    call: put,
    expects: { value: ours },
    requests: 'PUT GET PUT',
    handling: 'unknown-outcomes-are-read',
  },
  {
    name: 'A write that the tenant answers with 500 is read before it is sent again',
    api: [json(500, { message: 'Internal server error.' }), holdsBefore, holdsOurs],
    call: put,
    expects: { value: ours },
    requests: 'PUT GET PUT',
    handling: 'unknown-outcomes-are-read',
  },
  {
    name: 'A write that the tenant refuses is neither read nor sent again',
    api: [json(422, { code: 'entity.invalid_input', message: 'Invalid input.' })],
    call: put,
    expects: { fails: 'RequestRefusedError', status: 422, code: 'entity.invalid_input' },
    requests: 'PUT',
    handling: 'refused-writes-are-final',
  },
  {
    name: 'A write answered with something else than was sent is not reported as done',
    api: [holdsTheirs],
    call: put,
    expects: { fails: 'NotStoredAsSentError', method: 'PUT', pointers: ['/script'] },
    requests: 'PUT',
    handling: 'answers-to-writes-are-compared',
  },
  {
    name: 'A script test that is reset is not sent again: it may have run',
    api: [['reset'], json(200, claims)],
    call: test,
    expects: { fails: 'NetworkError', code: 'ECONNRESET', method: 'POST' },
    requests: 'POST',
    handling: 'tests-are-not-resent',
  },
  {
    name: 'A script test answered with a page is not sent again: it may have run',
    api: [page(200), json(200, claims)],
    call: test,
    expects: { fails: 'UnexpectedResponseError', method: 'POST' },
    requests: 'POST',
    handling: 'tests-are-not-resent',
  },
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
  {
    name: 'A fetch that caches reads does not hide another writer from ifUnchanged',
    api: [holdsBefore, holdsTheirs],
    options: { fetch: cachingFetch },
    call: async (client) => {
      cache.clear();
      const previous = await client.get('access-token');
      return client.put('access-token', ours, { ifUnchanged: previous });
    },
    expects: { fails: 'ConflictError', expected: before, found: theirs },
    requests: 'GET GET',
    handling: 'reads-are-not-cached',
  },
  {
    name: 'ifUnchanged is compared as JSON writes it',
    api: [holdsBefore, holdsOurs],
    call: (client) =>
      client.put('access-token', ours, {
        ifUnchanged: { ...before, tokenSample: undefined } as typeof before,
      }),
    expects: { value: ours },
    requests: 'GET PUT',
    handling: 'if-unchanged-is-json',
  },
  {
    name: 'recheckAfter reads once more, and tells a foreign write over ours',
    api: [holdsOurs, holdsTheirs],
    call: (client) => client.put('access-token', ours, rechecked),
    expects: { fails: 'ConflictError', method: 'PUT', expected: ours, found: theirs, holdsSent: false },
    requests: 'PUT GET',
    waits: [1_000],
    handling: 'writes-are-read-once-more',
  },
  {
    name: 'recheckAfter, of the client, tells a customizer that somebody created after our deletion',
    api: [noContent, holdsTheirs],
    options: rechecked,
    call: remove,
    expects: { fails: 'ConflictError', method: 'DELETE', expected: null, found: theirs, holdsSent: false },
    requests: 'DELETE GET',
    handling: 'writes-are-read-once-more',
  },
  {
    name: 'recheckAfter tells a foreign write that kept the field that was sent',
    api: [json(200, updated), json(200, { ...updated, environmentVariables: { KEY: 'theirs' } })],
    call: (client) => client.update('access-token', { script: ours.script }, rechecked),
    expects: { fails: 'ConflictError', expected: updated, holdsSent: true },
    requests: 'PATCH GET',
    handling: 'writes-are-read-once-more',
  },
  {
    name: 'recheckAfter changes nothing when the customizer is still ours',
    api: [holdsOurs],
    call: (client) => client.put('access-token', ours, rechecked),
    expects: { value: ours },
    requests: 'PUT GET',
    handling: 'writes-are-read-once-more',
  },
  {
    name: 'A write that was carried out and cannot be read once more says so',
    api: [holdsOurs, json(403, { code: 'auth.forbidden', message: 'Forbidden.' })],
    call: (client) => client.put('access-token', ours, rechecked),
    expects: { fails: 'OutcomeUnknownError', method: 'PUT', cause: 'RequestRefusedError' },
    requests: 'PUT GET',
    handling: 'failed-rechecks-are-told',
  },
  {
    name: 'ifUnchanged refuses before it writes when the tenant has another customizer',
    api: [holdsTheirs],
    call: (client) => client.put('access-token', ours, { ifUnchanged: before }),
    expects: { fails: 'ConflictError', expected: before, found: theirs, holdsSent: false },
    requests: 'GET',
    handling: 'changes-are-refused',
  },
  {
    name: 'ifUnchanged refuses before it writes when there is none any more',
    api: [holdsNone],
    call: (client) => client.update('access-token', { script: ours.script }, { ifUnchanged: before }),
    expects: { fails: 'ConflictError', expected: before, found: null },
    requests: 'GET',
    handling: 'changes-are-refused',
  },
  {
    name: 'ifUnchanged: null refuses when somebody created one',
    api: [holdsTheirs],
    call: (client) => client.put('access-token', ours, { ifUnchanged: null }),
    expects: { fails: 'ConflictError', expected: null, found: theirs },
    requests: 'GET',
    handling: 'changes-are-refused',
  },
  {
    name: 'ifUnchanged tells when another customizer is just what would have been written',
    api: [holdsOurs],
    call: (client) => client.put('access-token', ours, { ifUnchanged: before }),
    expects: { fails: 'ConflictError', expected: before, found: ours, holdsSent: true },
    requests: 'GET',
    handling: 'conflicts-tell-what-is-there',
  },
  {
    name: 'ifUnchanged notices another writer who kept the field that was sent',
    api: [holdsBefore, ['reset'], json(200, { ...ours, environmentVariables: { KEY: 'theirs' } })],
    call: (client) => client.update('access-token', { script: ours.script }, { ifUnchanged: before }),
    expects: { fails: 'ConflictError', expected: before, holdsSent: true },
    requests: 'GET PATCH GET',
    handling: 'changes-beside-ours-are-refused',
  },
  {
    name: 'ifUnchanged notices, in the answer of an update, another writer between its read and its write',
    api: [holdsBefore, json(200, { ...ours, environmentVariables: { KEY: 'theirs' } })],
    call: (client) => client.update('access-token', { script: ours.script }, { ifUnchanged: before }),
    expects: { fails: 'ConflictError', expected: before, holdsSent: true },
    requests: 'GET PATCH',
    handling: 'changes-beside-ours-are-refused',
  },
  {
    name: 'ifUnchanged writes nothing when it cannot read',
    api: [page(503)],
    call: (client) => client.put('access-token', ours, { ifUnchanged: before }),
    expects: { fails: 'RequestRefusedError', status: 503, method: 'GET' },
    requests: 'GET GET GET',
    handling: 'guards-that-fail-let-nothing-through',
  },
  {
    name: 'Two updates to one customizer go one after the other, the second after all attempts of the first',
    api: [['reset'], holdsBefore, json(200, updated), json(200, { ...updated, environmentVariables: {} })],
    call: (client) =>
      Promise.all([
        client.update('access-token', { script: ours.script }),
        client.update('access-token', { script: ours.script, environmentVariables: {} }),
      ]),
    expects: { value: [updated, { ...updated, environmentVariables: {} }] },
    requests: 'PATCH GET PATCH PATCH',
    handling: 'writes-go-one-after-another',
  },
  {
    name: 'A write that fails does not keep the next one from being sent',
    api: [json(400, { message: 'no' }), holdsOurs],
    call: async (client) => {
      const [first, second] = await Promise.allSettled([
        client.put('access-token', ours),
        client.put('access-token', ours),
      ]);
      return [first.status, second.status === 'fulfilled' && second.value];
    },
    expects: { value: ['rejected', ours] },
    requests: 'PUT PUT',
    handling: 'failed-writes-let-the-next-one-go',
  },
  {
    name: 'A read does not wait for a write',
    api: [[{ wait: 1_000 }, { send: bytes(holdsOurs) }], listed],
    call: async (client, { arrives }) => {
      const written = client.put('access-token', ours);
      await arrives('PUT');
      return [await client.list(), await written];
    },
    expects: { value: [configs, ours] },
    requests: 'PUT GET',
    waits: [0],
    handling: 'reads-do-not-queue',
  },
];
