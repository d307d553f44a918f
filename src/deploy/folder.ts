/** What the folder declares, as a tenant of a release is to store it. */
import { glob } from 'node:fs/promises';
import { dirname, join, normalize, resolve } from 'node:path';
import type { TokenType } from '../../generated/types.d.ts';
import { buildSource, isTypeScript, readSource } from '../claims/build.ts';
import { readSample, samplesOf } from '../claims/check.ts';
import { type CustomizerConfig, type Finding, type Sample, ScriptError } from '../claims/index.ts';
import { fillSample } from '../claims/samples.ts';
import { lineOf } from '../claims/script-error.ts';
import { supportsField } from '../compatibility/index.ts';
import type { Project } from './config.ts';
import { type TenantSettings, variablesOf } from './environment.ts';
import { ConfigError, RefusedPushError } from './errors.ts';
import { unmark } from './marker.ts';
import { type Customizer, tokenTypes, type Wanted } from './types.ts';

const readScript = async (file: string, name: string): Promise<{ text: string; script: string }> => {
  let text = '';
  try {
    text = await readSource(file);
    return { text, script: unmark(await buildSource(text, isTypeScript(file))) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new ConfigError(`${name} does not exist: the config names it as \`script\`.`);
    if (!(error instanceof ScriptError)) throw error;
    const { code, place, message } = error;
    const finding: Finding = {
      code,
      severity: 'error',
      ...place,
      message,
      source: lineOf(text, place),
      file: name,
    };
    throw new RefusedPushError(`${name} cannot be built.`, [finding]);
  }
};

/** The samples that a customizer is run with, by path from the config. */
const readSamples = async (
  { folder }: Project,
  { script, sample, samples }: CustomizerConfig,
): Promise<Record<string, Sample>> => {
  const found: Record<string, Sample> = {};
  const add = async (file: string): Promise<void> => {
    found[file] = await asConfig(readSample(resolve(folder, file)));
  };
  if (sample !== undefined) await add(normalize(sample));
  for (const pattern of [samples ?? []].flat()) {
    const files: string[] = [];
    for await (const file of glob(pattern, { cwd: folder })) files.push(normalize(file));
    if (files.length === 0)
      throw new ConfigError(`The config names the sample ${pattern}, which does not exist.`);
    for (const file of files.sort()) await add(file);
  }
  if (samples !== undefined) return found;
  const beside = (await asConfig(samplesOf(resolve(folder, script)))) ?? {};
  for (const [name, one] of Object.entries(beside)) found[join(dirname(script), name)] = one;
  return found;
};

const asConfig = <T>(read: Promise<T>): Promise<T> =>
  read.catch((error: Error) => {
    throw new ConfigError(error.message);
  });

/**
 * Reads the values of all variables that the config declares.
 *
 * @throws {ConfigError} for a variable without a value
 */
export const assertVariables = ({ config }: Project, settings: TenantSettings): void => {
  for (const tokenType of tokenTypes)
    variablesOf(settings, tokenType, config.customizers[tokenType]?.environmentVariables ?? []);
};

/** A sample may have other values than the tenant, but tokens are issued with the declared variables alone. */
const refuseUndeclared = (
  tokenType: TokenType,
  names: readonly string[],
  samples: Readonly<Record<string, Sample>>,
): void => {
  for (const [name, { environmentVariables = {} }] of Object.entries(samples)) {
    const others = Object.keys(environmentVariables).filter((variable) => !names.includes(variable));
    if (others.length > 0)
      throw new ConfigError(
        `The sample ${name} has environment variables that the config does not declare for ${tokenType}: ${others.join(', ')}. Add them to its \`environmentVariables\`.`,
      );
  }
};

/**
 * Builds what is declared for a token type.
 *
 * @returns `undefined` if the config does not name the token type
 * @throws {ConfigError} for a file that cannot be read, and for a variable without a value
 * @throws {RefusedPushError} for a script that cannot be built
 */
export const wantedOf = async (
  project: Project,
  settings: TenantSettings,
  tokenType: TokenType,
  release: string,
): Promise<Wanted | undefined> => {
  const declared = project.config.customizers[tokenType];
  if (declared === undefined) return undefined;
  if (declared === null) return { tokenType, customizer: null, samples: {} };
  const { script: file, environmentVariables: names = [], sample, blockIssuanceOnError } = declared;
  if (blockIssuanceOnError !== undefined && !supportsField(release, '/blockIssuanceOnError'))
    throw new ConfigError(
      `${settings.name} is Logto ${release}, which refuses \`blockIssuanceOnError\` (from 1.39 on): remove it from ${tokenType}.`,
    );
  const { text, script } = await readScript(resolve(project.folder, file), file);
  const environmentVariables = variablesOf(settings, tokenType, names);
  const given = await readSamples(project, declared);
  refuseUndeclared(tokenType, names, given);
  const complete = (name: string, { token, context, ...others }: Sample): Sample => {
    try {
      const fields = { ...(token && { token }), ...(context && { context }) };
      // Without any variables, tenants pass `undefined` (contracts/recordings/arguments.jsonl).
      const values = names.length > 0 && { environmentVariables };
      return { ...values, ...others, ...fillSample(tokenType, fields, release, script) };
    } catch (error) {
      // A text in place of a list, for example.
      throw new ConfigError(`The sample ${name} cannot be completed: ${(error as Error).message}.`);
    }
  };
  const shown = sample === undefined ? undefined : complete(sample, given[normalize(sample)] ?? {});
  const customizer = {
    script,
    ...(names.length > 0 && { environmentVariables }),
    ...(shown && { tokenSample: shown.token, contextSample: shown.context }),
    ...(blockIssuanceOnError !== undefined && { blockIssuanceOnError }),
  } as Customizer;
  const all = Object.keys(given).length === 0 ? { 'the built-in sample': {} } : given;
  return {
    tokenType,
    customizer,
    samples: Object.fromEntries(Object.entries(all).map(([name, one]) => [name, complete(name, one)])),
    source: { file, text },
  };
};
