import { join } from 'node:path';
import standalone from 'ajv/dist/standalone/index.js';
import { bundle, createAjv } from './validators/make.ts';

/** The validator of reports, so that nobody needs ajv to read one: its files by name. */
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
