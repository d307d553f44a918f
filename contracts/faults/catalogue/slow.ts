import type { Fault } from '../fault.ts';
import { bytes, cut, headOf, json } from '../http.ts';
import {
  before,
  claims,
  holdsBefore,
  listed,
  listing,
  ours,
  proves,
  putting,
  testing,
  update,
} from '../subjects.ts';
import type { Script } from '../wire.ts';

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
