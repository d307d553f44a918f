/** What the commands of claims as code share. */
import { createInterface } from 'node:readline/promises';
import util from 'node:util';
import { printable } from '../client/printable.ts';
import type { Project, WriteOptions } from '../deploy/index.ts';
import { textOf } from './check.ts';
import { type ExitCode, exitCodes, requirePeers, UsageError, untilBroken, untilSignal } from './command.ts';

export type Deploy = typeof import('../deploy/index.ts');

export const folderOptions = {
  config: { type: 'string', short: 'c' },
  tenant: { type: 'string', short: 't', multiple: true },
} as const;

export const folderHelp = `  -t, --tenant NAME   a tenant of the config; can be repeated (default: LOGTO_TENANT, or the only tenant)
  -c, --config FILE   default: logto.config.mts, .ts, .mjs or .js in this folder`;

export const credentialsHelp = `LOGTO_APP_ID, LOGTO_APP_SECRET and the values of environment variables come from the process environment, then
.env.<tenant>, then .env. Needs Node 22.18 or later, acorn, eslint-scope, and amaro for TypeScript.`;

/** Progress, apart from the results on stdout. */
export const progress = (line: string): void => console.error(printable(line));

/** @throws {UsageError} for a Node without type stripping, `fs.glob` or `util.diff` */
export const requireNode = (version: string): void => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 18))
    throw new UsageError(`this command needs Node 22.18 or later, not ${version}`);
};

/** A diff in colour on a terminal, unless NO_COLOR is set. */
export const coloured = (text: string, stream: NodeJS.WriteStream): string =>
  text.replace(/^[+-].*$/gm, (line) =>
    util.styleText(line.startsWith('+') ? 'green' : 'red', line, { stream }),
  );

/** On an older Node, not even its modules load. */
export const loadDeploy = async (): Promise<Deploy> => {
  requireNode(process.versions.node);
  return import('../deploy/index.ts');
};

/** The peers that build and check the scripts of a project. */
const requireScriptPeers = ({ config }: Project): void => {
  const scripts = Object.values(config.customizers).flatMap((one) => (one ? [one.script] : []));
  const isTypeScript = scripts.some((script) => /\.[cm]?ts$/.test(script));
  requirePeers(['acorn', 'eslint-scope', ...(isTypeScript ? ['amaro'] : [])]);
};

/**
 * The config, and the tenants that the command is for.
 *
 * @param isForAll Whether the command is for all tenants if none is named.
 */
export const openFolder = async (
  deploy: Deploy,
  { config, tenant = [] }: { config?: string | undefined; tenant?: string[] | undefined },
  isForAll = false,
): Promise<{ project: Project; names: string[] }> => {
  const project = await deploy.loadProject(config, process.cwd());
  requireScriptPeers(project);
  const isAll = isForAll && tenant.length === 0 && !process.env['LOGTO_TENANT'];
  return {
    project,
    names: isAll ? Object.keys(project.config.tenants) : deploy.selectTenants(project, tenant, process.env),
  };
};

/** Whether there is someone to ask. */
export const canAsk = (): boolean => process.stdin.isTTY && process.stderr.isTTY;

/** Asks on the terminal. Ctrl-C ends the command. */
export const ask = async (question: string, signal?: AbortSignal): Promise<boolean> => {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  prompt.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const closed = new Promise<string>((resolve) => prompt.once('close', () => resolve('')));
  try {
    const asked = prompt.question(`${printable(question)} [y/N] `, { ...(signal && { signal }) });
    return /^y(es)?$/i.test((await Promise.race([asked, closed])).trim());
  } catch (error) {
    if (signal?.aborted) return false;
    throw error;
  } finally {
    prompt.close();
  }
};

export const writeOptions = {
  yes: { type: 'boolean', default: false },
  force: { type: 'boolean', default: false },
} as const;

export const createWriteOptions = ({ yes, force }: { yes: boolean; force: boolean }): WriteOptions => {
  const ending = 'stopping. What was written is undone, which can take some seconds.';
  const signal = AbortSignal.any([untilSignal(`\nInterrupted: ${ending}`), untilBroken(ending)]);
  return {
    force,
    signal,
    log: progress,
    show: (text) => console.error(coloured(text, process.stderr)),
    assertCanConfirm: () => {
      if (!yes && !canAsk())
        throw new UsageError('nothing was written: without a terminal to confirm, this command needs --yes');
    },
    confirm: async (question) => yes || ask(question, signal),
  };
};

/**
 * Prints what was found, and the message.
 *
 * @throws any other error
 */
export const reportRefusal = ({ RefusedPushError }: Deploy, error: unknown): ExitCode => {
  if (!(error instanceof RefusedPushError)) throw error;
  for (const finding of error.findings) console.error(textOf(finding));
  console.error(printable(error.message));
  return exitCodes.finding;
};

/**
 * Runs an action on one tenant after another, stops at the first that fails, and prints a table of what became of each.
 *
 * @param isGood Whether a result is what was asked for.
 */
export const onEach = async <T extends string>(
  deploy: Deploy,
  names: readonly string[],
  action: (name: string) => Promise<T>,
  isGood: (result: T) => boolean,
): Promise<ExitCode> => {
  const results = new Map<string, string>(names.map((name) => [name, 'not reached']));
  let code: ExitCode = exitCodes.good;
  try {
    for (const name of names) {
      results.set(name, 'failed');
      const result = await action(name);
      results.set(name, result);
      if (isGood(result)) continue;
      code = exitCodes.finding;
      break;
    }
  } catch (error) {
    code = reportRefusal(deploy, error);
  } finally {
    const width = Math.max(...names.map(({ length }) => length));
    for (const [name, result] of results) console.log(printable(`${name.padEnd(width)}  ${result}`));
  }
  return code;
};
