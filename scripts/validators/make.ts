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
 * How each kind of validator treats the document's objects:
 * - `request`: as written, which is what a tenant accepts
 * - `response`: open everywhere, so that a response of a newer release still passes
 * - `closed`: an undocumented property is an error everywhere
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

/** The request and response bodies. Unions (`JwtCustomizer`) are replaced by their variants. */
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

/** Applies `visit` to `value` and every object in it, innermost first. */
const mapObjects = (value: unknown, visit: (schema: Schema) => Schema): unknown => {
  if (Array.isArray(value)) return value.map((item) => mapObjects(item, visit));
  if (typeof value !== 'object' || value === null) return value;
  return visit(
    Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapObjects(item, visit)])),
  );
};

/** ajv takes a discriminator's values from the branches and refuses `mapping`. */
const withoutMapping = (schema: Schema): Schema => {
  const { mapping, ...discriminator } = (schema['discriminator'] ?? {}) as Schema;
  return mapping === undefined ? schema : { ...schema, discriminator };
};

/** The document's schema for that kind of validator, with references by name only. */
export const prepare = (schema: Schema, kind: keyof typeof kinds): Schema => {
  const body = mapObjects(schema, (part) => kinds[kind](withoutMapping(part)));
  return JSON.parse(JSON.stringify(body).replaceAll('"#/components/schemas/', '"')) as Schema;
};

/** An ajv with the options of the validators, for prepared schemas. */
export const createAjv = (): Ajv2020 =>
  new Ajv2020({
    strict: true,
    strictTypes: false,
    allErrors: true,
    discriminator: true,
    messages: false,
    // Lengths in Logto's guards count UTF-16 code units.
    unicode: false,
    // ajv logs at every start that `unicode` is deprecated, but it has no replacement.
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

/** How ajv appends the errors of a referenced schema: it copies all errors each time. */
const copying = /vErrors = vErrors === null \? (\w+)\.errors : vErrors\.concat\(\1\.errors\);/g;

/**
 * Makes ajv's code take linear instead of quadratic time in the number of errors: a body of 160 kB can have 100,000.
 *
 * @throws {Error} if ajv generates that code differently
 */
const withoutCopies = (code: string): string => {
  const changed = code.replaceAll(copying, 'vErrors = joined(vErrors, $1.errors);');
  if (changed.includes('vErrors.concat')) throw new Error('ajv joins errors differently: see withoutCopies');
  return `${changed}
function joined(all, further) {
  if (all === null) return further;
  for (const error of further) all.push(error);
  return all;
}`;
};

/**
 * Makes ajv's code add the schema's known properties to an error about an unknown one, for a suggestion.
 *
 * @throws {Error} if ajv generates that code differently
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
    throw new Error('ajv refuses properties differently: see withKnownProperties');
  return changed;
};

/** Bundles `entry` and the standalone code that it imports as `compiled` into one module. */
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

/** zod 3, which Logto's guards use, with its licence and the format that zod lacks: for the mock's guards. */
const makeZod = async (banner: string): Promise<Record<string, string>> => {
  const licence = await readFile(join(import.meta.dirname, '../../node_modules/zod/LICENSE'), 'utf8');
  const entry = `export { z } from 'zod'; export { formats } from ${JSON.stringify(join(import.meta.dirname, 'formats.ts'))};`;
  const types = `export { z } from 'zod';\nexport declare const formats: Record<'logto-redirect-uri', (text: string) => boolean>;\n`;
  return {
    'zod.js': `${banner}/*! zod\n${licence}*/\n${await bundle(entry, '')}`,
    'zod.d.ts': banner + types,
  };
};

/** The validators' files by name: one module per kind, its types, and the type of an issue. */
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
