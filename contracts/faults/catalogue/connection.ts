import type { Fault } from '../fault.ts';
import { bytes, chunk, cut, headOf, json } from '../http.ts';
import {
  before,
  configs,
  fault,
  get,
  holdsBefore,
  holdsNone,
  holdsOurs,
  list,
  listed,
  ours,
  put,
  test,
  twice,
} from '../subjects.ts';

/** No connection: whatever was asked, the tenant has not done it. */
export const noConnection: readonly Fault[] = [
  fault('What is no HTTP is an error without what came', 'GET GET GET', 'causes-hold-no-bytes', {
    api: [[{ send: `planted-access-token ${'planted-variable'.repeat(3)}\r\n\r\n` }]],
    expects: { fails: 'NetworkError', cause: 'TypeError' },
  }),
  fault('A body that stops being HTTP is an error without what came', 'GET GET GET', 'causes-hold-no-bytes', {
    api: [
      [
        { send: headOf({ length: 'none', headers: { 'Transfer-Encoding': 'chunked' } }) },
        { send: 'planted-access-token planted-variable\r\n' },
      ],
    ],
    expects: { fails: 'NetworkError', cause: 'TypeError' },
  }),
  fault(
    'A read at a port where nothing listens is tried three times',
    'GET GET GET',
    'reads-retry-network-faults',
    {
      listens: 'never',
      expects: {
        fails: 'NetworkError',
        code: 'ECONNREFUSED',
        method: 'GET',
        path: '/api/configs/jwt-customizer',
      },
      arrived: '',
      waits: [250, 500],
    },
  ),
  fault(
    'A read that is refused a connection is answered once somebody listens',
    'GET GET',
    'reads-retry-network-faults',
    { listens: 'after a fault', api: [listed], arrived: 'GET' },
  ),
  fault(
    'A write that is refused a connection is sent again without reading',
    'PUT PUT',
    'refused-connections-did-nothing',
    { listens: 'after a fault', api: [holdsOurs], call: put, expects: { value: ours }, arrived: 'PUT' },
  ),
  fault(
    'A write that is never given a connection fails without reading',
    'PUT PUT PUT',
    'refused-connections-did-nothing',
    {
      listens: 'never',
      call: put,
      expects: { fails: 'NetworkError', code: 'ECONNREFUSED', method: 'PUT' },
      arrived: '',
    },
  ),
  fault(
    'A script test that is refused a connection is sent again',
    'POST POST',
    'tests-are-resent-when-surely-not-run',
    {
      listens: 'after a fault',
      api: [json(200, { plan: 'pro' })],
      call: test,
      expects: { value: { plan: 'pro' } },
      arrived: 'POST',
    },
  ),
  fault('A host without an address is an error that says so', 'GET GET GET', 'network-errors-name-the-code', {
    names: ['ENOTFOUND'],
    expects: { fails: 'NetworkError', code: 'ENOTFOUND' },
    arrived: '',
  }),
  fault(
    'A read whose host cannot be looked up for a moment is answered',
    'GET GET',
    'reads-retry-network-faults',
    { names: ['EAI_AGAIN', 'found'], api: [listed], arrived: 'GET' },
  ),
  fault(
    'A write whose host has no address for a moment is sent again without reading',
    'PUT PUT',
    'missing-names-did-nothing',
    { names: ['ENOTFOUND', 'found'], api: [holdsOurs], call: put, expects: { value: ours }, arrived: 'PUT' },
  ),
  fault(
    'A write whose host cannot be looked up for a moment is sent again without reading',
    'PUT PUT',
    'failed-look-ups-did-nothing',
    { names: ['EAI_AGAIN', 'found'], api: [holdsOurs], call: put, expects: { value: ours }, arrived: 'PUT' },
  ),
  fault(
    'A write that nobody accepts the connection of is sent again without reading',
    'PUT PUT PUT',
    'connect-time-outs-did-nothing',
    {
      listens: 'full',
      call: put,
      expects: { fails: 'NetworkError', code: 'UND_ERR_CONNECT_TIMEOUT' },
      arrived: '',
    },
  ),
];

const chunked = headOf({
  length: 'none',
  headers: { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' },
});

/** A connection that ends, or does not speak HTTP. */
export const cutConnections: readonly Fault[] = [
  fault('A read that is reset before its answer is sent again', 'GET GET', 'reads-retry-network-faults', {
    api: [['reset'], listed],
    waits: [250],
  }),
  fault(
    'A read that is always reset is an error with the code of the system',
    'GET GET GET',
    'network-errors-name-the-code',
    { api: [['reset']], expects: { fails: 'NetworkError', code: 'ECONNRESET' } },
  ),
  fault(
    'A read whose connection is closed before its answer is sent again',
    'GET GET GET',
    'reads-retry-network-faults',
    { api: [['close'], ['close'], listed] },
  ),
  fault('A read that is reset within the headers is sent again', 'GET GET', 'reads-retry-network-faults', {
    api: [[{ send: headOf(listed).subarray(0, 40) }, 'reset'], listed],
  }),
  fault('A read that is reset in mid-body is sent again', 'GET GET', 'bodies-are-part-of-the-attempt', {
    api: [[{ send: cut(listed, 20) }, 'reset'], listed],
  }),
  fault(
    'A body shorter than its Content-Length is no answer, and read again',
    'GET GET',
    'bodies-are-part-of-the-attempt',
    { api: [[{ send: cut(listed, 1) }, 'close'], listed] },
  ),
  fault(
    'A body that is always shorter than its Content-Length is an error',
    'GET GET GET',
    'bodies-are-part-of-the-attempt',
    {
      api: [[{ send: cut(listed, 1) }, 'close']],
      expects: { fails: 'NetworkError', code: 'UND_ERR_SOCKET' },
    },
  ),
  fault(
    'A chunked body without its last chunk is no answer, although its JSON is whole',
    'GET GET',
    'bodies-are-part-of-the-attempt',
    { api: [[{ send: chunked }, { send: chunk(JSON.stringify(configs)) }, 'close'], listed] },
  ),
  fault(
    'Chunks of no length that is a number are no answer',
    'GET GET GET',
    'bodies-are-part-of-the-attempt',
    { api: [[{ send: chunked }, { send: 'zz\r\n[]\r\n' }]], expects: { fails: 'NetworkError' } },
  ),
  fault('Headers that are too long are no answer', 'GET GET GET', 'network-errors-name-the-code', {
    api: [[{ send: headOf({ ...listed, headers: { 'X-Long': 'x'.repeat(20_000) } }) }]],
    expects: { fails: 'NetworkError', code: 'UND_ERR_HEADERS_OVERFLOW' },
  }),
  fault('A server that does not speak HTTP is an error', 'GET GET GET', 'reads-retry-network-faults', {
    api: [[{ send: 'SSH-2.0-OpenSSH_9.2\r\n' }]],
    expects: { fails: 'NetworkError' },
  }),
];

const closesAfter = (reply: typeof listed) => [{ send: bytes(reply) }, 'close'] as const;

/** Connections that are kept from one call to the next. */
export const keptConnections: readonly Fault[] = [
  fault(
    'A kept connection that the server closes between two calls costs the next read an attempt, and no more',
    'GET GET GET',
    'reads-retry-network-faults',
    {
      api: [closesAfter(listed), ['reset'], listed],
      call: twice(list),
      expects: { value: [configs, configs] },
    },
  ),
  fault(
    'A write on a kept connection that is reset is read, and sent again since it is not there',
    'GET PUT GET PUT',
    'unknown-outcomes-are-read',
    {
      api: [holdsBefore, ['reset'], holdsBefore, holdsOurs],
      call: async (client, world) => [await get(client, world), await put(client, world)],
      expects: { value: [before, ours] },
    },
  ),
  fault(
    'A write on a kept connection that is reset is read, and done when it is there',
    'GET PUT GET',
    'what-is-there-was-written',
    {
      api: [holdsNone, ['reset'], holdsOurs],
      call: async (client, world) => [await get(client, world), await put(client, world)],
      expects: { value: [undefined, ours] },
    },
  ),
];
