import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { newest, startMock } from '../mock/index.ts';
import { type Command, mockPeers, requirePeers, UsageError, untilSignal } from './command.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';

const help = `Usage: logto-jwt-customizer mock [options]

A Logto tenant on this machine: it keeps customizers, judges what is sent, runs scripts and issues tokens with their
claims. Scripts run with your rights: do not let others reach it.

  --port N            the port to listen on, 0 for a free one (default 4010)
  --host HOST         the address to listen on (default 127.0.0.1)
  --release RELEASE   the release of Logto, 1.28 to ${newest} (default: the newest)
  --seed FILE         start from these customizers: JSON, by token type or as GET /api/configs/jwt-customizer answers
  --state FILE        keep the customizers in this file over restarts
  --client ID:SECRET  the client that may have tokens; may be given several times (default: any)
  --resource URL      the indicator of an API of your own that tokens are granted for; may be given several times
  --stateless         answer by the document's examples alone, as Prism does
  --help              this text

A request with Prefer: code=404 or Prefer: example=NAME is answered by Prism with that example.

Ctrl-C ends it. Exit codes: 0 good, 2 wrong use, 3 could not start.`;

const parse = (args: string[]) => {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: 'string', default: '4010' },
        host: { type: 'string', default: '127.0.0.1' },
        release: { type: 'string', default: newest },
        seed: { type: 'string' },
        state: { type: 'string' },
        client: { type: 'string', multiple: true, default: [] },
        resource: { type: 'string', multiple: true, default: [] },
        stateless: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
};

const portOf = (text: string): number => {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new UsageError(`--port takes a whole number from 0 to 65535, not ${text}`);
  return Number(text);
};

const clientOf = (text: string): { id: string; secret: string } => {
  const [, id, secret] = /^([^:]+):(.+)$/s.exec(text) ?? [];
  if (id === undefined || secret === undefined) throw new UsageError('--client takes ID:SECRET');
  return { id, secret };
};

const readSeed = async (path: string): Promise<unknown[]> => {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--seed ${path} cannot be read: ${error.code ?? error.message}`);
  });
  try {
    return JSON.parse(text) as unknown[];
  } catch {
    throw new UsageError(`--seed ${path} is no JSON`);
  }
};

const run = async (args: string[]): Promise<ExitCode> => {
  const { port, host, release, seed, state, client, resource, stateless } = parse(args);
  requirePeers(mockPeers);
  const mock = await startMock({
    port: portOf(port),
    host,
    release,
    ...(seed !== undefined && { seed: await readSeed(seed) }),
    ...(state !== undefined && { stateFile: state }),
    clients: client.map(clientOf),
    resources: resource,
    stateless,
    log: console.log,
  });
  const signal = untilSignal('Ending.');
  console.log(`The mock listens on ${mock.url}. End it with Ctrl-C.`);
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve());
  });
  await mock.close();
  return exitCodes.good;
};

export const mock: Command = {
  summary: "serve Logto's JWT customizer API for development",
  help,
  run,
};
