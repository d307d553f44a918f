/** Which release of Logto knows which field of a customizer. */

export type { Verdict } from '../../generated/compatibility.d.ts';
export { newestRelease } from '../../generated/newest-release.js';
export { type FieldOptions, fieldVerdict, supportsField } from './fields.ts';
export { oldestRelease } from './releases.ts';
