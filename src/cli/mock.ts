import { readFile } from 'node:fs/promises';
import { newestRelease, oldestRelease } from '../compatibility/index.ts';
import { newest, startMock, startPrism, type TenantUser } from '../mock/index.ts';
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
scripts, and issues tokens with their claims. Scripts run with your permissions: do not expose the mock to others.

  --port N            the port to listen on, 0 for a free one (default 4010)
  --host HOST         the address to listen on (default 127.0.0.1)
  --release RELEASE   the release of Logto, 1.28 to ${newest} (default: the newest)
  --seed FILE         start with the customizers in this JSON file, by token type or as returned by
                      GET /api/configs/jwt-customizer
  --state FILE        keep the customizers in this file across restarts
  --client ID:SECRET  an application that may request tokens; can be repeated (default: any ID and secret)
  --resource URL      also issue tokens for your own API with this resource indicator; can be repeated
  --users FILE        issue tokens to the users in this JSON file: a list in the shape of context.user, each with an id
  --prism             serve the OpenAPI document with Prism's engine: it validates requests and responds with examples.
                      The header "Prefer: code=404, example=NAME" selects one. Keeps no state, runs no scripts, accepts
                      any bearer token. Can be combined only with --port and --host; requires @stoplight/prism-http
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
      users: { type: 'string' },
      prism: { type: 'boolean', default: false },
    },
  }).values;

const clientOf = (text: string): { id: string; secret: string } => {
  const [, id, secret] = /^([^:]+):(.+)$/s.exec(text) ?? [];
  if (id === undefined || secret === undefined) throw new UsageError('--client takes ID:SECRET');
  return { id, secret };
};

const readJson = async (option: string, path: string): Promise<unknown[]> => {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--${option} ${path} cannot be read: ${error.code ?? error.message}`);
  });
  try {
    return parseCustomizersFile(text) as unknown[];
  } catch (error) {
    throw new UsageError(`--${option} ${path} ${(error as Error).message}`);
  }
};

const start = async ({ port, host, prism, ...model }: ReturnType<typeof parse>) => {
  const listening = { port: wholeNumber('--port', port, 0, 65_535), host, log: console.log };
  if (prism) {
    const [option] = Object.keys(model);
    if (option !== undefined)
      throw new UsageError(`--prism can be combined only with --port and --host, not with --${option}`);
    requirePeers([prismName]);
    return startPrism(listening);
  }
  requirePeers([joseName]);
  const { release, seed, state, client = [], resource = [], users } = model;
  return startMock({
    ...listening,
    ...(release !== undefined && { release: releaseNamed(release, [oldestRelease, newestRelease]) }),
    ...(seed !== undefined && { seed: await readJson('seed', seed) }),
    ...(users !== undefined && { users: (await readJson('users', users)) as TenantUser[] }),
    ...(state !== undefined && { stateFile: state }),
    clients: client.map(clientOf),
    resources: resource,
  });
};

/** How to get a token. */
const invitation = (url: string, clients: readonly string[] = []): string => {
  const ids = clients.map((client) => client.split(':')[0]);
  const resource = 'https://default.logto.app/api';
  const form = `-d grant_type=client_credentials -d resource=${resource} -d scope=all`;
  return [
    `Endpoint: ${url}`,
    `Resource indicator of the Management API: ${resource}`,
    ids.length === 0 ? 'Any client id with any secret gets tokens.' : `Clients: ${ids.join(', ')}`,
    `A token: curl -u ${ids[0] ?? 'any-id'}:${ids.length === 0 ? 'any-secret' : 'SECRET'} ${form} ${url}/oidc/token`,
  ].join('\n');
};

const run: Command['run'] = async (args) => {
  const options = parse(args);
  const mock = await start(options);
  const signal = untilSignal('Stopping.');
  console.log(`The mock listens on ${mock.url}. Stop it with Ctrl-C.`);
  if (!options.prism) console.log(invitation(mock.url, options.client));
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve());
  });
  await mock.close();
  return exitCodes.good;
};

export const mock: Command = { summary: "serve Logto's JWT customizer API for development", help, run };
