import type { TenantDiff } from '../deploy/index.ts';
import { type Command, exitCodes, parseArguments, UsageError } from './command.ts';
import {
  coloured,
  credentialsHelp,
  folderHelp,
  folderOptions,
  loadDeploy,
  openFolder,
  progress,
  reportRefusal,
} from './deploy.ts';

const help = `Usage: logto-jwt-customizer diff [--tenant NAME]... [--json | --markdown] [--out plan.json]

Shows what a push would change: the script as a unified diff (--- tenant, +++ folder), the samples, environment variables by
name, and what the tenant has and the folder does not declare.

${folderHelp}
  --json              print JSON
  --markdown          print a comment for a pull request
  --out FILE          also try the scripts as push does, and save a plan, which push FILE applies exactly; it has
                      no secret

${credentialsHelp}

Exit codes: 0 no difference, 1 a difference, 2 usage error, 3 inconclusive. (Terraform's -detailed-exitcode uses 2 for a
difference, and 1 for an error.)`;

const options = {
  ...folderOptions,
  json: { type: 'boolean', default: false },
  markdown: { type: 'boolean', default: false },
  out: { type: 'string' },
} as const;

const run: Command['run'] = async (args) => {
  const { values } = parseArguments({ args, options });
  const { json, markdown, out } = values;
  if (json && markdown) throw new UsageError('diff prints --json or --markdown, not both');
  const deploy = await loadDeploy();
  const { project, names } = await openFolder(deploy, values);
  const diffs: Record<string, TenantDiff> = {};
  try {
    for (const name of names)
      diffs[name] = await deploy.diffTenant(
        project,
        await deploy.tenantSettings(project, name, process.env),
        progress,
        out !== undefined,
      );
  } catch (error) {
    return reportRefusal(deploy, error);
  }
  const redact = (text: string): string => Object.values(diffs).reduce((all, one) => one.redact(all), text);
  const changes = Object.fromEntries(Object.entries(diffs).map(([name, one]) => [name, one.changes]));
  if (json) console.log(deploy.renderJson(changes, redact));
  else if (markdown) console.log(redact(deploy.renderMarkdown(changes)));
  else
    for (const [name, one] of Object.entries(changes))
      console.log(coloured(redact(deploy.renderText(name, one)), process.stdout));
  if (out !== undefined) {
    await deploy.savePlan(out, await deploy.planOf(project, diffs));
    progress(`The plan is in ${out}: npx logto-jwt-customizer push ${out}`);
  }
  const isSame = Object.values(changes)
    .flat()
    .every(({ kind }) => kind === 'none');
  return isSame ? exitCodes.good : exitCodes.finding;
};

export const diff: Command = { summary: 'show what a push would change', help, run };
