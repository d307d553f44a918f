/** From the file that people write to the script that a tenant runs. Every character stays in its place. */
import { readFile } from 'node:fs/promises';
import type { AnyNode, Program } from 'acorn';
import { loadPeer, parseScript } from './parse.ts';
import { placeOf, ScriptError } from './script-error.ts';

const erased = /^(?:export|declare|type|interface|import|abstract)\b.*;$/s;

/** amaro also erases the semicolon after a declaration of types, which may separate two statements. */
const keepSemicolons = (source: string, code: string): string => {
  let kept = code;
  for (const { 0: gap, index } of code.matchAll(/\s+/g)) {
    const was = source.slice(index, index + gap.length).trimEnd();
    const end = index + was.length;
    if (erased.test(was.trimStart())) kept = `${kept.slice(0, end - 1)};${kept.slice(end)}`;
  }
  return kept;
};

interface AmaroError {
  code: string;
  message: string;
  startLine: number;
  startColumn: number;
}

const eraseTypes = async (source: string): Promise<string> => {
  const { transformSync } = await loadPeer('amaro', import('amaro'));
  try {
    return keepSemicolons(source, transformSync(source, { mode: 'strip-only' }).code);
  } catch (error) {
    const { code, message, startLine, startColumn } = error as AmaroError;
    if (startLine === undefined) throw error;
    const rule = code === 'UnsupportedSyntax' ? 'not-erasable' : 'syntax-error';
    throw new ScriptError(rule, { line: startLine, column: startColumn + 1 }, message);
  }
};

type Statement = Program['body'][number];

/** Where the blank part of an export or import ends: at its declaration, or at its end. */
const endOfBlank = (
  node: Statement,
  refuse: (code: string, message: string) => never,
): number | undefined => {
  switch (node.type) {
    case 'ImportDeclaration':
      // What is left of an import of types.
      if (node.specifiers.length === 0 && node.source.start - node.start > 'import '.length) return node.end;
      return refuse('import', `${node.source.raw} cannot be imported: tenants run one plain script`);
    case 'ExportNamedDeclaration': {
      if (node.declaration) return node.declaration.start;
      const isRenamed = node.specifiers.some(
        ({ local, exported }) => 'name' in local && 'name' in exported && local.name !== exported.name,
      );
      if (node.source || isRenamed)
        return refuse('export', 'tenants have no exports: declare the function by its own name');
      return node.end;
    }
    case 'ExportDefaultDeclaration': {
      const { declaration } = node;
      if (declaration.type === 'Identifier') return node.end;
      if ('id' in declaration && declaration.id && declaration.type === 'FunctionDeclaration')
        return declaration.start;
      return refuse('export', 'a default export has no name: declare getCustomJwtClaims');
    }
    case 'ExportAllDeclaration':
      return refuse('export', 'tenants run one plain script');
    default:
      return undefined;
  }
};

const blankExports = async (code: string): Promise<string> => {
  const { body } = await parseScript(code, 'module');
  let plain = code;
  for (const node of body) {
    const end = endOfBlank(node, (rule, message) => {
      throw new ScriptError(rule, placeOf(code, (node as AnyNode).start), message);
    });
    if (end === undefined) continue;
    const blank = code.slice(node.start, end).replaceAll(/[^\n\r\u2028\u2029]/g, ' ');
    // A statement that is gone may have separated two others.
    const rest = end === node.end ? `;${blank.slice(1)}` : blank;
    plain = plain.slice(0, node.start) + rest + plain.slice(end);
  }
  return plain;
};

const mostBytes = 1 << 20;

const refuseText = (source: string): void => {
  const nul = source.indexOf('\0');
  if (nul !== -1) throw new ScriptError('nul-character', placeOf(source, nul), 'the script contains U+0000');
  const lone = source.search(/\p{Surrogate}/u);
  if (lone !== -1)
    throw new ScriptError('lone-surrogate', placeOf(source, lone), 'the script contains a lone surrogate');
  const bytes = Buffer.byteLength(JSON.stringify({ script: source }));
  if (bytes > mostBytes)
    throw new ScriptError(
      'too-large',
      { line: 1, column: 1 },
      `the script takes ${bytes} bytes in a request`,
    );
};

/**
 * The script that a tenant runs, from a source file: without byte order mark, types and `export`. Each other character stays
 * in its place.
 *
 * @throws {ScriptError} for what cannot become one plain script
 * @throws {Error} when acorn or amaro is needed and not installed
 */
export const buildSource = async (text: string, isTypeScript: boolean): Promise<string> => {
  const source = text.replace(/^\uFEFF/, '');
  refuseText(source);
  const code = isTypeScript ? await eraseTypes(source) : source;
  return isTypeScript || /\b(?:export|import)\b/.test(code) ? withoutExports(code, isTypeScript) : code;
};

/** Code that is no module, such as sloppy code with the word `export` in a string, stays as it is. */
const withoutExports = async (code: string, isTypeScript: boolean): Promise<string> => {
  try {
    return await blankExports(code);
  } catch (error) {
    const isSyntax = error instanceof ScriptError && error.code === 'syntax-error';
    if (isTypeScript || !isSyntax) throw error;
    return code;
  }
};

/** Whether a file is TypeScript, by its name. */
export const isTypeScript = (file: string): boolean => /\.[cm]?ts$/.test(file);

/**
 * Reads a file as UTF-8.
 *
 * @throws {ScriptError} `lone-surrogate` for bytes that are no UTF-8, a surrogate among them
 */
export const readSource = async (file: string): Promise<string> => {
  const bytes = await readFile(file);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const text = bytes.toString('utf8');
    const place = placeOf(text, Math.max(0, text.indexOf('\uFFFD')));
    throw new ScriptError('lone-surrogate', place, 'the file is not valid UTF-8');
  }
};

/**
 * The script that a tenant runs, made from a TypeScript or JavaScript file. Types and `export` become spaces, so each line
 * and column stays; the same file gives the same bytes on every machine. Needs `amaro` for TypeScript and `acorn` for
 * `export`, which are optional peer dependencies.
 *
 * @throws {ScriptError} with `code` and `place`, for an import of values and for syntax that cannot be erased (enum,
 *   namespace, parameter properties)
 */
export const build = async (file: string): Promise<string> =>
  buildSource(await readSource(file), isTypeScript(file));
