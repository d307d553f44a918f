/** Which releases of Logto know which fields of a customizer. */

export type { Verdict } from '../../generated/compatibility.d.ts';
export { newestRelease } from '../../generated/newest-release.js';
export { type FieldOptions, fieldVerdict, oldestRelease, supportsField } from './fields.ts';
