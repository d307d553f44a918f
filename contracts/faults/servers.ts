import { EventEmitter, once } from 'node:events';
import type { FakeClock } from './clock.ts';
import type { Answer, Fault, World } from './fault.ts';
import { kindOf } from './fetches.ts';
import { startFullServer } from './full-server.ts';
import { bytes, type Reply } from './http.ts';
import type { WireRequest } from './request-reader.ts';
import { granted } from './subjects.ts';
import { type Script, startWire, type WireServer } from './wire.ts';

/** The server of a fault, and the one at another origin. */
export interface Servers {
  readonly port: number;
  /** What was asked, in its order: methods, and `token`. */
  readonly arrived: readonly string[];
  /** The other origin. */
  readonly elsewhere: string;
  /** How often it was asked for anything. */
  elsewhereAsked(): number;
  /** Once there was a request of this kind. */
  arrives(kind: string): Promise<void>;
  closeIdle(): Promise<void>;
  /** The client tries again: one that listens `after a fault` does so now. */
  listen(): Promise<void>;
  stop(): Promise<void>;
}

const isScript = (given: Reply | Script): given is Script => Array.isArray(given);

const scriptOf = (answer: Answer, request: WireRequest, world: World): Script => {
  const given = typeof answer === 'function' ? answer(request, world) : answer;
  return isScript(given) ? given : [{ send: bytes(given) }];
};

export const startServers = async (
  fault: Fault,
  world: World,
  clock: FakeClock,
  moved: () => void,
): Promise<Servers> => {
  const arrived: string[] = [];
  const arrivals = new EventEmitter();
  const answers = { api: fault.api ?? [], token: fault.token ?? [granted()] };
  const asked = { api: 0, token: 0 };
  let elsewhereAsked = 0;

  const answer = (request: WireRequest): Script => {
    moved();
    const kind = kindOf(request.method, request.path);
    arrived.push(kind);
    arrivals.emit(kind);
    const which = kind === 'token' ? 'token' : 'api';
    const next = answers[which][Math.min(asked[which], answers[which].length - 1)];
    asked[which] += 1;
    // Nothing is said about it: `arrived` tells that it came.
    return next === undefined ? ['reset'] : scriptOf(next, request, world);
  };
  const wait = async (milliseconds: number): Promise<void> => {
    await clock.advance(milliseconds);
    moved();
  };

  const elsewhere = await startWire({
    answer: () => {
      elsewhereAsked += 1;
      return [{ send: bytes({ headers: { 'Content-Type': 'application/json' }, body: '[]' }) }];
    },
    wait,
  });
  const full = fault.listens === 'full' ? await startFullServer() : undefined;
  let wire: WireServer | undefined = await startWire({ answer, wait });
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
    arrives: async (kind) => {
      if (!arrived.includes(kind)) await once(arrivals, kind);
    },
    closeIdle: async () => wire?.closeIdle(),
    listen: async () => {
      if (fault.listens === 'after a fault') wire ??= await startWire({ answer, wait, port });
    },
    stop: async () => {
      await Promise.all([wire?.stop(), elsewhere.stop(), full?.stop()]);
    },
  };
};
