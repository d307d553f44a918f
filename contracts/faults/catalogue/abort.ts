import type { Fault, World } from '../fault.ts';
import { bytes, cut, page } from '../http.ts';
import {
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
  type Row,
  remove,
  restore,
  test,
  update,
} from '../subjects.ts';
import type { Step } from '../wire.ts';

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
