import type { RawClientOptions } from '../../src/client/raw.ts';
import { fakeClock, settle, startWatch, wallStart } from './clock.ts';
import type { Fault, Outcome, World } from './fault.ts';
import { type ClientModule, observe } from './observe.ts';
import { hostName, plantNames, type Servers, startServers } from './servers.ts';
import { credentials, secrets } from './subjects.ts';

/** Longer than undici waits for a connection. */
const connectTimeout = 12_000;

/**
 * Plays one fault to one client.
 *
 * @param patience - real milliseconds in which something must move, or the call hangs
 */
export const runFault = async (fault: Fault, module: ClientModule, patience: number): Promise<Outcome> => {
  const clock = fakeClock();
  const watch = startWatch(patience);
  const controller = new AbortController();
  const givenUp = Object.assign(new Error('the caller gave up'), { name: 'GivenUp' });
  let servers: Servers | undefined;
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
