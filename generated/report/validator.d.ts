/* Made by `npm run regenerate` from spec/report.schema.json. Do not edit. */
import type { Validate } from '../validators/issue.d.ts';
export declare const validateReport: Validate;
