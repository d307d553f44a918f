export { type LastSeen, lastSeenOf } from './ours.ts';
export { openSession, type Session } from './session.ts';
