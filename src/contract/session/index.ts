export { fingerprint, isMarked, type LastSeen, type Left } from './ours.ts';
export { LostClaimError } from './restore.ts';
export { openSession, type Session } from './session.ts';
