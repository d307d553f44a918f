/** Changes what the config declares, in its source. */
import { randomUUID } from 'node:crypto';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { AnyNode, ObjectExpression, Program, Property } from 'acorn';
import type { TokenType } from '../../generated/types.d.ts';
import { isTypeScript } from '../claims/build.ts';
import type { CustomizerConfig, LogtoConfig } from '../claims/config.ts';
import { loadPeer } from '../claims/parse.ts';
import { sameJson } from '../client/json.ts';
import { importConfig, type Project } from './config.ts';
import { replaceFile } from './replace-file.ts';

/** Parses a config; types become spaces, so positions are those of the source. */
const parserOf = async (file: string): Promise<(source: string) => Program> => {
  const { parse } = await loadPeer('acorn', import('acorn'));
  const amaro = isTypeScript(file) ? await loadPeer('amaro', import('amaro')) : undefined;
  return (source) => {
    const code = amaro?.transformSync(source, { mode: 'strip-only' }).code ?? source;
    return parse(code, { ecmaVersion: 'latest', sourceType: 'module' });
  };
};

/** The default export, or the value of the constant that it names. */
const exported = ({ body }: Program): AnyNode | null | undefined => {
  const node = body.find((one) => one.type === 'ExportDefaultDeclaration')?.declaration;
  if (node?.type !== 'Identifier') return node;
  const declarations = body.flatMap((one) => (one.type === 'VariableDeclaration' ? one.declarations : []));
  return declarations.find(({ id }) => id.type === 'Identifier' && id.name === node.name)?.init;
};

const propertyOf = (object: AnyNode | null | undefined, name: string): Property | undefined =>
  (object?.type === 'ObjectExpression' ? object.properties : [])
    .filter((one): one is Property => one.type === 'Property')
    .find(({ key }) => (key.type === 'Identifier' ? key.name : key.type === 'Literal' && key.value) === name);

const isString = (node: AnyNode | null): boolean =>
  node?.type === 'Literal' && typeof node.value === 'string';
const isLiteral = (node: AnyNode): boolean =>
  isString(node) ||
  (node.type === 'Literal' && typeof node.value === 'boolean') ||
  (node.type === 'ArrayExpression' && node.elements.every(isString));

const quote = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
type Value = string | boolean | readonly string[];
const print = (value: Value): string => {
  if (typeof value === 'object') return `[${value.map(quote).join(', ')}]`;
  return typeof value === 'string' ? quote(value) : `${value}`;
};

/** The source with a property after another one: on a line of its own if the other one is. */
const insertAfter = (source: string, { start, end }: Property, property: string): string => {
  const [, indent] = /(\r?\n[^\S\n]*)$/.exec(source.slice(0, start)) ?? [];
  const [line, comma] = /^(,?)[^\S\n]*(?:\/\/[^\n]*?)?(?=\r?\n)/.exec(source.slice(end)) ?? [];
  const [before, after] = [source.slice(0, end), source.slice(end)];
  if (indent === undefined || line === undefined) return `${before}, ${property}${after}`;
  const rest = after.slice(line.length);
  return comma === ','
    ? `${before}${line}${indent}${property},${rest}`
    : `${before},${line}${indent}${property}${rest}`;
};

/** The source with a property of a customizer set; `undefined` if it is not written as a literal. */
const withProperty = (
  source: string,
  program: Program,
  tokenType: TokenType,
  name: string,
  value: Value,
): string | undefined => {
  const customizers = propertyOf(exported(program), 'customizers');
  const customizer = propertyOf(customizers?.value, tokenType)?.value as ObjectExpression | undefined;
  const [found, script] = [propertyOf(customizer, name), propertyOf(customizer, 'script')];
  if (found === undefined) return script && insertAfter(source, script, `${name}: ${print(value)}`);
  const { start, end } = found.value;
  return isLiteral(found.value) ? source.slice(0, start) + print(value) + source.slice(end) : undefined;
};

/** Whether a source exports this config. */
const exportsConfig = async (
  source: string,
  { file, folder }: Project,
  config: LogtoConfig,
): Promise<boolean> => {
  const copy = join(folder, `.logto.config.${randomUUID()}${extname(file)}`);
  try {
    await writeFile(copy, source, { flag: 'wx' });
    return sameJson(await importConfig(copy), config);
  } finally {
    await rm(copy, { force: true });
  }
};

type Declared = Pick<CustomizerConfig, 'environmentVariables' | 'sample' | 'blockIssuanceOnError'>;

/**
 * Sets what the config declares for a token type, in its source, if that is written as literals. The changed source is
 * loaded before it replaces the config.
 *
 * @returns whether the config declares it now. If not, the config is as it was
 * @throws {Error} when acorn or amaro is needed and not installed
 */
export const declare = async (
  project: Project,
  tokenType: TokenType,
  { environmentVariables, sample, blockIssuanceOnError }: Declared,
): Promise<boolean> => {
  const { file, config } = project;
  const customizer = config.customizers[tokenType];
  if (!customizer) return false;
  const known = [...(customizer.environmentVariables ?? [])].sort();
  const changes = {
    ...(sample !== undefined && sample !== customizer.sample && { sample }),
    // The order has no meaning, and tenants do not keep it.
    ...(environmentVariables &&
      !sameJson([...environmentVariables].sort(), known) && { environmentVariables }),
    ...(blockIssuanceOnError !== undefined &&
      blockIssuanceOnError !== customizer.blockIssuanceOnError && { blockIssuanceOnError }),
  };
  if (Object.keys(changes).length === 0) return true;
  const parse = await parserOf(file);
  let source: string | undefined = await readFile(file, 'utf8');
  try {
    for (const [name, value] of Object.entries(changes))
      source &&= withProperty(source, parse(source), tokenType, name, value);
    const customizers = { ...config.customizers, [tokenType]: { ...customizer, ...changes } };
    if (!source || !(await exportsConfig(source, project, { ...config, customizers }))) return false;
  } catch {
    return false;
  }
  await replaceFile(file, source, (await stat(file)).mode & 0o777);
  return true;
};
