import { type Handling, handling } from '../handling.ts';

const budget = 'call/budget.ts';
const queue = 'call/queue.ts';

/** What ends when the caller gives up. */
export const aborts: Readonly<Record<string, Handling>> = {
  'aborted-calls-do-not-begin': {
    what: 'begins nothing when the signal is aborted already',
    mutations: [budget, queue].map((file) => ({
      file,
      from: 'if (signal?.aborted) return onAbort();',
      to: '',
    })),
  },
  'aborts-end-requests': handling(
    'ends a request when the caller gives up',
    budget,
    "signal?.addEventListener('abort', onAbort);",
    '',
  ),
  'aborts-end-pauses': handling(
    'ends a pause when the caller gives up',
    budget,
    "    budget,\n    'totalTimeout',",
    "    { ...budget, signal: undefined },\n    'totalTimeout',",
  ),
  'aborts-end-waits-for-tokens': handling(
    'ends a wait for a token when the caller gives up',
    'call/token.ts',
    "await within(tokenRequest, budget, 'totalTimeout', () => mine.granted);",
    'await mine.granted;',
  ),
  'aborted-writes-leave-the-queue': handling(
    'takes a write out of the queue when its caller gives up',
    queue,
    "signal?.addEventListener('abort', onAbort);",
    '',
  ),
};
