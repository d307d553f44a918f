/** Saves a live tenant's customizers, lets one run write to the tenant, and restores the customizers. */

export { type Backup, backupPath, type Fingerprints, loadBackup, replacedPath } from './backup.ts';
export type { SessionTokens } from './customizers.ts';
export { LostClaimError, RefusedRunError } from './errors.ts';
export { type Held, holdTenant } from './hold.ts';
export { fingerprint, isMarked, type Left, leftOf, marker } from './restore.ts';
export { openSession, type Session } from './session.ts';
