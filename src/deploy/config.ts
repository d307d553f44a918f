/** Finds, loads and validates `logto.config.mts`. */
import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LogtoConfig } from '../claims/config.ts';
import { ConfigError } from './errors.ts';
import { validateConfig } from './validate-config.ts';

export interface Project {
  /** The absolute path of the config. */
  file: string;
  /** Where it is, and what its paths are relative to. */
  folder: string;
  config: LogtoConfig;
}

export const configNames = ['mts', 'ts', 'mjs', 'js'].map((extension) => `logto.config.${extension}`);

const find = (path: string | undefined, cwd: string): string => {
  const candidates = path === undefined ? configNames : [path];
  const [file, other] = candidates.map((name) => resolve(cwd, name)).filter((name) => existsSync(name));
  if (other !== undefined)
    throw new ConfigError(
      `${basename(file as string)} and ${basename(other)} both exist: delete one, or choose with --config`,
    );
  if (file !== undefined) return file;
  throw new ConfigError(
    path === undefined
      ? `There is no logto.config.mts in ${cwd}. Run logto-jwt-customizer init to create one, or pass its path with --config`
      : `${resolve(cwd, path)} does not exist`,
  );
};

/** CommonJS does not know `export default`. */
const renameAdvice = (file: string, { name, message }: Error): string => {
  const [, kind] = /\.([jt]s)$/.exec(file) ?? [];
  const isCommonJs =
    kind !== undefined && name === 'SyntaxError' && /'?(?:export|import)\b|outside a module/.test(message);
  return isCommonJs ? `. Rename it to ${basename(file, `.${kind}`)}.m${kind}, which is always a module` : '';
};

/**
 * The default export of a config, validated.
 *
 * @throws {ConfigError} with the file, the line or the JSON Pointer, and what to change
 */
export const importConfig = async (file: string): Promise<LogtoConfig> => {
  const shown = basename(file);
  let loaded: { default?: unknown };
  try {
    loaded = await import(pathToFileURL(file).href);
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const [, line] = error.stack?.split(shown)[1]?.match(/^:(\d+)/) ?? [];
    const place = line === undefined ? shown : `${shown}:${line}`;
    throw new ConfigError(`${place} cannot be loaded: ${error.message}${renameAdvice(file, error)}`);
  }
  const problems = 'default' in loaded ? validateConfig(loaded.default) : ['has no default export'];
  if (problems.length > 0)
    throw new ConfigError(problems.map((problem) => `${shown}: ${problem}`).join('\n'));
  return loaded.default as LogtoConfig;
};

/**
 * The config and its folder. It is loaded by Node's own `import()`, so it can compute what it exports.
 *
 * @param path - of the config, relative to `cwd`. Without it, `cwd` has one named `logto.config.{mts,ts,mjs,js}`
 * @throws {ConfigError}
 */
export const loadProject = async (path: string | undefined, cwd: string): Promise<Project> => {
  const file = find(path, cwd);
  return { file, folder: dirname(file), config: await importConfig(file) };
};
