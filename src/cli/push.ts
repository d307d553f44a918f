import type { TenantSettings } from '../deploy/index.ts';
import { type Command, exitCodes, parseArguments, UsageError } from './command.ts';
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

const help = `Usage: logto-jwt-customizer push [plan.json] [--tenant NAME]... [--dry-run] [--yes] [--force]

Deploys the customizers of the folder, or a plan of diff --out. Checks each script, runs it with its samples here and on the
tenant (POST /test), shows the changes and asks. Then it saves what is stored, writes, reads back, and tries what is
stored; after a client-credentials push it also requests a new token. If any of that fails, it restores what was stored.

${folderHelp}
  --dry-run           everything up to the question; nothing is written
  --yes               do not ask
  --force             overwrite changes that were made by hand since the last push, and what the folder does not declare

${credentialsHelp}
Several tenants are pushed to one after another, until the first failure.

Exit codes: 0 done, or nothing to change; 1 refused, or undone because something failed; 2 usage error, nothing was sent;
3 inconclusive, for example because the tenant could not be reached.`;

const options = {
  ...folderOptions,
  ...writeOptions,
  'dry-run': { type: 'boolean', default: false },
} as const;

const run: Command['run'] = async (args) => {
  const { values, positionals } = parseArguments({ args, options, allowPositionals: true });
  const [planFile, ...more] = positionals;
  if (more.length > 0) throw new UsageError('push takes one plan');
  if (planFile !== undefined && values.tenant !== undefined)
    throw new UsageError('a plan names its tenants: leave out --tenant');
  const { LOGTO_TENANT: chosen } = process.env;
  const deploy = await loadDeploy();
  const plan = planFile === undefined ? undefined : await deploy.loadPlan(planFile);
  const tenant = plan === undefined ? values.tenant : Object.keys(plan.tenants);
  if (plan !== undefined && chosen && tenant?.join() !== chosen)
    throw new UsageError(`LOGTO_TENANT is ${chosen}, and the plan is for ${tenant?.join(', ')}`);
  const { project, names } = await openFolder(deploy, { ...values, tenant });
  // What can be known of the last tenant before the first one is written.
  const settings = new Map<string, TenantSettings>();
  for (const name of names) {
    const one = await deploy.tenantSettings(project, name, process.env);
    if (plan === undefined) deploy.assertVariables(project, one);
    settings.set(name, one);
  }
  const write = createWriteOptions(values);
  const pushOptions = { ...write, dryRun: values['dry-run'], ...(plan && { plan }) };
  const code = await onEach(
    deploy,
    names,
    async (name) => deploy.pushTenant(project, settings.get(name) as TenantSettings, pushOptions),
    (result) => result !== 'declined',
  );
  return write.signal.aborted ? exitCodes.undecided : code;
};

export const push: Command = { summary: 'deploy the customizers of this folder to a tenant', help, run };
