import type { Fault } from '../fault.ts';
import { bytes, cut, headOf, json } from '../http.ts';
import { before, claims, fault, holdsBefore, listed, ours, put, test, update } from '../subjects.ts';
import type { Script } from '../wire.ts';

const silent: Script = [{ wait: 30_000 }];

/** The bytes of an answer after its head, one at a time, with a pause before each. */
const trickled = (pause: number): Script => [
  { send: headOf(listed) },
  ...[...Buffer.from(listed.body ?? '')].flatMap((byte) => [{ wait: pause }, { send: Uint8Array.of(byte) }]),
];

export const slow: readonly Fault[] = [
  fault(
    'Headers that never come are waited for in each of three attempts',
    'GET GET GET',
    'attempts-are-limited-in-time',
    {
      api: [silent],
      expects: { fails: 'TimeoutError', limit: 'attemptTimeout', timeout: 30_000, method: 'GET' },
      took: 90_750,
    },
  ),
  fault('A read whose headers do not come in time is sent again', 'GET GET', 'attempts-are-limited-in-time', {
    api: [silent, listed],
    waits: [30_250],
  }),
  fault('Headers that come late, but in time, are waited for', 'GET', 'attempts-have-their-time', {
    api: [[{ wait: 29_900 }, { send: bytes(listed) }]],
    took: 29_900,
  }),
  fault(
    'A body that stops in the middle is waited for no longer than an answer',
    'GET GET',
    'limits-include-the-body',
    { api: [[{ send: cut(listed, 20) }, ...silent], listed], waits: [30_250] },
  ),
  fault(
    'A body that trickles in is read to its end when it comes in time',
    'GET',
    'attempts-have-their-time',
    { api: [trickled(100)] },
  ),
  fault(
    'A body that trickles for too long is given up, however steadily it comes',
    'GET GET',
    'limits-include-the-body',
    { api: [trickled(400), listed], waits: [30_250] },
  ),
  fault(
    'All attempts together end with totalTimeout, in the middle of one',
    'GET GET',
    'calls-are-limited-in-time',
    {
      api: [silent],
      options: { totalTimeout: 40_000 },
      expects: { fails: 'TimeoutError', limit: 'totalTimeout', timeout: 40_000 },
      took: 40_000,
    },
  ),
  fault('totalTimeout ends the wait for a token, too', 'token', 'waits-for-tokens-count', {
    credentials: true,
    token: [silent],
    call: (client) => client.list({ totalTimeout: 5_000 }),
    expects: { fails: 'TimeoutError', limit: 'totalTimeout', timeout: 5_000, path: '/oidc/token' },
    took: 5_000,
  }),
  fault('attemptTimeout of a call is in place of that of the client', 'GET GET', 'options-of-a-call-win', {
    api: [[{ wait: 2_000 }], listed],
    call: (client) => client.list({ attemptTimeout: 2_000 }),
    waits: [2_250],
  }),
  fault(
    'A script test that is not answered in time is not sent again: it may have run',
    'POST',
    'tests-are-not-resent',
    {
      api: [silent],
      call: test,
      expects: { fails: 'TimeoutError', limit: 'attemptTimeout', method: 'POST' },
    },
  ),
  fault('A slow script test is waited for', 'POST', 'attempts-have-their-time', {
    api: [[{ wait: 6_000 }, { send: bytes(json(200, claims)) }]],
    call: test,
    expects: { value: claims },
    took: 6_000,
  }),
  fault(
    'A write that is not answered in time is read, and sent again since it is not there',
    'PATCH GET PATCH',
    'unknown-outcomes-are-read',
    {
      api: [silent, holdsBefore, json(200, { ...before, script: ours.script })],
      call: update,
      expects: { value: { ...before, script: ours.script } },
    },
  ),
  fault(
    'A write whose outcome cannot be read in time says that it is not known',
    'PUT GET',
    'failed-reads-leave-it-unknown',
    {
      api: [silent],
      options: { totalTimeout: 50_000 },
      call: put,
      expects: { fails: 'OutcomeUnknownError', method: 'PUT', cause: 'TimeoutError' },
      took: 50_000,
    },
  ),
];
