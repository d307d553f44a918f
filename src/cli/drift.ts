import { parseArgs } from 'node:util';
import { InvalidOptionError } from '../client/index.ts';
import { printable } from '../client/printable.ts';
import {
  type DriftReport,
  driftOf,
  loadEndpoint,
  loadFile,
  loadOurs,
  markdownOf,
  newerThan,
  type Source,
  textOf,
  UnusableFileError,
} from '../drift/index.ts';
import { type Command, UsageError } from './command.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';

const help = `Usage: logto-jwt-customizer drift [--endpoint URL | FILE] [--against FILE | --release X.Y] [--json | --markdown]

What a tenant says of its customizers in GET /api/swagger.json, compared with our document: fields, types, enums,
literals, statuses and operations that are new, gone or changed, and whether a client breaks. In doubt, it does.
Nothing secret is asked for or sent. What the vendor's document is known to say wrongly is listed apart.

  --endpoint URL   the tenant, for example https://my-tenant.logto.app; LOGTO_ENDPOINT unless it or FILE is given
  FILE             a saved swagger.json (JSON) in place of a tenant: the new document
  --against FILE   the old document: a saved swagger.json in place of our document
  --release X.Y    the release of Logto that the tenant has: what our document marks as later is not expected of it
  --json           for machines: version 1 of the format that docs/drift.md describes
  --markdown       for a comment on a pull request

To learn of changes only: save a tenant's swagger.json, and compare --against it.

Exit codes: 0 nothing, or nothing that breaks a client; 1 something may break one; 2 wrong use;
3 could not be decided: no answer, or no OpenAPI document.`;

const parse = (args: string[]) => {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        endpoint: { type: 'string' },
        against: { type: 'string' },
        release: { type: 'string' },
        json: { type: 'boolean' },
        markdown: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
};

/** What is wrong with an argument is wrong use. */
const loaded = async (source: Promise<Source>): Promise<Source> =>
  source.catch((error: unknown) => {
    if (error instanceof InvalidOptionError || error instanceof UnusableFileError)
      throw new UsageError(error.message);
    throw error;
  });

const formats = {
  text: textOf,
  json: (report: DriftReport) => JSON.stringify(report, null, 2),
  markdown: markdownOf,
};

const run = async (args: string[]): Promise<ExitCode> => {
  const { values, positionals } = parse(args);
  const [file, ...more] = positionals;
  if (more.length > 0) throw new UsageError('drift takes one FILE; the old document comes after --against');
  if (file !== undefined && values.endpoint !== undefined)
    throw new UsageError('drift takes --endpoint or FILE, not both');
  if (values.json && values.markdown) throw new UsageError('drift prints --json or --markdown, not both');
  const endpoint = values.endpoint ?? process.env['LOGTO_ENDPOINT'];
  if (file === undefined && !endpoint)
    throw new UsageError('drift needs --endpoint URL, or FILE, or LOGTO_ENDPOINT in the environment');
  if (values.release !== undefined && values.against !== undefined)
    throw new UsageError('--release says what to expect of our document; it has no say in --against');
  if (values.release !== undefined && !/^\d+\.\d+(\.\d+)?$/.test(values.release))
    throw new UsageError(`--release takes a release as in 1.42, not ${values.release}`);
  const ours = await loadOurs(values.release);
  const old = values.against === undefined ? ours : await loaded(loadFile(values.against));
  const now = file === undefined ? await loaded(loadEndpoint(endpoint ?? '')) : await loaded(loadFile(file));
  const newer = values.release === undefined ? undefined : newerThan(now, values.release);
  if (newer !== undefined)
    throw new UsageError(
      `${now.name} is no Logto ${values.release}: it has what came with ${newer}. Give --release ${newer}, or a later one`,
    );
  const report = driftOf(ours, now, old);
  console.log(printable(formats[values.json ? 'json' : values.markdown ? 'markdown' : 'text'](report)));
  return report.breaks ? exitCodes.finding : exitCodes.good;
};

export const drift: Command = {
  summary: "tell where a tenant's own document differs from ours, or from before",
  help,
  run,
};
