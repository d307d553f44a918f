import type { Fault, World } from '../fault.ts';
import { bytes, cut, headOf, json, page } from '../http.ts';
import {
  before,
  claims,
  configs,
  get,
  granted,
  holdsBefore,
  holdsOurs,
  list,
  listed,
  listing,
  ours,
  proves,
  put,
  putting,
  type Row,
  remove,
  restore,
  test,
  testing,
  update,
} from '../subjects.ts';
import type { Script, Step } from '../wire.ts';

const silent: Script = [{ wait: 30_000 }];

/** The bytes of an answer after its head, one at a time, with a pause before each. */
const trickled = (pause: number): Script => [
  { send: headOf(listed) },
  ...[...Buffer.from(listed.body ?? '')].flatMap((byte) => [{ wait: pause }, { send: Uint8Array.of(byte) }]),
];

export const slow: readonly Fault[] = [
  ...proves('attempts-are-limited-in-time', {
    'Headers that never come are waited for in each of three attempts': listing('GET GET GET', [silent], {
      expects: { fails: 'TimeoutError', limit: 'attemptTimeout', timeout: 30_000, method: 'GET' },
      took: 90_750,
    }),
    'A read whose headers do not come in time is sent again': listing('GET GET', [silent, listed], {
      waits: [30_250],
    }),
  }),
  ...proves('attempts-have-their-time', {
    'Headers that come late, but in time, are waited for': listing(
      'GET',
      [[{ wait: 29_900 }, { send: bytes(listed) }]],
      { took: 29_900 },
    ),
  }),
  ...proves('limits-include-the-body', {
    'A body that stops in the middle is waited for no longer than an answer': listing(
      'GET GET',
      [[{ send: cut(listed, 20) }, ...silent], listed],
      { waits: [30_250] },
    ),
  }),
  ...proves('attempts-have-their-time', {
    'A body that trickles in is read to its end when it comes in time': listing('GET', [trickled(100)]),
  }),
  ...proves('limits-include-the-body', {
    'A body that trickles for too long is given up, however steadily it comes': listing(
      'GET GET',
      [trickled(400), listed],
      { waits: [30_250] },
    ),
  }),
  ...proves('calls-are-limited-in-time', {
    'All attempts together end with totalTimeout, in the middle of one': listing('GET GET', [silent], {
      options: { totalTimeout: 40_000 },
      expects: { fails: 'TimeoutError', limit: 'totalTimeout', timeout: 40_000 },
      took: 40_000,
    }),
  }),
  ...proves('waits-for-tokens-count', {
    'totalTimeout ends the wait for a token, too': listing('token', [], {
      credentials: true,
      token: [silent],
      call: (client) => client.list({ totalTimeout: 5_000 }),
      expects: { fails: 'TimeoutError', limit: 'totalTimeout', timeout: 5_000, path: '/oidc/token' },
      took: 5_000,
    }),
  }),
  ...proves('options-of-a-call-win', {
    'attemptTimeout of a call is in place of that of the client': listing(
      'GET GET',
      [[{ wait: 2_000 }], listed],
      { call: (client) => client.list({ attemptTimeout: 2_000 }), waits: [2_250] },
    ),
  }),
  ...proves('tests-are-not-resent', {
    'A script test that is not answered in time is not sent again: it may have run': testing(
      'POST',
      [silent],
      { expects: { fails: 'TimeoutError', limit: 'attemptTimeout', method: 'POST' } },
    ),
  }),
  ...proves('attempts-have-their-time', {
    'A slow script test is waited for': testing(
      'POST',
      [[{ wait: 6_000 }, { send: bytes(json(200, claims)) }]],
      { took: 6_000 },
    ),
  }),
  ...proves('unknown-outcomes-are-read', {
    'A write that is not answered in time is read, and sent again since it is not there': listing(
      'PATCH GET PATCH',
      [silent, holdsBefore, json(200, { ...before, script: ours.script })],
      { call: update, expects: { value: { ...before, script: ours.script } } },
    ),
  }),
  ...proves('failed-reads-leave-it-unknown', {
    'A write whose outcome cannot be read in time says that it is not known': putting('PUT GET', [silent], {
      options: { totalTimeout: 50_000 },
      expects: { fails: 'OutcomeUnknownError', method: 'PUT', cause: 'TimeoutError' },
      took: 50_000,
    }),
  }),
];

/** A server that is asked, and says nothing; meanwhile the caller gives up. */
const givenUp = (_: unknown, { abort }: World): Step[] => [{ call: abort }, { wait: 60_000 }];

const aborting = (requests: string, more: Partial<Row>): Row => ({
  ...listing(requests),
  expects: { fails: 'AbortError', cause: 'GivenUp' },
  took: 0,
  ...more,
});

/** The caller gives up. Nothing runs afterwards: `judge.ts` holds every fault to that. */
export const aborts: readonly Fault[] = [
  ...proves('aborted-calls-do-not-begin', {
    'A call whose signal is already aborted sends nothing': aborting('', { aborts: 'before', api: [listed] }),
    'A write whose signal is already aborted sends nothing': aborting('', {
      aborts: 'before',
      api: [holdsOurs],
      call: put,
    }),
  }),
  ...proves('aborts-end-requests', {
    'An abort ends a call that waits for its answer': aborting('GET', { api: [givenUp] }),
    'An abort ends the reading of one customizer': aborting('GET', { api: [givenUp], call: get }),
    'An abort ends a script test': aborting('POST', { api: [givenUp], call: test }),
  }),
  ...proves('limits-include-the-body', {
    'An abort ends a call in mid-body': aborting('GET', {
      api: [
        (_, { abort, advance }) => [
          { send: cut(listed, 20) },
          { call: () => advance(100) },
          { call: abort },
          { wait: 60_000 },
        ],
      ],
      took: 100,
    }),
  }),
  ...proves('aborts-end-pauses', {
    'An abort ends the pause before the next attempt': aborting('GET', {
      api: [page(503)],
      aborts: 'on retry',
    }),
    'An abort ends a pause that Retry-After asked for': aborting('GET', {
      api: [page(503, { 'Retry-After': '60' })],
      aborts: 'on retry',
    }),
  }),
  ...[
    { call: put, method: 'PUT' },
    { call: update, method: 'PATCH' },
    { call: remove, method: 'DELETE' },
    { call: restore, method: 'PUT', name: 'restore' },
  ].flatMap(({ call, method, name = method }) =>
    proves('aborts-end-requests', {
      [`A ${name} that is aborted is not read afterwards`]: aborting(method, { api: [givenUp], call }),
    }),
  ),
  ...proves('aborts-end-requests', {
    'An abort ends the reading after a write': aborting('PUT GET', { api: [page(502), givenUp], call: put }),
  }),
  ...proves('aborts-end-waits-for-tokens', {
    'An abort ends the wait for a token, and the API is not asked': aborting('token', {
      credentials: true,
      token: [givenUp],
    }),
  }),
  ...proves('shared-tokens-survive-an-abort', {
    'An abort of one call leaves the token to another that waits for it': listing('token GET', [listed], {
      credentials: true,
      token: [(_, { abort }) => [{ call: abort }, { send: bytes(granted()) }]],
      call: async (client, world) => {
        const first = list(client, world).catch(({ name }) => name);
        return [await client.list(), await first];
      },
      expects: { value: [configs, 'AbortError'] },
    }),
  }),
  ...proves('aborted-writes-leave-the-queue', {
    'A write that is aborted while it waits for another is never sent, and the one after it is': listing(
      'PUT PUT',
      [(_, { abort }) => [{ call: abort }, { wait: 1_000 }, { send: bytes(holdsOurs) }], holdsOurs],
      {
        call: async (client, world) => {
          const first = client.put('access-token', ours);
          const second = remove(client, world).catch(({ name }) => name);
          const third = client.put('access-token', ours);
          return [await second, await first, await third];
        },
        expects: { value: ['AbortError', ours, ours] },
      },
    ),
  }),
  ...proves('failed-writes-let-the-next-one-go', {
    'The write after one that was aborted is sent': listing('PUT PATCH', [givenUp, holdsBefore], {
      call: async (client, world) => {
        const first = put(client, world).catch(({ name }) => name);
        const second = client.update('access-token', { script: '// before' });
        return [await first, await second];
      },
      expects: { value: ['AbortError', JSON.parse(String(holdsBefore.body))] },
    }),
  }),
];
