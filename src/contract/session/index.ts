export { OverwriteRefusedError, openSession, type Session } from './session.ts';
