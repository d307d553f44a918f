/** acorn, loaded when a script is parsed. */
import type { Comment, Program } from 'acorn';
import { placeOf, ScriptError } from './script-error.ts';

/**
 * The newest syntax of Node 22, on which tenants run: what came with ES2025 (modifiers in regular expressions, a group's
 * name given twice) fails there.
 */
export const ecmaVersion = 2024;

/**
 * An optional peer dependency.
 *
 * @throws {Error} in one line, with the command that adds it
 */
export const loadPeer = async <T>(name: string, module: Promise<T>): Promise<T> =>
  module.catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || !error.message.includes(`'${name}'`)) throw error;
    throw new Error(`${name} cannot be found. Install with: npm install --save-dev ${name}`);
  });

/**
 * The syntax tree of a script.
 *
 * @throws {ScriptError} `syntax-error`
 */
export const parseScript = async (
  code: string,
  sourceType: 'script' | 'module',
  onComment: Comment[] = [],
): Promise<Program> => {
  const { parse } = await loadPeer('acorn', import('acorn'));
  const options = {
    ecmaVersion,
    sourceType,
    locations: true,
    ranges: true,
    allowHashBang: true,
    onComment,
  } as const;
  try {
    return parse(code, options);
  } catch (error) {
    const { pos, message } = error as { pos?: number; message: string };
    if (pos === undefined) throw error;
    throw new ScriptError('syntax-error', placeOf(code, pos), message.replace(/ \(\d+:\d+\)$/, ''));
  }
};
