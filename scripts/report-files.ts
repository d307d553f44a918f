import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { bundle, createAjv } from './validators/make.ts';

const folder = resolve(import.meta.dirname, '../src/report/page');

const bundleFile = async (name: string): Promise<string> => {
  const result = await build({
    entryPoints: [join(folder, name)],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    minify: true,
    charset: 'ascii',
    legalComments: 'eof',
  });
  return (result.outputFiles[0]?.text ?? '').trim();
};

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * The page of a report without its data, in one file. Its policy allows only this script and this style, and no network.
 */
export const makeReportPage = async (): Promise<string> => {
  const style = await bundleFile('page.css');
  const script = await bundleFile('main.ts');
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const parts: Record<string, string> = { policy, style, script };
  const html = await readFile(join(folder, 'page.html'), 'utf8');
  return html.replaceAll(/\/\* (style|script) \*\/|\{\{(policy)\}\}/g, (_, name: string, other: string) => {
    return parts[name ?? other] ?? '';
  });
};

/** The files of the report validator by name, so that reading a report does not need ajv. */
export const makeReportValidator = async (
  schema: object,
  banner: string,
): Promise<Record<string, string>> => {
  const ajv = createAjv();
  ajv.addSchema(schema, 'Report');
  const issues = JSON.stringify(join(import.meta.dirname, 'validators/issues.ts'));
  const entry = `import { ajvReport } from 'compiled';
import { toIssues } from ${issues};
export const validateReport = (report) => ajvReport(report) ? [] : toIssues(ajvReport.errors, report);`;
  return {
    'report/validator.js': banner + (await bundle(entry, standalone.default(ajv, { ajvReport: 'Report' }))),
    'report/validator.d.ts': `${banner}import type { Validate } from '../validators/issue.d.ts';\nexport declare const validateReport: Validate;\n`,
  };
};
