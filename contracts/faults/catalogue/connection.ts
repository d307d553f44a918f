import type { Fault } from '../fault.ts';
import { bytes, chunk, cut, headOf, json } from '../http.ts';
import {
  before,
  configs,
  get,
  holdsBefore,
  holdsNone,
  holdsOurs,
  list,
  listed,
  listing,
  ours,
  proves,
  put,
  putting,
  testing,
  twice,
} from '../subjects.ts';

/** No connection: whatever was asked, the tenant has not done it. */
export const noConnection: readonly Fault[] = [
  ...proves('causes-hold-no-bytes', {
    'What is no HTTP is an error without what came': listing(
      'GET GET GET',
      [[{ send: `planted-access-token ${'planted-variable'.repeat(3)}\r\n\r\n` }]],
      { expects: { fails: 'NetworkError', cause: 'TypeError' } },
    ),
    'A body that stops being HTTP is an error without what came': listing(
      'GET GET GET',
      [
        [
          { send: headOf({ length: 'none', headers: { 'Transfer-Encoding': 'chunked' } }) },
          { send: 'planted-access-token planted-variable\r\n' },
        ],
      ],
      { expects: { fails: 'NetworkError', cause: 'TypeError' } },
    ),
  }),
  ...proves('reads-retry-network-faults', {
    'A read at a port where nothing listens is tried three times': listing('GET GET GET', [], {
      listens: 'never',
      expects: {
        fails: 'NetworkError',
        code: 'ECONNREFUSED',
        method: 'GET',
        path: '/api/configs/jwt-customizer',
      },
      arrived: '',
      waits: [250, 500],
    }),
    'A read that is refused a connection is answered once somebody listens': listing('GET GET', [listed], {
      listens: 'after a fault',
      arrived: 'GET',
    }),
  }),
  ...proves('refused-connections-did-nothing', {
    'A write that is refused a connection is sent again without reading': putting('PUT PUT', [holdsOurs], {
      listens: 'after a fault',
      arrived: 'PUT',
    }),
    'A write that is never given a connection fails without reading': putting('PUT PUT PUT', [], {
      listens: 'never',
      expects: { fails: 'NetworkError', code: 'ECONNREFUSED', method: 'PUT' },
      arrived: '',
    }),
  }),
  ...proves('tests-are-resent-when-surely-not-run', {
    'A script test that is refused a connection is sent again': testing(
      'POST POST',
      [json(200, { plan: 'pro' })],
      { listens: 'after a fault', expects: { value: { plan: 'pro' } }, arrived: 'POST' },
    ),
  }),
  ...proves('network-errors-name-the-code', {
    'A host without an address is an error that says so': listing('GET GET GET', [], {
      names: ['ENOTFOUND'],
      expects: { fails: 'NetworkError', code: 'ENOTFOUND' },
      arrived: '',
    }),
  }),
  ...proves('reads-retry-network-faults', {
    'A read whose host cannot be looked up for a moment is answered': listing('GET GET', [listed], {
      names: ['EAI_AGAIN', 'found'],
      arrived: 'GET',
    }),
  }),
  ...proves('missing-names-did-nothing', {
    'A write whose host has no address for a moment is sent again without reading': putting(
      'PUT PUT',
      [holdsOurs],
      { names: ['ENOTFOUND', 'found'], arrived: 'PUT' },
    ),
  }),
  ...proves('failed-look-ups-did-nothing', {
    'A write whose host cannot be looked up for a moment is sent again without reading': putting(
      'PUT PUT',
      [holdsOurs],
      { names: ['EAI_AGAIN', 'found'], arrived: 'PUT' },
    ),
  }),
  ...proves('connect-time-outs-did-nothing', {
    'A write that nobody accepts the connection of is sent again without reading': putting(
      'PUT PUT PUT',
      [],
      { listens: 'full', expects: { fails: 'NetworkError', code: 'UND_ERR_CONNECT_TIMEOUT' }, arrived: '' },
    ),
  }),
];

const chunked = headOf({
  length: 'none',
  headers: { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' },
});

/** A connection that ends, or does not speak HTTP. */
export const cutConnections: readonly Fault[] = [
  ...proves('reads-retry-network-faults', {
    'A read that is reset before its answer is sent again': listing('GET GET', [['reset'], listed], {
      waits: [250],
    }),
  }),
  ...proves('network-errors-name-the-code', {
    'A read that is always reset is an error with the code of the system': listing(
      'GET GET GET',
      [['reset']],
      { expects: { fails: 'NetworkError', code: 'ECONNRESET' } },
    ),
  }),
  ...proves('reads-retry-network-faults', {
    'A read whose connection is closed before its answer is sent again': listing('GET GET GET', [
      ['close'],
      ['close'],
      listed,
    ]),
    'A read that is reset within the headers is sent again': listing('GET GET', [
      [{ send: headOf(listed).subarray(0, 40) }, 'reset'],
      listed,
    ]),
  }),
  ...proves('bodies-are-part-of-the-attempt', {
    'A read that is reset in mid-body is sent again': listing('GET GET', [
      [{ send: cut(listed, 20) }, 'reset'],
      listed,
    ]),
    'A body shorter than its Content-Length is no answer, and read again': listing('GET GET', [
      [{ send: cut(listed, 1) }, 'close'],
      listed,
    ]),
    'A body that is always shorter than its Content-Length is an error': listing(
      'GET GET GET',
      [[{ send: cut(listed, 1) }, 'close']],
      { expects: { fails: 'NetworkError', code: 'UND_ERR_SOCKET' } },
    ),
    'A chunked body without its last chunk is no answer, although its JSON is whole': listing('GET GET', [
      [{ send: chunked }, { send: chunk(JSON.stringify(configs)) }, 'close'],
      listed,
    ]),
    'Chunks of no length that is a number are no answer': listing(
      'GET GET GET',
      [[{ send: chunked }, { send: 'zz\r\n[]\r\n' }]],
      { expects: { fails: 'NetworkError' } },
    ),
  }),
  ...proves('network-errors-name-the-code', {
    'Headers that are too long are no answer': listing(
      'GET GET GET',
      [[{ send: headOf({ ...listed, headers: { 'X-Long': 'x'.repeat(20_000) } }) }]],
      { expects: { fails: 'NetworkError', code: 'UND_ERR_HEADERS_OVERFLOW' } },
    ),
  }),
  ...proves('reads-retry-network-faults', {
    'A server that does not speak HTTP is an error': listing(
      'GET GET GET',
      [[{ send: 'SSH-2.0-OpenSSH_9.2\r\n' }]],
      { expects: { fails: 'NetworkError' } },
    ),
  }),
];

const closesAfter = (reply: typeof listed) => [{ send: bytes(reply) }, 'close'] as const;

/** Connections that are kept from one call to the next. */
export const keptConnections: readonly Fault[] = [
  ...proves('reads-retry-network-faults', {
    'A kept connection that the server closes between two calls costs the next read an attempt, and no more':
      listing('GET GET GET', [closesAfter(listed), ['reset'], listed], {
        call: twice(list),
        expects: { value: [configs, configs] },
      }),
  }),
  ...proves('unknown-outcomes-are-read', {
    'A write on a kept connection that is reset is read, and sent again since it is not there': listing(
      'GET PUT GET PUT',
      [holdsBefore, ['reset'], holdsBefore, holdsOurs],
      {
        call: async (client, world) => [await get(client, world), await put(client, world)],
        expects: { value: [before, ours] },
      },
    ),
  }),
  ...proves('what-is-there-was-written', {
    'A write on a kept connection that is reset is read, and done when it is there': listing(
      'GET PUT GET',
      [holdsNone, ['reset'], holdsOurs],
      {
        call: async (client, world) => [await get(client, world), await put(client, world)],
        expects: { value: [undefined, ours] },
      },
    ),
  }),
];
