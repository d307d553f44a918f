/** Saves a live tenant's customizers, lends it to whoever writes to it, and puts them back as they were. */
export { LostClaimError, RefusedRunError } from './errors.ts';
export { fingerprint, isMarked, type LastSeen, type Left, marker } from './restore.ts';
export { openSession, type Session } from './session.ts';
