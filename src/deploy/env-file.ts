import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { sameJson } from '../client/json.ts';
import { readEnvFile } from './environment.ts';
import { ConfigError } from './errors.ts';
import { replaceFile } from './replace-file.ts';

/** The line from which `parseEnv` reads exactly this value, if there is one. */
const lineFor = (name: string, value: string): string | undefined => {
  const quotes = /^[\w./:@%+,-]*$/.test(value) ? [''] : ["'", '"', '`'];
  return quotes
    .map((quote) => `${name}=${quote}${value}${quote}\n`)
    .find((line) => parseEnv(line)[name] === value);
};

/**
 * Adds values to a `.env` file, so that Node's `util.parseEnv` reads each back exactly. The other lines stay; only the owner
 * can read the file.
 *
 * @returns the names that were added: all but those that the file has with the same value
 * @throws {ConfigError} by name, without values, if the file has another value or cannot hold one. The file is then as it
 *   was.
 */
export const addToEnvFile = async (
  file: string,
  values: Readonly<Record<string, string>>,
): Promise<string[]> => {
  const before = await readEnvFile(file);
  const others = Object.keys(values).filter((name) => Object.hasOwn(before, name));
  const differing = others.filter((name) => before[name] !== values[name]);
  if (differing.length > 0)
    throw new ConfigError(
      `${file} already has another value for ${differing.join(', ')}. Remove the line, or set it to the value that you want to keep`,
    );
  const added = Object.keys(values).filter((name) => !others.includes(name));
  if (added.length === 0) return [];
  const lines = added.map((name) => lineFor(name, values[name] as string));
  const unfit = added.filter((_, index) => lines[index] === undefined);
  if (unfit.length > 0)
    throw new ConfigError(
      `${file} cannot hold the value of ${unfit.join(', ')}: no quotes of a .env file fit it. Set it in the process environment`,
    );
  const text = await readFile(file, 'utf8').catch(() => '');
  const whole = `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${lines.join('')}`;
  // A quote that is never closed takes the new lines in.
  if (!sameJson(parseEnv(whole.replace(/^\uFEFF/, '')), { ...before, ...values }))
    throw new ConfigError(`${file} cannot be added to: it has a quote without its end`);
  await replaceFile(file, whole, 0o600);
  return added;
};
