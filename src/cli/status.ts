import { printable } from '../client/printable.ts';
import type { TokenTypeStatus } from '../deploy/index.ts';
import { type Command, type ExitCode, exitCodes, parseArguments } from './command.ts';
import { credentialsHelp, folderHelp, folderOptions, loadDeploy, openFolder, progress } from './deploy.ts';

const help = `Usage: logto-jwt-customizer status [--tenant NAME]...

One line for each tenant: whether its customizers are in step with the folder, differ, were changed by hand since the last
push, or are absent; and the commit and time of the last push. Undoes a push from this machine that was interrupted.

${folderHelp.replace('LOGTO_TENANT, or the only tenant', 'all of them')}

${credentialsHelp}

Exit codes: 0 all are in step, 1 a difference, 2 usage error, 3 a tenant could not be read.`;

const textOf = ({ tokenType, state, pushed }: TokenTypeStatus): string => {
  const commit = pushed?.commit === undefined ? '' : `${pushed.commit}, `;
  return `${tokenType} ${state}${pushed === undefined ? '' : ` (pushed ${commit}${pushed.time})`}`;
};

const codeOf = (error: string): ExitCode =>
  error === 'ConfigError'
    ? exitCodes.wrongUse
    : error === 'RefusedPushError'
      ? exitCodes.finding
      : exitCodes.undecided;

const run: Command['run'] = async (args) => {
  const { values } = parseArguments({ args, options: folderOptions });
  const deploy = await loadDeploy();
  const { project, names } = await openFolder(deploy, values, true);
  const width = Math.max(...names.map(({ length }) => length));
  const codes: ExitCode[] = [];
  for (const name of names) {
    const line = async (): Promise<string> => {
      const settings = await deploy.tenantSettings(project, name, process.env);
      const found = await deploy.statusOf(project, settings, progress);
      codes.push(found.every(({ state }) => state === 'in step') ? exitCodes.good : exitCodes.finding);
      return found.map(textOf).join('; ') || 'the config names no customizer';
    };
    const text = await line().catch((error: Error) => {
      codes.push(codeOf(error.name));
      return error.message.replace(`${name}: `, '');
    });
    console.log(printable(`${name.padEnd(width)}  ${text}`));
  }
  return codes.reduce((worst, code) => (code > worst ? code : worst), exitCodes.good);
};

export const status: Command = { summary: 'whether tenants have what this folder declares', help, run };
