import { randomInt } from 'node:crypto';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { printable } from '../client/printable.ts';
import {
  defaultReportFile,
  type FuzzPlan,
  liveVariables,
  missingVariables,
  type RecordPlan,
  RefusedRunError,
  type ReportFile,
  recordedReleases,
  reportFormats,
  runContract,
  type TargetName,
  targetNames,
} from '../contract/index.ts';
import {
  type Command,
  exitCodeOf,
  isInstalled,
  joseName,
  oneOf,
  prismName,
  releaseNamed,
  requirePeers,
  UsageError,
  untilBroken,
  untilSignal,
  wholeNumber,
} from './command.ts';

const help = `Usage: logto-jwt-customizer contract [--target NAME]... [options] [vitest options]

Runs the contract suite: each case on the OpenAPI document served by Prism (when @stoplight/prism-http is installed), on
the mock, on the recordings of Logto ${new Intl.ListFormat('en').format(recordedReleases)}, and on a live tenant (when
LOGTO_ENDPOINT, LOGTO_APP_ID and LOGTO_APP_SECRET are set).

  --target NAME         where to run; can be repeated:
                          prism       the OpenAPI document, served by Prism as mock --prism does
                          mock        our model of a tenant, as mock serves it
                          recordings  recorded responses of real tenants
                          tenant      your tenant
  --allow-overwrite     let the suite replace a live tenant's customizers while it runs; it saves them before and
                        restores them after (or CONTRACT_ALLOW_OVERWRITE=1)
  --allow-disruptive    also try a script that up to Logto 1.42 stops the whole server for 3 s
  --verbose             print every case by target at the end, and why one is not applicable
  --report FORMAT       html or json, to contract-report.html or .json; --report json=FILE to another file; can be
                        repeated. Also written when the run fails
  --fuzz N              also send N random sequences of requests to the live tenant and compare it with the model of
                        a tenant; requires fast-check
  --fuzz-seed SEED      repeat the sequences of an earlier run, which printed this seed
  --record DIR          write the live tenant's responses to DIR, as a recording of a release; requires a separate
                        tenant without customizers, which stores the cases' scripts, and --allow-overwrite
  --release X.Y         the tenant's release, for --record
  --help                this text

Environment of the live tenant:
  LOGTO_ENDPOINT        for example https://my-tenant.logto.app
  LOGTO_APP_ID          a machine-to-machine application with the Management API role
  LOGTO_APP_SECRET
  LOGTO_TOKEN_ENDPOINT  where access tokens come from another host, for example http://localhost:3002/oidc/token
  LOGTO_RESOURCE        the Management API's indicator, where the endpoint does not show it (custom domains)
  LOGTO_NO_ROLE_APP_ID  an application without that role, for the one case that needs it; with
                        LOGTO_NO_ROLE_APP_SECRET
  LOGTO_ALLOW_HTTP      1: allow plain HTTP to another host; secrets then cross the network unencrypted

Other options are passed to vitest, for example -t "PATCH with", --reporter junit --outputFile report.xml.

Exit codes: 0 success, 1 a case failed, 2 usage error, 3 inconclusive.`;

const ending = 'stopping the run and restoring the customizers; this can take some seconds.';

const options = {
  target: { type: 'string', multiple: true },
  'allow-overwrite': { type: 'boolean' },
  'allow-disruptive': { type: 'boolean' },
  report: { type: 'string', multiple: true },
  fuzz: { type: 'string' },
  'fuzz-seed': { type: 'string' },
  record: { type: 'string' },
  release: { type: 'string' },
  verbose: { type: 'boolean' },
} as const;

/** `true` when the option came without its value. */
type Value = string | boolean;

const said = (value: Value): string => (value === true ? 'nothing' : String(value));

const folderOf = (value: Value): string => {
  if (typeof value !== 'string' || value === '' || value.startsWith('-'))
    throw new UsageError('--record takes a folder');
  return resolve(value);
};

const reportOf = (value: Value): ReportFile => {
  const [, name, path] = /^([^=]*)(?:=(.+))?$/s.exec(said(value)) ?? [];
  const format = reportFormats.find((candidate) => candidate === name);
  if (format === undefined)
    throw new UsageError(
      `--report takes one of ${reportFormats.join(', ')}, or FORMAT=FILE, not ${said(value)}`,
    );
  return { format, path: path ?? defaultReportFile(format) };
};

/** Our own options, and what is left for vitest. */
const parse = (args: string[]) => {
  const { values, tokens } = parseArgs({ args, options, strict: false, tokens: true });
  const { fuzz, 'fuzz-seed': seed, record, release } = values;
  const taken = tokens.flatMap((token) => {
    if (token.kind !== 'option' || !Object.hasOwn(options, token.name)) return [];
    const { type } = options[token.name as keyof typeof options];
    // A flag with a value is none.
    if (type === 'boolean' && token.value !== undefined) return [];
    return token.inlineValue === false ? [token.index, token.index + 1] : [token.index];
  });
  return {
    targets: (values.target ?? []).map((value) => oneOf('--target', targetNames, said(value))),
    allowOverwrite: values['allow-overwrite'] === true,
    allowDisruptive: values['allow-disruptive'] === true,
    verbose: values.verbose === true,
    reports: (values.report ?? []).map(reportOf),
    sequences: fuzz === undefined ? undefined : wholeNumber('--fuzz', said(fuzz), 1, 1_000_000),
    seed: seed === undefined ? undefined : wholeNumber('--fuzz-seed', said(seed), -(2 ** 31), 2 ** 31 - 1),
    folder: record === undefined ? undefined : folderOf(record),
    release: release === undefined ? undefined : releaseNamed(said(release)),
    vitestArguments: args.filter((_, index) => !taken.includes(index)),
  };
};

type Parsed = ReturnType<typeof parse>;

/** What is to be fuzzed, if anything: on a live tenant alone, since the others keep no state. */
const fuzzOf = ({ sequences, seed }: Parsed, targets: readonly TargetName[]): FuzzPlan | undefined => {
  if (sequences === undefined) {
    if (seed !== undefined) throw new UsageError('--fuzz-seed requires --fuzz N');
    return undefined;
  }
  if (!targets.includes('tenant'))
    throw new UsageError(
      '--fuzz requires a live tenant: add --target tenant, and set LOGTO_ENDPOINT, LOGTO_APP_ID and LOGTO_APP_SECRET',
    );
  requirePeers(['fast-check']);
  return { sequences, seed: seed ?? randomInt(2 ** 31) };
};

/** What is to be recorded, if anything. Consent is a flag: a variable that CI sets for its runs is none. */
const recordOf = (parsed: Parsed, targets: readonly TargetName[]): RecordPlan | undefined => {
  const { folder, release, allowOverwrite, sequences } = parsed;
  if (folder === undefined) {
    if (release !== undefined) throw new UsageError('--release requires --record DIR');
    return undefined;
  }
  if (targets.some((target) => target !== 'tenant'))
    throw new UsageError('--record records a live tenant: use --target tenant and no other target');
  if (release === undefined)
    throw new UsageError('--record requires --release X.Y: a tenant does not publish its release');
  if (!allowOverwrite)
    throw new UsageError(
      '--record stores the scripts of the cases unchanged, so tokens meanwhile carry their claims. Use a separate tenant, and confirm with --allow-overwrite.',
    );
  if (sequences !== undefined)
    throw new UsageError('--fuzz and --record do not go together: a recording is of the cases alone');
  return { folder, release };
};

/** What is not asked for, and why not, is said in a line. */
const usualTargets = (hasTenant: boolean): TargetName[] => {
  const hasPrism = isInstalled(prismName);
  if (!hasPrism)
    console.log(
      `No target prism: ${prismName} is not installed. Add it: npm install --save-dev ${prismName}`,
    );
  return targetNames.filter((name) => (name === 'prism' ? hasPrism : name !== 'tenant' || hasTenant));
};

/** By which variable each option of the client is set. */
const variables = {
  endpoint: 'LOGTO_ENDPOINT',
  tokenEndpoint: 'LOGTO_TOKEN_ENDPOINT',
  clientId: 'LOGTO_APP_ID',
  clientSecret: 'LOGTO_APP_SECRET',
  resource: 'LOGTO_RESOURCE',
  'allowHttp: true': 'LOGTO_ALLOW_HTTP=1',
};

/** The client speaks of its options; who calls this command set variables. */
const withVariables = ({ message, option }: Error & { option?: string }): string => {
  const named = Object.entries(variables)
    .filter(([name]) => name === option || message.includes(`\`${name}\``))
    .map(([name, variable]) => `\`${name}\` is ${variable}`);
  return named.length === 0 ? message : `${message} Here ${named.join(', ')}.`;
};

/** Fixture and matcher work with Node 20 and with vitest 3 and 4, too: a project may well have one of these. */
const checkVersions = (): void => {
  const { version } = createRequire(import.meta.url)('vitest/package.json') as { version: string };
  if (Number.parseInt(version, 10) < 5)
    throw new UsageError(
      `the contract suite needs vitest 5, and vitest ${version} is installed. Replace it with: npm install --save-dev vitest@5 (it needs Node 22.12 or later)`,
    );
  // vitest 5 says so in its package, and fails on an older one with a syntax error of its own.
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 12))
    throw new UsageError(
      `the contract suite needs Node 22.12 or later (vitest does); this is ${process.version}`,
    );
};

const run: Command['run'] = async (args) => {
  const parsed = parse(args);
  const { targets: asked, allowOverwrite, allowDisruptive, verbose, reports, vitestArguments } = parsed;
  requirePeers([
    'vitest',
    ...(asked.includes('prism') ? [prismName] : []),
    ...(asked.length === 0 || asked.includes('mock') ? [joseName] : []),
  ]);
  checkVersions();
  const missing = missingVariables(process.env);
  if (asked.includes('tenant') && missing.length > 0)
    throw new UsageError(
      `--target tenant requires a live tenant; not set: ${missing.join(', ')} (see logto-jwt-customizer contract --help)`,
    );
  if (asked.length === 0 && missing.length > 0 && missing.length < liveVariables.length)
    throw new UsageError(
      `a live tenant requires all of ${liveVariables.join(', ')}; not set: ${missing.join(', ')}`,
    );
  const targets = asked.length > 0 ? asked : usualTargets(missing.length === 0);
  if (asked.length === 0 && missing.length > 0) console.log(`No live tenant: ${missing.join(', ')} not set.`);
  const record = recordOf(parsed, targets);
  const fuzz = fuzzOf(parsed, targets);
  try {
    const result = await runContract({
      targets,
      allowOverwrite: allowOverwrite || ['1', 'true'].includes(process.env['CONTRACT_ALLOW_OVERWRITE'] ?? ''),
      allowDisruptive,
      verbose,
      reports,
      vitestArguments,
      ...(fuzz && { fuzz }),
      ...(record && { record }),
      log: (line) => console.log(printable(line)),
      terminal: process.stdout,
      signal: AbortSignal.any([untilSignal(`\nInterrupted: ${ending}`), untilBroken(ending)]),
    });
    return exitCodeOf(result);
  } catch (error) {
    const message = withVariables(error as Error);
    throw error instanceof RefusedRunError ? new UsageError(message) : new Error(message, { cause: error });
  }
};

export const contract: Command = {
  summary: 'run the contract suite on Prism, the mock, the recordings and a live tenant',
  help,
  run,
};
