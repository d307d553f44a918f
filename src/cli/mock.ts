import { parseArgs } from 'node:util';
import { startMock } from '../mock/index.ts';
import { type Command, prism, requirePeers, UsageError, untilSignal } from './command.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';

const help = `Usage: logto-jwt-customizer mock [options]

Serves the document with Prism's engine: Logto's JWT customizer API, the token endpoint, and GET /api/swagger.json.

  --port N           the port to listen on, 0 for a free one (default 4010)
  --host HOST        the address to listen on (default 127.0.0.1)
  --client ID:SECRET the client that may have tokens; may be given several times (default: any)
  --help             this text

Ctrl-C ends it. Exit codes: 0 good, 2 wrong use, 3 could not start.`;

const parse = (args: string[]) => {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: 'string', default: '4010' },
        host: { type: 'string', default: '127.0.0.1' },
        client: { type: 'string', multiple: true, default: [] },
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

const run = async (args: string[]): Promise<ExitCode> => {
  requirePeers(prism);
  const { port, host, client } = parse(args);
  const options = { port: portOf(port), host, log: console.log };
  const mock = await startMock(client.length === 0 ? options : { ...options, clients: client.map(clientOf) });
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
