/** The server of a fault, the lookups of its name, and another origin that must never get a request. */
import dns from 'node:dns';
import { EventEmitter, once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import type { RawClientOptions } from '../../src/client/raw.ts';
import { type FakeClock, fakeClock, settle, startWatch, wallStart } from './clock.ts';
import type { Fault, Outcome, Responder, World } from './fault.ts';
import { bytes, type Reply } from './http.ts';
import { type ClientModule, kindOf, observe } from './observe.ts';
import { credentials, granted, secrets } from './subjects.ts';
import { type Script, startWire, type WireRequest, type WireServer } from './wire.ts';

const hostName = 'tenant.test';

type Callback = (error: NodeJS.ErrnoException | null, addresses?: unknown, family?: number) => void;
type Lookup = (host: string, options: dns.LookupOptions, callback: Callback) => void;

const setLookup = (lookup: Lookup): void => {
  dns.lookup = lookup as unknown as typeof dns.lookup;
};

/**
 * Replaces the system's lookups of `hostName`.
 *
 * @returns a function that restores them
 */
const plantNames = (answers: NonNullable<Fault['names']>): (() => void) => {
  const original = dns.lookup as unknown as Lookup;
  let asked = 0;
  const lookup: Lookup = (host, options, callback) => {
    if (host !== hostName) {
      original(host, options, callback);
      return;
    }
    const answer = answers[Math.min(asked, answers.length - 1)] ?? 'found';
    asked += 1;
    process.nextTick(() => {
      if (answer !== 'found') {
        callback(
          Object.assign(new Error(`getaddrinfo ${answer} ${host}`), { code: answer, syscall: 'getaddrinfo' }),
        );
      } else if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
      else callback(null, '127.0.0.1', 4);
    });
  };
  setLookup(lookup);
  return () => setLookup(original);
};

/** A port with a full connection queue and a blocked event loop, so another is neither accepted nor refused. */
const source = `
const { parentPort, workerData } = require('node:worker_threads');
const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  parentPort.postMessage(server.address().port);
  setImmediate(() => Atomics.wait(new Int32Array(workerData), 0, 0));
});`;

/** More than the queue holds. */
const waiting = 8;

const startFullServer = async () => {
  const shared = new SharedArrayBuffer(4);
  const worker = new Worker(source, { eval: true, workerData: shared });
  const [port] = (await once(worker, 'message')) as [number];
  const sockets: Socket[] = [];
  let connected = 0;
  for (let index = 0; index < waiting; index += 1) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.on('connect', () => {
      connected += 1;
    });
    sockets.push(socket);
  }
  // A local connection succeeds immediately or never.
  await once(sockets[0] as Socket, 'connect');
  for (let turns = 0; turns < 50; turns += 1) await new Promise((resolve) => setImmediate(resolve));
  if (connected === waiting) throw new Error(`port ${port} accepts more connections than it was told to`);
  return {
    port,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      Atomics.store(new Int32Array(shared), 0, 1);
      Atomics.notify(new Int32Array(shared), 0);
      await worker.terminate();
    },
  };
};

const isScript = (given: Reply | Script): given is Script => Array.isArray(given);

const scriptOf = (responder: Responder, request: WireRequest, world: World): Script => {
  const given = typeof responder === 'function' ? responder(request, world) : responder;
  return isScript(given) ? given : [{ send: bytes(given) }];
};

/** The server of a fault, and a server at another origin. */
const startServers = async (fault: Fault, world: World, clock: FakeClock, moved: () => void) => {
  const arrived: string[] = [];
  const arrivals = new EventEmitter();
  const answers = { api: fault.api ?? [], token: fault.token ?? [granted()] };
  const asked = { api: 0, token: 0 };
  let elsewhereAsked = 0;

  const respond = (request: WireRequest): Script => {
    moved();
    const kind = kindOf(request.method, request.path);
    arrived.push(kind);
    arrivals.emit(kind);
    const which = kind === 'token' ? 'token' : 'api';
    const next = answers[which][Math.min(asked[which], answers[which].length - 1)];
    asked[which] += 1;
    // There is no event for it: `arrived` reports that it came.
    return next === undefined ? ['reset'] : scriptOf(next, request, world);
  };
  const wait = async (milliseconds: number): Promise<void> => {
    await clock.advance(milliseconds);
    moved();
  };

  const elsewhere = await startWire({
    respond: () => {
      elsewhereAsked += 1;
      return [{ send: bytes({ headers: { 'Content-Type': 'application/json' }, body: '[]' }) }];
    },
    wait,
  });
  const full = fault.listens === 'full' ? await startFullServer() : undefined;
  let wire: WireServer | undefined = await startWire({ respond, wait });
  const port = full?.port ?? wire.port;
  if (fault.listens === 'never' || fault.listens === 'after a fault') {
    await wire.stop();
    wire = undefined;
  }
  return {
    port,
    arrived,
    elsewhere: `http://127.0.0.1:${elsewhere.port}`,
    elsewhereAsked: () => elsewhereAsked,
    /** Resolves when there was a request of this kind. */
    arrives: async (kind: string) => {
      if (!arrived.includes(kind)) await once(arrivals, kind);
    },
    closeIdle: async () => wire?.closeIdle(),
    /** The client retries: a server that listens `after a fault` starts now. */
    listen: async () => {
      if (fault.listens === 'after a fault') wire ??= await startWire({ respond, wait, port });
    },
    stop: async () => {
      await Promise.all([wire?.stop(), elsewhere.stop(), full?.stop()]);
    },
  };
};

/** Longer than undici waits for a connection. */
const connectTimeout = 12_000;

/**
 * Runs one fault with one client.
 *
 * @param patience - real milliseconds without progress after which the call counts as hanging
 */
export const runFault = async (fault: Fault, module: ClientModule, patience: number): Promise<Outcome> => {
  const clock = fakeClock();
  const watch = startWatch(patience);
  const controller = new AbortController();
  const givenUp = Object.assign(new Error('the caller gave up'), { name: 'GivenUp' });
  let servers: Awaited<ReturnType<typeof startServers>> | undefined;
  const endpointOf = (port: number): string =>
    `http://${fault.names === undefined ? '127.0.0.1' : hostName}:${port}`;
  const options = {
    ...(fault.names && { allowHttp: true }),
    ...(fault.credentials ? credentials : { getToken: () => secrets.token }),
    ...fault.options,
  };
  const world: World = {
    signal: controller.signal,
    abort: () => controller.abort(givenUp),
    advance: (milliseconds) => clock.advance(milliseconds),
    leap: (milliseconds) => clock.leap(milliseconds),
    shiftWall: (milliseconds) => clock.setWall(wallStart + milliseconds),
    arrives: async (kind) => servers?.arrives(kind),
    closeIdle: async () => servers?.closeIdle(),
    get raw() {
      return module.createRawClient({ endpoint: endpointOf(server.port), ...options } as RawClientOptions);
    },
    get elsewhere() {
      return servers?.elsewhere ?? '';
    },
  };
  servers = await startServers(fault, world, clock, watch.moved);
  const server = servers;
  const putNamesBack = plantNames(fault.names ?? ['found']);
  const pass = async (milliseconds: number): Promise<void> => {
    await clock.advance(milliseconds);
    watch.moved();
  };
  if (fault.aborts === 'before') world.abort();
  try {
    const { result, made, took, wrongs } = await observe(
      {
        module,
        clock,
        watch,
        endpoint: endpointOf(server.port),
        options,
        onFetch: () => {
          if (fault.listens === 'full') void pass(connectTimeout);
        },
        onRetry: (delay) => {
          if (fault.aborts === 'on retry') void settle().then(world.abort);
          else void server.listen().then(() => pass(delay));
        },
      },
      (client) => fault.call(client, world),
    );
    const asked = server.elsewhereAsked();
    return {
      result,
      requests: made.map(({ kind }) => kind),
      arrived: server.arrived,
      waits: made.slice(1).map(({ at }, index) => at - (made[index]?.at ?? 0)),
      took,
      wrongs: asked === 0 ? wrongs : [...wrongs, `${asked} requests to another origin`],
    };
  } finally {
    putNamesBack();
    await server.stop();
  }
};
