import { readFile } from 'node:fs/promises';
import { newestRelease, oldestRelease } from '../compatibility/index.ts';
import { newest, startMock, startPrism } from '../mock/index.ts';
import { parseCustomizersFile } from '../mock/json-file.ts';
import {
  type Command,
  exitCodes,
  joseName,
  parseArguments,
  prismName,
  releaseNamed,
  requirePeers,
  UsageError,
  untilSignal,
  wholeNumber,
} from './command.ts';

const help = `Usage: logto-jwt-customizer mock [options]

Starts a mock of a Logto tenant on this machine. It stores customizers, returns the same validation errors as Logto, runs
scripts, and issues tokens with their claims. Scripts run with your rights: do not let others reach it.

  --port N            the port to listen on, 0 for a free one (default 4010)
  --host HOST         the address to listen on (default 127.0.0.1)
  --release RELEASE   the release of Logto, 1.28 to ${newest} (default: the newest)
  --seed FILE         start from these customizers: JSON, by token type or as GET /api/configs/jwt-customizer returns them
  --state FILE        keep the customizers in this file across restarts
  --client ID:SECRET  a client that gets tokens; can be repeated (default: any client)
  --resource URL      the resource indicator of your own API, for which tokens are granted; can be repeated
  --prism             respond from the OpenAPI document by Prism's engine, not from the model: Prism validates and chooses
                      an example, also by Prefer: code=404, example=NAME; no state, no scripts, any bearer token. Takes
                      --port and --host alone; needs @stoplight/prism-http
  --help              this text

Ctrl-C stops it. Exit codes: 0 success, 2 usage error, 3 could not start.`;

const parse = (args: string[]) =>
  parseArguments({
    args,
    options: {
      port: { type: 'string', default: '4010' },
      host: { type: 'string', default: '127.0.0.1' },
      release: { type: 'string' },
      seed: { type: 'string' },
      state: { type: 'string' },
      client: { type: 'string', multiple: true },
      resource: { type: 'string', multiple: true },
      prism: { type: 'boolean', default: false },
    },
  }).values;

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
    return parseCustomizersFile(text) as unknown[];
  } catch (error) {
    throw new UsageError(`--seed ${path} ${(error as Error).message}`);
  }
};

const start = async ({ port, host, prism, ...model }: ReturnType<typeof parse>) => {
  const listening = { port: wholeNumber('--port', port, 0, 65_535), host, log: console.log };
  if (prism) {
    const [option] = Object.keys(model);
    if (option !== undefined)
      throw new UsageError(`--prism takes --port and --host alone, not --${option}: it keeps no state`);
    requirePeers([prismName]);
    return startPrism(listening);
  }
  requirePeers([joseName]);
  const { release, seed, state, client = [], resource = [] } = model;
  return startMock({
    ...listening,
    ...(release !== undefined && { release: releaseNamed(release, [oldestRelease, newestRelease]) }),
    ...(seed !== undefined && { seed: await readSeed(seed) }),
    ...(state !== undefined && { stateFile: state }),
    clients: client.map(clientOf),
    resources: resource,
  });
};

const run: Command['run'] = async (args) => {
  const mock = await start(parse(args));
  const signal = untilSignal('Ending.');
  console.log(`The mock listens on ${mock.url}. End it with Ctrl-C.`);
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve());
  });
  await mock.close();
  return exitCodes.good;
};

export const mock: Command = { summary: "serve Logto's JWT customizer API for development", help, run };
