import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { readSample, tokenTypeOf } from '../claims/check.ts';
import { type CustomizerFailure, type CustomizerRun, runCustomizer } from '../claims/index.ts';
import { printable } from '../client/printable.ts';
import { asUsage, targetFrom } from './check.ts';
import {
  type Command,
  type ExitCode,
  exitCodes,
  parseArguments,
  requirePeers,
  UsageError,
  untilSignal,
} from './command.ts';

const help = `Usage: logto-jwt-customizer run FILE [--sample FILE] [--release X.Y] [--token-type T] [--watch] [--json]

Runs a customizer script once, as a release of Logto does for a token: the claims that the token carries, what POST /test
would respond with where that differs, console output, and the time taken. The script runs with your rights, and its fetch
makes requests.

  --sample FILE   JSON: { "token", "context", "environmentVariables" }, each optional (default: a built-in sample)
  --release X.Y   the release of Logto, for example 1.42 (default: the newest known)
  --token-type T  access-token or client-credentials (default: what the script's annotation or the file's name says)
  --watch         run again when the script or the sample changes
  --json          JSON

Exit codes: 0 the script returned claims or denied the token; 1 it failed; 2 usage error, or a file
cannot be read.`;

const options = {
  sample: { type: 'string' },
  release: { type: 'string' },
  'token-type': { type: 'string' },
  watch: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

type Outcome = CustomizerRun | CustomizerFailure;

const failureOf = ({
  failure: { code, message, file, line, column, source },
}: CustomizerFailure): string[] => [
  code === 'denied' ? `Denied: ${message}` : `Failed (${code}): ${message}`,
  ...(line === undefined ? [] : [`  at ${file}:${line}:${column}`, `    ${source}`]),
];

const textOf = (outcome: Outcome): string => {
  const { logs = [], testResponse, milliseconds } = outcome;
  const isSame =
    testResponse?.status === 200 &&
    outcome.claims !== undefined &&
    isDeepStrictEqual(testResponse.claims, outcome.claims);
  return [
    ...logs.map((line) => `console: ${line}`),
    ...(outcome.failure ? failureOf(outcome) : [JSON.stringify(outcome.claims, null, 2)]),
    ...('lost' in outcome && outcome.lost !== undefined ? [`Lost: ${outcome.lost}`] : []),
    ...(testResponse === undefined || isSame ? [] : [`POST /test: ${JSON.stringify(testResponse)}`]),
    ...(milliseconds === undefined ? [] : [`${milliseconds.toFixed(0)} ms`]),
  ].join('\n');
};

type Values = Parameters<typeof targetFrom>[0] & { sample?: string | undefined; json: boolean };

const runOnce = async (file: string, values: Values): Promise<ExitCode> => {
  const { expect: _, ...sample } = values.sample === undefined ? {} : await readSample(values.sample);
  const { tokenType = tokenTypeOf(file, await readFile(file, 'utf8')), ...release } = targetFrom(values);
  const outcome = await runCustomizer(file, { tokenType, ...sample, ...release });
  console.log(printable(values.json ? JSON.stringify(outcome, null, 2) : textOf(outcome)));
  return outcome.failure && outcome.failure.code !== 'denied' ? exitCodes.finding : exitCodes.good;
};

/** Settles when one of the files changes. It watches their folders: many editors write a new file in place of the old. */
const untilChanged = (files: readonly string[], signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const watchers = files.map((file) =>
      watch(dirname(file), (_, name) => {
        if (name === basename(file)) end();
      }),
    );
    const end = (): void => {
      for (const one of watchers) one.close();
      resolve();
    };
    signal.addEventListener('abort', end, { once: true });
  });

/** Milliseconds. Editors write a file in several steps. */
const settled = 100;

const runAgain = async (file: string, values: Values): Promise<ExitCode> => {
  const stop = untilSignal('Stopped.');
  while (!stop.aborted) {
    const changed = untilChanged([file, ...(values.sample === undefined ? [] : [values.sample])], stop);
    await runOnce(file, values).catch((error: Error) => console.error(printable(error.message)));
    await changed;
    await wait(settled);
  }
  return exitCodes.good;
};

const run = async (args: string[]): Promise<ExitCode> => {
  const { values, positionals } = parseArguments({ args, options, allowPositionals: true });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError('run takes one FILE');
  targetFrom(values);
  requirePeers(['acorn', ...(/\.[cm]?ts$/.test(file) ? ['amaro'] : [])]);
  return values.watch ? runAgain(file, values) : runOnce(file, values).catch(asUsage);
};

export const runCommand: Command = { summary: 'run a customizer script as a release does', help, run };
