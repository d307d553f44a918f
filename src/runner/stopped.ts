import type { Stopped, Unanswered } from './outcome.ts';

const instead: Record<Unanswered, string> = {
  'server-hangs': 'a real server of this release would hang until it is killed',
  'request-hangs': 'a real server of this release would never answer this request',
  'server-dies': 'a real server of this release would have ended',
};

/** @param what - the script did, as in "The script loops" */
export const stopped = (unanswered: Unanswered, what: string): Stopped => ({
  status: 500,
  message: `${what}: ${instead[unanswered]}.`,
  unanswered,
});
