import type { Fault } from '../fault.ts';
import { bytes, cut, headOf, json } from '../http.ts';
import { before, claims, configs, holdsBefore, list, listed, ours, put, test, update } from '../subjects.ts';
import type { Script } from '../wire.ts';

const silent: Script = [{ wait: 30_000 }];

/** The bytes of an answer after its head, one at a time, with a pause before each. */
const trickled = (pause: number): Script => [
  { send: headOf(listed) },
  ...[...Buffer.from(listed.body ?? '')].flatMap((byte) => [{ wait: pause }, { send: Uint8Array.of(byte) }]),
];

export const slow: readonly Fault[] = [
  {
    name: 'Headers that never come are waited for in each of three attempts',
    api: [silent],
    call: list,
    expects: { fails: 'TimeoutError', limit: 'attemptTimeout', timeout: 30_000, method: 'GET' },
    requests: 'GET GET GET',
    took: 90_750,
    handling: 'attempts-are-limited-in-time',
  },
  {
    name: 'A read whose headers do not come in time is sent again',
    api: [silent, listed],
    call: list,
    expects: { value: configs },
    requests: 'GET GET',
    waits: [30_250],
    handling: 'attempts-are-limited-in-time',
  },
  {
    name: 'Headers that come late, but in time, are waited for',
    api: [[{ wait: 29_900 }, { send: bytes(listed) }]],
    call: list,
    expects: { value: configs },
    requests: 'GET',
    took: 29_900,
    handling: 'attempts-have-their-time',
  },
  {
    name: 'A body that stops in the middle is waited for no longer than an answer',
    api: [[{ send: cut(listed, 20) }, ...silent], listed],
    call: list,
    expects: { value: configs },
    requests: 'GET GET',
    waits: [30_250],
    handling: 'limits-include-the-body',
  },
  {
    name: 'A body that trickles in is read to its end when it comes in time',
    api: [trickled(100)],
    call: list,
    expects: { value: configs },
    requests: 'GET',
    handling: 'attempts-have-their-time',
  },
  {
    name: 'A body that trickles for too long is given up, however steadily it comes',
    api: [trickled(400), listed],
    call: list,
    expects: { value: configs },
    requests: 'GET GET',
    waits: [30_250],
    handling: 'limits-include-the-body',
  },
  {
    name: 'All attempts together end with totalTimeout, in the middle of one',
    api: [silent],
    options: { totalTimeout: 40_000 },
    call: list,
    expects: { fails: 'TimeoutError', limit: 'totalTimeout', timeout: 40_000 },
    requests: 'GET GET',
    took: 40_000,
    handling: 'calls-are-limited-in-time',
  },
  {
    name: 'totalTimeout ends the wait for a token, too',
    credentials: true,
    token: [silent],
    call: (client) => client.list({ totalTimeout: 5_000 }),
    expects: { fails: 'TimeoutError', limit: 'totalTimeout', timeout: 5_000, path: '/oidc/token' },
    requests: 'token',
    took: 5_000,
    handling: 'waits-for-tokens-count',
  },
  {
    name: 'attemptTimeout of a call is in place of that of the client',
    api: [[{ wait: 2_000 }], listed],
    call: (client) => client.list({ attemptTimeout: 2_000 }),
    expects: { value: configs },
    requests: 'GET GET',
    waits: [2_250],
    handling: 'options-of-a-call-win',
  },
  {
    name: 'A script test that is not answered in time is not sent again: it may have run',
    api: [silent],
    call: test,
    expects: { fails: 'TimeoutError', limit: 'attemptTimeout', method: 'POST' },
    requests: 'POST',
    handling: 'tests-are-not-resent',
  },
  {
    name: 'A slow script test is waited for',
    api: [[{ wait: 6_000 }, { send: bytes(json(200, claims)) }]],
    call: test,
    expects: { value: claims },
    requests: 'POST',
    took: 6_000,
    handling: 'attempts-have-their-time',
  },
  {
    name: 'A write that is not answered in time is read, and sent again since it is not there',
    api: [silent, holdsBefore, json(200, { ...before, script: ours.script })],
    call: update,
    expects: { value: { ...before, script: ours.script } },
    requests: 'PATCH GET PATCH',
    handling: 'unknown-outcomes-are-read',
  },
  {
    name: 'A write whose outcome cannot be read in time says that it is not known',
    api: [silent],
    options: { totalTimeout: 50_000 },
    call: put,
    expects: { fails: 'OutcomeUnknownError', method: 'PUT', cause: 'TimeoutError' },
    requests: 'PUT GET',
    took: 50_000,
    handling: 'failed-reads-leave-it-unknown',
  },
];
