import { printable } from '../client/printable.ts';
import { type Command, exitCodes, parseArguments } from './command.ts';
import { ask, canAsk, loadDeploy, openFolder, progress } from './deploy.ts';

const help = `Usage: logto-jwt-customizer init

Creates the files of claims as code in the current folder: logto.config.mts, two typed scripts, a sample, a vitest test, and
a line in .gitignore for .env files. Files that exist stay as they are. Needs Node 22.18 or later.

LOGTO_ENDPOINT, from the environment or .env, becomes the tenant's endpoint in the config. If LOGTO_APP_ID and
LOGTO_APP_SECRET are set as well, init offers to bring the tenant's customizers into the folder, as
logto-jwt-customizer pull does.

Exit codes: 0 done; 2 usage error.`;

const run: Command['run'] = async (args) => {
  parseArguments({ args, options: {} });
  const deploy = await loadDeploy();
  const cwd = process.cwd();
  await deploy.init({
    cwd,
    env: process.env,
    log: (line) => console.log(printable(line)),
    offer: async (endpoint) => {
      if (!canAsk() || !(await ask(`Bring the customizers of ${endpoint} into this folder?`)))
        return undefined;
      const tenants = { production: { endpoint } };
      const empty = { file: '', folder: cwd, config: { tenants, customizers: {} } };
      const tokenTypes = await deploy.storedTokenTypes(
        await deploy.tenantSettings(empty, 'production', process.env),
        progress,
      );
      if (tokenTypes.length === 0) return undefined;
      const pull = async (config: string): Promise<void> => {
        const { project } = await openFolder(deploy, { config });
        const settings = await deploy.tenantSettings(project, 'production', process.env);
        await deploy.pullTenant(project, settings, { log: progress, created: [config] });
      };
      return { tokenTypes, pull };
    },
  });
  return exitCodes.good;
};

export const init: Command = {
  summary: 'create a config, scripts, a sample and a test for claims as code',
  help,
  run,
};
