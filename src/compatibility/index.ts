/** Which release of Logto knows which field of a customizer. */

export type { Verdict } from '../../generated/compatibility.d.ts';
export { type FieldOptions, fieldVerdict, supportsField } from './fields.ts';
export { newestRelease, oldestRelease } from './releases.ts';
