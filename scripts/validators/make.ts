import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { _ } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { formats } from './formats.ts';

type Schema = { [keyword: string]: unknown };
type Schemas = Record<string, Schema>;

/**
 * How a kind of validator reads the document's objects:
 * - `request`: as written, that is, as a tenant accepts them
 * - `response`: open everywhere, so that the answer of a newer release still passes
 * - `closed`: an undocumented property is an error, wherever it stands
 */
const kinds = {
  request: (schema: Schema): Schema => schema,
  response: (schema: Schema): Schema => {
    const { additionalProperties, ...rest } = schema;
    return additionalProperties === false ? rest : schema;
  },
  closed: (schema: Schema): Schema =>
    schema['properties'] !== undefined && schema['additionalProperties'] === undefined
      ? { ...schema, additionalProperties: false }
      : schema,
};

/** The bodies that a person sends or receives. A union (`JwtCustomizer`) is left to its variants. */
const bodies = {
  request: [
    'AccessTokenJwtCustomizer',
    'ClientCredentialsJwtCustomizer',
    'AccessTokenJwtCustomizerTestRequest',
    'ClientCredentialsJwtCustomizerTestRequest',
    'TokenRequest',
  ],
  response: [
    'AccessTokenJwtCustomizer',
    'ClientCredentialsJwtCustomizer',
    'JwtCustomizerConfigs',
    'Claims',
    'RequestError',
    'InvalidInputError',
    'MessageError',
    'UnauthorizedError',
    'JwtCustomizerError',
    'TokenResponse',
    'TokenError',
  ],
};

const namesOf: Record<keyof typeof kinds, string[]> = {
  request: bodies.request,
  response: bodies.response,
  closed: [...new Set([...bodies.request, ...bodies.response])],
};

/** `visit` applied to `value` and to every object in it, from the inside out. */
const mapObjects = (value: unknown, visit: (schema: Schema) => Schema): unknown => {
  if (Array.isArray(value)) return value.map((item) => mapObjects(item, visit));
  if (typeof value !== 'object' || value === null) return value;
  return visit(
    Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapObjects(item, visit)])),
  );
};

/** ajv reads a discriminator's values off the branches and refuses `mapping`. */
const withoutMapping = (schema: Schema): Schema => {
  const { mapping, ...discriminator } = (schema['discriminator'] ?? {}) as Schema;
  return mapping === undefined ? schema : { ...schema, discriminator };
};

/** The document's schema as that kind of validator reads it, its references by name alone. */
export const prepare = (schema: Schema, kind: keyof typeof kinds): Schema => {
  const body = mapObjects(schema, (part) => kinds[kind](withoutMapping(part)));
  return JSON.parse(JSON.stringify(body).replaceAll('"#/components/schemas/', '"')) as Schema;
};

/** An ajv with the options of the validators, for schemas that are prepared. */
export const createAjv = (): Ajv2020 =>
  new Ajv2020({
    strict: true,
    strictTypes: false,
    allErrors: true,
    discriminator: true,
    messages: false,
    // Lengths in Logto's guards count UTF-16 code units.
    unicode: false,
    // ajv calls `unicode` deprecated at every start; nothing else does what it does.
    logger: {
      log: console.log,
      error: console.error,
      warn: (...args: unknown[]) => String(args[0]).includes('unicode') || console.warn(...args),
    },
    formats: { ...formats, password: true },
    keywords: ['x-logto-since', 'x-logto-since-values', 'example'],
    code: {
      source: true,
      esm: true,
      formats: _`require(${join(import.meta.dirname, 'formats.ts')}).formats`,
    },
  });

const compile = (schemas: Schemas, kind: keyof typeof kinds): string => {
  const ajv = createAjv();
  for (const [name, schema] of Object.entries(schemas)) ajv.addSchema(prepare(schema, kind), name);
  return standalone.default(ajv, Object.fromEntries(namesOf[kind].map((name) => [`ajv${name}`, name])));
};

const wrap = (kind: keyof typeof kinds): string =>
  [
    `import * as compiled from 'compiled';`,
    `import { toIssues } from ${JSON.stringify(join(import.meta.dirname, 'issues.ts'))};`,
    ...namesOf[kind].map(
      (name) =>
        `export const validate${name} = (body, options) => compiled.ajv${name}(body) ? [] : toIssues(compiled.ajv${name}.errors, body, options);`,
    ),
  ].join('\n');

/** How ajv adds the errors of a reference's schema to those that it has: it copies all of them each time. */
const copying = /vErrors = vErrors === null \? (\w+)\.errors : vErrors\.concat\(\1\.errors\);/g;

/**
 * ajv's code with time in proportion to the number of errors, not to its square: a body of 160 kB can have 100,000.
 *
 * @throws {Error} when ajv writes that code another way
 */
const withoutCopies = (code: string): string => {
  const changed = code.replaceAll(copying, 'vErrors = joined(vErrors, $1.errors);');
  if (changed.includes('vErrors.concat')) throw new Error('ajv joins errors another way: see withoutCopies');
  return `${changed}
function joined(all, further) {
  if (all === null) return further;
  for (const error of further) all.push(error);
  return all;
}`;
};

/**
 * ajv's code with the properties that a schema lists in the error about one that it does not list, for a suggestion.
 *
 * @throws {Error} when ajv writes that code another way
 */
const withKnownProperties = (code: string): string => {
  const refusal = /if\(!([^{}]*)\)\{(const \w+ = \{[^{}]*params:\{additionalProperty: \w+)\}/g;
  const changed = code.replaceAll(refusal, (all, condition: string) => {
    const [, properties] = /\.call\((schema[\w.]+), \w+\)/.exec(condition) ?? [];
    const names = [...condition.matchAll(/=== ("[^"]*")/g)].map(([, name]) => name);
    const known = properties === undefined ? `[${names.join(',')}]` : `Object.keys(${properties})`;
    return `${all.slice(0, -1)}, known: ${known}}`;
  });
  if (/additionalProperty: \w+\}/.test(changed))
    throw new Error('ajv refuses properties another way: see withKnownProperties');
  return changed;
};

/** `entry` with the standalone code that it imports as `compiled`, as one module. */
export const bundle = async (entry: string, compiled: string): Promise<string> => {
  const result = await build({
    stdin: { contents: entry, resolveDir: import.meta.dirname, sourcefile: 'validators.js' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    plugins: [
      {
        name: 'compiled',
        setup: (bundler) => {
          bundler.onResolve({ filter: /^compiled$/ }, () => ({ path: 'compiled', namespace: 'compiled' }));
          bundler.onLoad({ filter: /.*/, namespace: 'compiled' }, () => ({
            contents: withKnownProperties(withoutCopies(compiled)),
            resolveDir: import.meta.dirname,
          }));
        },
      },
    ],
  });
  return result.outputFiles[0]?.text ?? '';
};

const declare = (kind: keyof typeof kinds): string =>
  [
    `import type { Validate } from './issue.d.ts';`,
    ...namesOf[kind].map((name) => `export declare const validate${name}: Validate;`),
    '',
  ].join('\n');

/** zod 3, which Logto's guards are made of, with its licence and the format that zod does not know: for the mock's guards. */
const makeZod = async (banner: string): Promise<Record<string, string>> => {
  const licence = await readFile(join(import.meta.dirname, '../../node_modules/zod/LICENSE'), 'utf8');
  const entry = `export { z } from 'zod'; export { formats } from ${JSON.stringify(join(import.meta.dirname, 'formats.ts'))};`;
  const types = `export { z } from 'zod';\nexport declare const formats: Record<'logto-redirect-uri', (text: string) => boolean>;\n`;
  return {
    'zod.js': `${banner}/*! zod\n${licence}*/\n${await bundle(entry, '')}`,
    'zod.d.ts': banner + types,
  };
};

/** The validators' files by name: one module for each kind, its types, and the type of an issue. */
export const makeValidators = async (
  document: { components: { schemas: Schemas } },
  banner: string,
): Promise<Record<string, string>> => {
  const files: Record<string, string> = {
    'validators/issue.d.ts': banner + (await readFile(join(import.meta.dirname, 'issue.d.ts'), 'utf8')),
    ...(await makeZod(banner)),
  };
  for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) {
    const code = await bundle(wrap(kind), compile(document.components.schemas, kind));
    files[`validators/${kind}.js`] = banner + code;
    files[`validators/${kind}.d.ts`] = banner + declare(kind);
  }
  return files;
};
