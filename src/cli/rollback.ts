import { type Command, exitCodes, parseArguments } from './command.ts';
import {
  createWriteOptions,
  credentialsHelp,
  folderHelp,
  folderOptions,
  loadDeploy,
  onEach,
  openFolder,
  writeOptions,
} from './deploy.ts';

const help = `Usage: logto-jwt-customizer rollback [--tenant NAME]... [--to FILE] [--yes] [--force]

Restores exactly what the last push from this machine replaced. Another rollback undoes it. On another machine, or in CI,
revert the commit and push.

${folderHelp}
  --to FILE           restore a saved state instead, as the output of push names it
  --yes               do not ask
  --force             roll back even if the customizers were changed since that push

${credentialsHelp}

Exit codes: 0 done, or nothing to change; 1 refused, or undone because something failed; 2 usage error; 3 inconclusive.`;

const options = { ...folderOptions, ...writeOptions, to: { type: 'string' } } as const;

const run: Command['run'] = async (args) => {
  const { values } = parseArguments({ args, options });
  const deploy = await loadDeploy();
  const { project, names } = await openFolder(deploy, values);
  const write = createWriteOptions(values);
  const { to } = values;
  const code = await onEach(
    deploy,
    names,
    async (name) =>
      deploy.rollbackTenant(await deploy.tenantSettings(project, name, process.env), {
        ...write,
        ...(to !== undefined && { to }),
      }),
    (result) => result !== 'declined',
  );
  return write.signal.aborted ? exitCodes.undecided : code;
};

export const rollback: Command = { summary: 'restore what the last push replaced', help, run };
