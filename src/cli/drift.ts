import { isLogtoJwtCustomizerError } from '../client/index.ts';
import { newestRelease, oldestRelease } from '../compatibility/index.ts';
import { driftOf, normalizeEndpoint, redoclyName, savedDocument, tenantDocument } from '../drift/index.ts';
import {
  type Command,
  exitCodes,
  parseArguments,
  releaseNamed,
  requirePeers,
  UsageError,
} from './command.ts';
import { outputs } from './drift-output.ts';

const help = `Usage: logto-jwt-customizer drift [--endpoint URL | FILE] [--against FILE | --release X.Y] [--json | --markdown | --github]

Compares the OpenAPI document that a tenant publishes (GET /api/swagger.json) with Logto's document of that release, or
with a saved one, and lists what was added, removed and modified, and what breaks clients. Requires ${redoclyName}, which
compares. Needs and sends no token.

  --endpoint URL   the tenant, for example https://my-tenant.logto.app (default: LOGTO_ENDPOINT)
  FILE             a saved swagger.json (JSON) instead of a tenant
  --against FILE   compare with this saved swagger.json
  --release X.Y    compare with the document of this release of Logto (default: the release that the document shows)
  --json           JSON, by the schema drift.schema.json
  --markdown       for a comment on a pull request
  --github         annotations of GitHub Actions

To learn of changes only, save a tenant's swagger.json and compare --against it.

Exit codes: 0 no breaking change; 1 a breaking change; 2 usage error; 3 inconclusive: a document cannot be read, or has
no customizer operation.`;

const options = {
  endpoint: { type: 'string' },
  against: { type: 'string' },
  release: { type: 'string' },
  json: { type: 'boolean', default: false },
  markdown: { type: 'boolean', default: false },
  github: { type: 'boolean', default: false },
} as const;

const ofTenant = async (endpoint: string) => {
  const document = await tenantDocument({ endpoint }).catch((error: Error) => {
    // The client's errors name the path alone.
    throw isLogtoJwtCustomizerError(error) ? new Error(`${endpoint}: ${error.message}`) : error;
  });
  return { name: endpoint, document };
};

const saved = async (file: string) => ({ name: file, document: await savedDocument(file) });

const run: Command['run'] = async (args) => {
  const { values, positionals } = parseArguments({ args, options, allowPositionals: true });
  const [file, ...more] = positionals;
  const { against, release, endpoint = process.env['LOGTO_ENDPOINT'] ?? '' } = values;
  if (more.length > 0)
    throw new UsageError('drift takes one FILE; the one to compare with follows --against');
  if (file !== undefined && values.endpoint !== undefined)
    throw new UsageError('drift takes --endpoint or FILE, not both');
  const [format = 'text', another] = (['json', 'markdown', 'github'] as const).filter((one) => values[one]);
  if (another !== undefined) throw new UsageError(`drift prints --${format} or --${another}, not both`);
  if (file === undefined && endpoint === '')
    throw new UsageError('drift needs --endpoint URL, or FILE, or LOGTO_ENDPOINT in the environment');
  if (release !== undefined && against !== undefined)
    throw new UsageError('drift takes --against or --release, not both');
  const named = release === undefined ? undefined : releaseNamed(release, [oldestRelease, newestRelease]);
  const tenant = file === undefined ? normalizeEndpoint(endpoint) : '';
  requirePeers([redoclyName], '/package.json');
  const now = file === undefined ? await ofTenant(tenant) : await saved(file);
  const report = await driftOf(now, against === undefined ? undefined : await saved(against), named);
  console.log(outputs[format](report));
  return report.counts.breaking > 0 ? exitCodes.finding : exitCodes.good;
};

export const drift: Command = {
  summary: "compare a tenant's own document with that of its release, or with an earlier one",
  help,
  run,
};
