import { type Command, parseArguments } from './command.ts';
import {
  credentialsHelp,
  folderHelp,
  folderOptions,
  loadDeploy,
  onEach,
  openFolder,
  progress,
} from './deploy.ts';

const help = `Usage: logto-jwt-customizer pull [--tenant NAME]

Brings the customizers that the config names from a tenant into this folder: the scripts byte for byte (left alone if they are
unchanged pushes), the samples, and the names of environment variables. Values go to .env.<tenant> only. Overwrites
nothing that git could not bring back.

${folderHelp}

${credentialsHelp}

Exit codes: 0 done; 1 edit the config as the output says; 2 usage error, or something would be overwritten;
3 inconclusive.`;

const run: Command['run'] = async (args) => {
  const { values } = parseArguments({ args, options: folderOptions });
  const deploy = await loadDeploy();
  const { project, names } = await openFolder(deploy, values);
  return onEach(
    deploy,
    names,
    async (name) =>
      deploy.pullTenant(project, await deploy.tenantSettings(project, name, process.env), { log: progress }),
    (result) => result !== 'incomplete',
  );
};

export const pull: Command = { summary: 'bring the customizers of a tenant into this folder', help, run };
