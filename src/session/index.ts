/** Saves a live tenant's customizers, lets one run write to the tenant, and restores the customizers. */
export { LostClaimError, RefusedRunError } from './errors.ts';
export { fingerprint, isMarked, type LastSeen, type Left, marker } from './restore.ts';
export { openSession, type Session } from './session.ts';
