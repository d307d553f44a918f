import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { check as checkFiles, type Finding } from '../claims/index.ts';
import { printable } from '../client/printable.ts';
import { newestRelease, oldestRelease } from '../compatibility/index.ts';
import {
  type Command,
  type ExitCode,
  exitCodes,
  oneOf,
  parseArguments,
  releaseNamed,
  requirePeers,
  UsageError,
} from './command.ts';

const help = `Usage: logto-jwt-customizer check [FILE...] [--release X.Y] [--token-type T] [--json]

Checks customizer scripts without a tenant: TypeScript or JavaScript files that export getCustomJwtClaims, or scripts as
you paste them into the Console. It reads each script, runs it with samples, and makes no requests. Scripts run with your rights.
Needs acorn and eslint-scope, and amaro for TypeScript.

  FILE            default: each .ts and .js file in claims/
  --release X.Y   the release of Logto that is to run the scripts, for example 1.42 (default: the newest known)
  --token-type T  access-token or client-credentials (default: what the script's annotation or the file's name says)
  --json          JSON: a list of findings

Samples are the files beside a script whose names begin alike, access-token.sample.json or
access-token.suspended.sample.json: { "token", "context", "environmentVariables", "expect" }, each optional. expect is
{ "claims": {...} } or { "denied": "message" }. Without a sample, a built-in one is used.

logto-jwt-customizer rules CODE explains a finding. In GitHub Actions, findings are annotations, too.
Exit codes: 0 no error; 1 an error; 2 usage error, or a file cannot be read.`;

const options = {
  release: { type: 'string' },
  'token-type': { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** The options that check and run share. */
export const targetFrom = (given: { release?: string | undefined; 'token-type'?: string | undefined }) => {
  const { release, 'token-type': tokenType } = given;
  return {
    ...(release !== undefined && { release: releaseNamed(release, [oldestRelease, newestRelease]) }),
    ...(tokenType !== undefined && {
      tokenType: oneOf('--token-type', ['access-token', 'client-credentials'], tokenType),
    }),
  };
};

const folder = 'claims';

const defaultFiles = async (): Promise<string[]> => {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter(
    (name) => /\.[cm]?[jt]s$/.test(name) && !/\.(?:d|test|spec)\.[cm]?[jt]s$/.test(name),
  );
  if (files.length === 0) throw new UsageError(`check needs FILE: there is no script in ${folder}/`);
  return files.sort().map((name) => join(folder, name));
};

/** A file that is not there, or whose token type nothing tells. */
export const asUsage = (error: Error): never => {
  throw new UsageError(error.message);
};

/** A finding with its line, and a mark below what it is about. */
export const textOf = ({ file, line, column, severity, code, message, source, sample }: Finding): string => {
  const shown = source.slice(0, 200);
  const mark = `${shown.slice(0, column - 1).replaceAll(/[^\t]/g, ' ')}^`;
  const with_ = sample === undefined ? '' : ` (with ${sample})`;
  return printable(
    `${file}:${line}:${column} ${severity} ${code}: ${message}${with_}\n    ${shown}${column <= shown.length ? `\n    ${mark}` : ''}`,
  );
};

const escaped = (text: string): string =>
  printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

const annotationOf = ({ file = '', line, column, severity, code, message }: Finding): string =>
  `::${severity} file=${property(file)},line=${line},col=${column},title=${code}::${escaped(message)}`;

const count = (findings: readonly Finding[], severity: Finding['severity']): string => {
  const found = findings.filter((one) => one.severity === severity).length;
  return `${found} ${severity}${found === 1 ? '' : 's'}`;
};

const run = async (args: string[]): Promise<ExitCode> => {
  const { values, positionals } = parseArguments({ args, options, allowPositionals: true });
  const target = targetFrom(values);
  const files = positionals.length > 0 ? positionals : await defaultFiles();
  requirePeers([
    'acorn',
    'eslint-scope',
    ...(files.some((file) => /\.[cm]?ts$/.test(file)) ? ['amaro'] : []),
  ]);
  const findings = await checkFiles(files, target).catch(asUsage);
  if (values.json) console.log(printable(JSON.stringify(findings, null, 2)));
  else {
    for (const finding of findings) console.log(textOf(finding));
    if (process.env['GITHUB_ACTIONS'] === 'true')
      for (const finding of findings) console.log(annotationOf(finding));
    console.log(
      `${files.length} ${files.length === 1 ? 'script' : 'scripts'}: ${count(findings, 'error')}, ${count(findings, 'warning')}.`,
    );
  }
  return findings.some(({ severity }) => severity === 'error') ? exitCodes.finding : exitCodes.good;
};

export const check: Command = { summary: 'find mistakes in customizer scripts, without a tenant', help, run };
