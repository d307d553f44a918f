import type { Fault, World } from '../fault.ts';
import { bytes, cut, page } from '../http.ts';
import {
  configs,
  fault,
  get,
  granted,
  holdsBefore,
  holdsOurs,
  list,
  listed,
  ours,
  put,
  remove,
  restore,
  test,
  update,
} from '../subjects.ts';
import type { Step } from '../wire.ts';

/** A server that is asked, and says nothing; meanwhile the caller gives up. */
const givenUp = (_: unknown, { abort }: World): Step[] => [{ call: abort }, { wait: 60_000 }];

const aborted = (name: string, requests: string, handling: string, further: Partial<Fault>): Fault =>
  fault(name, requests, handling, {
    expects: { fails: 'AbortError', cause: 'GivenUp' },
    took: 0,
    ...further,
  });

/** The caller gives up. Nothing runs afterwards: `judge.ts` holds every fault to that. */
export const aborts: readonly Fault[] = [
  aborted('A call whose signal is already aborted sends nothing', '', 'aborted-calls-do-not-begin', {
    aborts: 'before',
    api: [listed],
  }),
  aborted('A write whose signal is already aborted sends nothing', '', 'aborted-calls-do-not-begin', {
    aborts: 'before',
    api: [holdsOurs],
    call: put,
  }),
  aborted('An abort ends a call that waits for its answer', 'GET', 'aborts-end-requests', { api: [givenUp] }),
  aborted('An abort ends the reading of one customizer', 'GET', 'aborts-end-requests', {
    api: [givenUp],
    call: get,
  }),
  aborted('An abort ends a script test', 'POST', 'aborts-end-requests', { api: [givenUp], call: test }),
  aborted('An abort ends a call in mid-body', 'GET', 'limits-include-the-body', {
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
  aborted('An abort ends the pause before the next attempt', 'GET', 'aborts-end-pauses', {
    api: [page(503)],
    aborts: 'on retry',
  }),
  aborted('An abort ends a pause that Retry-After asked for', 'GET', 'aborts-end-pauses', {
    api: [page(503, { 'Retry-After': '60' })],
    aborts: 'on retry',
  }),
  ...[
    { call: put, method: 'PUT' },
    { call: update, method: 'PATCH' },
    { call: remove, method: 'DELETE' },
    { call: restore, method: 'PUT', name: 'restore' },
  ].map(({ call, method, name = method }) =>
    aborted(`A ${name} that is aborted is not read afterwards`, method, 'aborts-end-requests', {
      api: [givenUp],
      call,
    }),
  ),
  aborted('An abort ends the reading after a write', 'PUT GET', 'aborts-end-requests', {
    api: [page(502), givenUp],
    call: put,
  }),
  aborted(
    'An abort ends the wait for a token, and the API is not asked',
    'token',
    'aborts-end-waits-for-tokens',
    {
      credentials: true,
      token: [givenUp],
    },
  ),
  fault(
    'An abort of one call leaves the token to another that waits for it',
    'token GET',
    'shared-tokens-survive-an-abort',
    {
      credentials: true,
      token: [(_, { abort }) => [{ call: abort }, { send: bytes(granted()) }]],
      api: [listed],
      call: async (client, world) => {
        const first = list(client, world).catch(({ name }) => name);
        return [await client.list(), await first];
      },
      expects: { value: [configs, 'AbortError'] },
    },
  ),
  fault(
    'A write that is aborted while it waits for another is never sent, and the one after it is',
    'PUT PUT',
    'aborted-writes-leave-the-queue',
    {
      api: [(_, { abort }) => [{ call: abort }, { wait: 1_000 }, { send: bytes(holdsOurs) }], holdsOurs],
      call: async (client, world) => {
        const first = client.put('access-token', ours);
        const second = remove(client, world).catch(({ name }) => name);
        const third = client.put('access-token', ours);
        return [await second, await first, await third];
      },
      expects: { value: ['AbortError', ours, ours] },
    },
  ),
  fault('The write after one that was aborted is sent', 'PUT PATCH', 'failed-writes-let-the-next-one-go', {
    api: [givenUp, holdsBefore],
    call: async (client, world) => {
      const first = put(client, world).catch(({ name }) => name);
      const second = client.update('access-token', { script: '// before' });
      return [await first, await second];
    },
    expects: { value: ['AbortError', JSON.parse(String(holdsBefore.body))] },
  }),
];
