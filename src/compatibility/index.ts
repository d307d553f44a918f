/** Which release of Logto knows which field of a customizer. */

export type { Verdict } from '../../generated/compatibility.d.ts';
export { newestRelease } from '../../generated/newest-release.js';
export { type FieldOptions, fieldVerdict, oldestRelease, supportsField } from './fields.ts';
