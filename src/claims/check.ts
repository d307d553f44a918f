/** Whether a script will do on a release, without a tenant. */

import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { newestRelease } from '../../generated/newest-release.js';
import { createRunner, type Runner } from '../runner/index.ts';
import { buildSource, isTypeScript, readSource } from './build.ts';
import type { TokenType } from './known.ts';
import type { Say } from './pitfalls.ts';
import { readScript } from './read.ts';
import { type ClaimsCode, claimsRules, type Severity } from './rules.ts';
import { runSample } from './sample-run.ts';
import { fillSample, type Sample } from './samples.ts';
import { lineOf, type Place, ScriptError } from './script-error.ts';

export interface Finding extends Place {
  /** As `logto-jwt-customizer rules CODE` explains it. */
  code: string;
  severity: Severity;
  message: string;
  /** The line of the source. */
  source: string;
  file?: string;
  /** The sample that showed it. */
  sample?: string;
}

export interface CheckOptions {
  tokenType: TokenType;
  /** Written as in `1.42`. @default the newest known */
  release?: string;
  /** By name. Without any, a built-in one is used. */
  samples?: Record<string, Sample>;
}

/** Milliseconds that a script may wait for something. */
const patience = 5_000;

const compare = (a: Finding, b: Finding): number => a.line - b.line || a.column - b.column;

/**
 * Checks a script as a tenant would store it.
 *
 * @param text - as the author wrote it, for the lines of the findings
 * @param runner - of that release
 * @throws {Error} when acorn or eslint-scope is not installed
 */
export const checkScript = async (
  script: string,
  { tokenType, release = newestRelease, samples }: CheckOptions,
  runner: Runner,
  text = script,
): Promise<Finding[]> => {
  const findings: Finding[] = [];
  const add = (code: ClaimsCode, place: Place, message: string, sample?: string): void => {
    const { severity } = claimsRules[code];
    const source = lineOf(text, place);
    findings.push({ code, severity, ...place, message, source, ...(sample !== undefined && { sample }) });
  };
  const say: Say = (code, { loc }, message) =>
    add(code, { line: loc?.start.line ?? 1, column: (loc?.start.column ?? 0) + 1 }, message);
  try {
    const { variables, readsVariables } = await readScript(script, tokenType, release, say);
    const builtIn: Sample = readsVariables
      ? { environmentVariables: Object.fromEntries(variables.map((name) => [name, 'sample'])) }
      : {};
    // What reading found would make it fail, too.
    const isRun = findings.every(({ severity }) => severity !== 'error');
    for (const [name, sample] of isRun ? Object.entries(samples ?? { 'the built-in sample': builtIn }) : []) {
      const whole = fillSample(tokenType, sample, release, script);
      const isSure = samples !== undefined || !readsVariables;
      const found = await runSample(runner, tokenType, script, whole, isSure);
      if (found) add(found.code, found.place ?? { line: 1, column: 1 }, found.message, name);
    }
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    add(codeOf(error), error.place, error.message);
  }
  return findings.sort(compare);
};

/** `checkScript` with a runner of its own. */
export const checkAlone = async (
  script: string,
  options: CheckOptions,
  text?: string,
): Promise<Finding[]> => {
  const runner = createRunner({ release: options.release ?? newestRelease, patience });
  try {
    return await checkScript(script, options, runner, text);
  } finally {
    runner.close();
  }
};

/** A script without the function's export that a tenant would see. */
const codeOf = ({ code, message }: ScriptError): ClaimsCode =>
  /'import' and 'export'|import\.meta/.test(message) ? 'export' : (code as ClaimsCode);

/**
 * The token type of a file: of the type that it is annotated with (`AccessTokenInput`, `ClientCredentialsCustomizer`), or
 * of its name (`access-token.ts`).
 *
 * @throws {Error} when neither says it
 */
export const tokenTypeOf = (file: string, text: string): TokenType => {
  const annotated = ['AccessToken', 'ClientCredentials'].filter((name) =>
    new RegExp(`\\b${name}(?:Input|Customizer)\\b`).test(text),
  );
  const [named] = /access-?token|client-?credentials/i.exec(basename(file)) ?? [];
  const [found] = annotated.length === 1 ? annotated : [named];
  if (found === undefined)
    throw new Error(
      `${file}: is it for access-token or client-credentials? Name it so, or pass the token type (--token-type)`,
    );
  return /^a/i.test(found) ? 'access-token' : 'client-credentials';
};

/** The samples beside a file: `access-token.sample.json`, `access-token.suspended.sample.json`. */
export const samplesOf = async (file: string): Promise<Record<string, Sample> | undefined> => {
  const stem = `${basename(file).replace(/\.[^.]+$/, '')}.`;
  const isOurs = (name: string) => name.startsWith(stem) && name.endsWith('.sample.json');
  const names = (await readdir(dirname(file))).filter(isOurs).sort();
  const samples: Record<string, Sample> = {};
  for (const name of names) samples[name] = await readSample(join(dirname(file), name));
  return names.length === 0 ? undefined : samples;
};

const sampleFields = {
  sample: ['token', 'context', 'environmentVariables', 'expect'],
  context: ['user', 'grant', 'interaction', 'application', 'organization'],
  expect: ['claims', 'denied'],
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field that is misspelt would be silently ignored, and the sample would prove nothing. */
const refuseUnknown = (value: unknown, what: keyof typeof sampleFields): void => {
  if (!isRecord(value)) throw new Error(`${what === 'sample' ? 'it' : what} must be an object`);
  const unknown = Object.keys(value).find((name) => !sampleFields[what].includes(name));
  if (unknown !== undefined)
    throw new Error(`unknown field ${unknown}; ${what} takes ${sampleFields[what].join(', ')}`);
};

/** A list or a string would be completed as if it were an object. */
const refuseOthers = ({ token, context, environmentVariables, expect }: Sample): void => {
  const objects = { token, ...context, environmentVariables, claims: expect?.claims };
  for (const [name, value] of Object.entries(objects))
    if (!isRecord(value ?? {})) throw new Error(`${name} must be an object`);
  for (const [name, value] of Object.entries(environmentVariables ?? {}))
    if (typeof value !== 'string') throw new Error(`the environment variable ${name} must be a string`);
};

/** @throws {Error} that names the file */
export const readSample = async (file: string): Promise<Sample> => {
  try {
    const sample = JSON.parse(await readFile(file, 'utf8')) as Sample;
    refuseUnknown(sample, 'sample');
    refuseUnknown(sample.context ?? {}, 'context');
    refuseUnknown(sample.expect ?? {}, 'expect');
    refuseOthers(sample);
    return sample;
  } catch (error) {
    throw new Error(`the sample ${file} cannot be read: ${(error as Error).message}`);
  }
};

/**
 * Checks files, TypeScript or JavaScript, or scripts as they stand in the Console. Nothing is requested from anywhere.
 *
 * @throws {Error} for a file that cannot be read or whose token type is not known
 */
export const check = async (
  files: readonly string[],
  options: { tokenType?: TokenType | undefined; release?: string | undefined } = {},
): Promise<Finding[]> => {
  const { release = newestRelease } = options;
  const runner = createRunner({ release, patience });
  try {
    const findings: Finding[] = [];
    for (const file of files) findings.push(...(await checkFile(file, { ...options, release }, runner)));
    return findings;
  } finally {
    runner.close();
  }
};

const checkFile = async (
  file: string,
  options: { tokenType?: TokenType | undefined; release: string },
  runner: Runner,
): Promise<Finding[]> => {
  let text = '';
  try {
    text = await readSource(file);
    const tokenType = options.tokenType ?? tokenTypeOf(file, text);
    const script = await buildSource(text, isTypeScript(file));
    const samples = await samplesOf(file);
    const { release } = options;
    const found = await checkScript(
      script,
      { tokenType, release, ...(samples && { samples }) },
      runner,
      text,
    );
    return found.map((finding) => ({ ...finding, file }));
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    const { code, place, message } = error;
    return [{ code, severity: 'error', ...place, message, source: lineOf(text, place), file }];
  }
};
