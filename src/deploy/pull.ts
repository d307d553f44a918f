/** Brings what a tenant has into the folder. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { TokenType } from '../../generated/types.d.ts';
import { buildSource, isTypeScript, readSource } from '../claims/build.ts';
import { readSample } from '../claims/check.ts';
import { type CustomizerConfig, type Sample, ScriptError } from '../claims/index.ts';
import { compare } from './compare.ts';
import type { Project } from './config.ts';
import { readStored } from './connect.ts';
import { declare } from './edit-config.ts';
import { addToEnvFile } from './env-file.ts';
import type { TenantSettings } from './environment.ts';
import { ConfigError } from './errors.ts';
import { assertCommitted, isIgnored } from './git.ts';
import { readMark, unmark } from './marker.ts';
import { replaceFile } from './replace-file.ts';
import { onTenant, type Tenant, undoInterrupted } from './tenant.ts';
import { type Customizer, tokenTypes } from './types.ts';

/** `incomplete`: the config could not be edited, and a line says what to write. */
export type PullResult = 'unchanged' | 'pulled' | 'incomplete';

interface PullOptions {
  log: (line: string) => void;
  /** Files that `init` has just created, which may be overwritten. */
  created?: readonly string[];
}

/** What one token type adds to the folder. */
interface Pulled {
  tokenType: TokenType;
  /** Texts by the path of the file. */
  files: Map<string, string>;
  values: Record<string, string>;
  /** What the config has to declare. */
  declared: { environmentVariables?: string[]; sample?: string; blockIssuanceOnError?: true };
}

const missing = (error: NodeJS.ErrnoException): undefined => {
  if (error.code === 'ENOENT') return undefined;
  throw error;
};

/** The script that the folder builds now; `undefined` if there is none, or it cannot be built. */
const builtScript = async (file: string): Promise<string | undefined> => {
  const text = await readSource(file).catch(missing);
  if (text === undefined) return undefined;
  return unmark(await buildSource(text, isTypeScript(file)).catch(() => text));
};

/** @throws {ConfigError} if a script of the Console would be another one as TypeScript, such as `a < b > (c)` */
const assertSameWhenBuilt = async (script: string, file: string): Promise<void> => {
  if (!isTypeScript(file)) return;
  const built = await buildSource(script, true).catch((error: Error) => {
    if (error instanceof ScriptError) return undefined;
    throw error;
  });
  if (built !== script)
    throw new ConfigError(
      `The stored script is JavaScript that TypeScript reads otherwise, so it cannot be ${file}. Name a .js file as \`script\` in the config.`,
    );
};

const pullScript = async (
  tenant: Tenant,
  pulled: Pulled,
  folder: string,
  name: string,
  customizer: Customizer,
): Promise<void> => {
  const marked = readMark(customizer);
  const file = resolve(folder, name);
  if (marked !== undefined && !marked.changed && existsSync(file)) {
    const commit = marked.commit === undefined ? '' : ` from commit ${marked.commit}`;
    const differs = (await builtScript(file)) === unmark(customizer.script) ? '' : ', and differs from it';
    tenant.say(
      `the ${pulled.tokenType} script was pushed${commit} at ${marked.time}: ${name} is left alone${differs}`,
    );
    return;
  }
  const script = unmark(customizer.script);
  if ((await builtScript(file)) === script) return;
  await assertSameWhenBuilt(script, file);
  if (isTypeScript(file) && existsSync(file))
    tenant.say(`warning: a tenant has JavaScript, so ${name} loses its types: see git diff`);
  pulled.files.set(file, script);
};

const pullSample = async (
  { folder }: Project,
  pulled: Pulled,
  declared: CustomizerConfig,
  { tokenSample, contextSample }: Customizer,
): Promise<void> => {
  if (tokenSample === undefined && contextSample === undefined) return;
  const { tokenType } = pulled;
  const name = declared.sample ?? declared.script.replace(/\.[^./]+$/, '.sample.json');
  const file = resolve(folder, name);
  const present: Sample = await readSample(file).catch(() => ({}));
  const samplesOf = (token: unknown, context: unknown): Customizer =>
    ({ script: '', tokenSample: token, contextSample: context }) as Customizer;
  const { samples } = compare(samplesOf(tokenSample, contextSample), {
    tokenType,
    customizer: samplesOf(present.token, present.context),
    samples: {},
  });
  const sample = { ...present, token: tokenSample, context: contextSample };
  if (samples.length > 0) pulled.files.set(file, `${JSON.stringify(sample, null, 2)}\n`);
  if (declared.sample === undefined) pulled.declared.sample = name;
};

const pullVariables = (
  { environment }: TenantSettings,
  pulled: Pulled,
  { environmentVariables: declared = [] }: CustomizerConfig,
  { environmentVariables = {} }: Customizer,
): void => {
  const names = Object.keys(environmentVariables);
  if (names.some((name) => !declared.includes(name)))
    pulled.declared.environmentVariables = [...new Set([...declared, ...names])];
  for (const name of names)
    if (environment[name] !== environmentVariables[name])
      pulled.values[name] = environmentVariables[name] as string;
};

const pullTokenType = async (
  project: Project,
  tenant: Tenant,
  tokenType: TokenType,
): Promise<Pulled | undefined> => {
  const declared = project.config.customizers[tokenType];
  const { customizer } = await readStored(tenant.client, tokenType);
  tenant.hide(customizer);
  if (customizer === null) {
    if (declared) tenant.say(`there is no ${tokenType} customizer`);
    return undefined;
  }
  if (!declared) {
    tenant.say(
      declared === null
        ? `there is a ${tokenType} customizer, and the config says null`
        : `there is a ${tokenType} customizer, which the config does not name`,
    );
    return undefined;
  }
  const pulled: Pulled = { tokenType, files: new Map(), values: {}, declared: {} };
  await pullScript(tenant, pulled, project.folder, declared.script, customizer);
  await pullSample(project, pulled, declared, customizer);
  pullVariables(tenant.settings, pulled, declared, customizer);
  if (customizer.blockIssuanceOnError && !declared.blockIssuanceOnError)
    pulled.declared.blockIssuanceOnError = true;
  return pulled;
};

/** @throws {ConfigError} for a variable with two values, since a folder has one for both token types */
const valuesOf = (all: readonly Pulled[]): Record<string, string> => {
  const values = new Map<string, string>();
  for (const [name, value] of all.flatMap((one) => Object.entries(one.values))) {
    if ((values.get(name) ?? value) !== value)
      throw new ConfigError(
        `The tenant has different values of ${name} for access-token and client-credentials, and a folder has one for both. Rename one of the variables on the tenant.`,
      );
    values.set(name, value);
  }
  return Object.fromEntries(values);
};

/** @throws {ConfigError} if something would be lost, or values would be committed */
const assertSafe = async (
  project: Project,
  envFile: string,
  all: readonly Pulled[],
  created: readonly string[],
): Promise<void> => {
  const isEdited = all.some(({ declared }) => Object.keys(declared).length > 0);
  const files = [...all.flatMap(({ files }) => [...files.keys()]), ...(isEdited ? [project.file] : [])];
  await assertCommitted(files.filter((file) => !created.includes(file)));
  if (all.some(({ values }) => Object.keys(values).length > 0) && !(await isIgnored(envFile)))
    throw new ConfigError(
      `${envFile} would be committed with the values of environment variables. Add .env* to .gitignore.`,
    );
};

/**
 * Brings the customizers that the config names from a tenant into the folder: the script byte for byte (left alone if it is
 * an unchanged push), the sample, and the names of variables; their values into `.env.<tenant>` only.
 *
 * @throws {ConfigError} if something would be overwritten that git cannot bring back. Nothing was written then.
 */
export const pullTenant = (
  project: Project,
  settings: TenantSettings,
  { log, created = [] }: PullOptions,
): Promise<PullResult> =>
  onTenant(settings, log, async (tenant) => {
    const { say } = tenant;
    await undoInterrupted(tenant);
    const all: Pulled[] = [];
    for (const tokenType of tokenTypes) {
      const pulled = await pullTokenType(project, tenant, tokenType);
      if (pulled !== undefined) all.push(pulled);
    }
    const envFile = join(project.folder, `.env.${settings.name}`);
    const values = valuesOf(all);
    await assertSafe(project, envFile, all, created);
    const shown = (file: string): string => relative(project.folder, file);
    let result: PullResult = 'unchanged';
    const added = await addToEnvFile(envFile, values);
    if (added.length > 0) {
      result = 'pulled';
      say(`added ${added.join(', ')} to ${shown(envFile)}`);
    }
    for (const [file, text] of all.flatMap(({ files }) => [...files])) {
      await mkdir(dirname(file), { recursive: true });
      await replaceFile(file, text);
      result = 'pulled';
      say(`wrote ${shown(file)}`);
    }
    let { config } = project;
    for (const { tokenType, declared } of all) {
      if (Object.keys(declared).length === 0) continue;
      const isDeclared = await declare({ ...project, config }, tokenType, declared);
      const customizer = { ...(config.customizers[tokenType] as CustomizerConfig), ...declared };
      if (isDeclared) config = { ...config, customizers: { ...config.customizers, [tokenType]: customizer } };
      say(
        isDeclared
          ? `declared ${Object.keys(declared).join(' and ')} of ${tokenType} in ${shown(project.file)}`
          : `write this for ${tokenType} in ${shown(project.file)}: ${JSON.stringify(declared).slice(1, -1)}`,
      );
      if (result !== 'incomplete') result = isDeclared ? 'pulled' : 'incomplete';
    }
    if (result === 'unchanged') say('nothing to change');
    return result;
  });

/** The token types that a tenant has a customizer for. */
export const storedTokenTypes = (settings: TenantSettings, log: PullOptions['log']): Promise<TokenType[]> =>
  onTenant(settings, log, async ({ client, say }) => {
    const stored: TokenType[] = [];
    for (const tokenType of tokenTypes)
      if ((await readStored(client, tokenType)).customizer !== null) stored.push(tokenType);
    if (stored.length === 0) say('there are no customizers');
    return stored;
  });
