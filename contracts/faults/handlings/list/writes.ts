import { type Handling, handling } from '../handling.ts';

const write = 'call/write.ts';
const queue = 'call/queue.ts';
const isThere = 'if (isOpen && issuesOf(write, found).length === 0) return found;';
const isKnown = 'if (!isGone && !isOutcomeUnknown(error)) throw error;';

/** What becomes of a write, and who else writes. */
export const writes: Readonly<Record<string, Handling>> = {
  'unknown-outcomes-are-read': handling(
    'reads before it sends a write again',
    write,
    isKnown,
    'if (!isGone) throw error;',
  ),
  'what-is-there-was-written': handling(
    'takes a write for done when reading shows it',
    write,
    isThere,
    'if (isOpen && write.body === undefined && issuesOf(write, found).length === 0) return found;',
  ),
  'what-is-gone-was-deleted': handling(
    'takes a deletion for done when nothing is there',
    write,
    isThere,
    'if (isOpen && write.body !== undefined && issuesOf(write, found).length === 0) return found;',
  ),
  'last-attempts-are-read-too': {
    what: 'reads after the last attempt, too',
    mutations: [
      {
        file: write,
        from: 'retry(request, budget, emit, isRetried, async () => {',
        to: 'retry(request, budget, emit, isRetried, async (number) => {',
      },
      {
        file: write,
        from: isKnown,
        to: `if (number > budget.policy.maxRetries) throw error;\n      ${isKnown}`,
      },
    ],
  },
  'failed-reads-leave-it-unknown': handling(
    'says that the outcome is not known when it cannot be read',
    write,
    '(fault) => outcomeUnknown(error, fault)',
    '() => error',
  ),
  'strange-answers-to-writes-are-read': handling(
    'reads after a 2xx that is not of Logto',
    write,
    'return status >= 200 && status < 300;',
    'return false;',
  ),
  'late-deletions-are-done': handling(
    'takes a repeated deletion for done when nothing is left to delete',
    write,
    "const isGone = isOpen && method === 'DELETE' && error.code === 'entity.not_found';",
    'const isGone = false;',
  ),
  'deletions-of-nothing-are-refused': handling(
    'tells a deletion of nothing, unless it was sent before',
    write,
    "const isGone = isOpen && method === 'DELETE'",
    "const isGone = method === 'DELETE'",
  ),
  'refused-writes-are-final': handling(
    'neither reads nor repeats what was refused',
    write,
    'status === 408 || status >= 500',
    'status >= 400',
  ),
  'answers-to-writes-are-compared': handling(
    'compares what a write is answered with what it sent',
    write,
    '  if (issues.length > 0) throw notStored(write, stored, issues);\n',
    '',
  ),
  'changes-are-refused': handling(
    'reads first when ifUnchanged is given',
    write,
    'ifUnchanged === undefined ? undefined : settle(await read());',
    'undefined as ReturnType<typeof settle>;',
  ),
  'if-unchanged-is-json': handling(
    'compares ifUnchanged as JSON writes it',
    'client.ts',
    'const ifUnchanged = expected && readIfUnchanged(operation, expected);',
    'const ifUnchanged = expected && ((call.ifUnchanged ?? null) as never);',
  ),
  'writes-are-read-once-more': handling(
    'reads once more after recheckAfter',
    write,
    'if (delay === 0) return stored;',
    'return stored;',
  ),
  'failed-rechecks-are-told': handling(
    'says that a write was carried out whose check failed',
    write,
    '(fault) => recheckFailed(request, fault)',
    '(fault) => fault',
  ),
  'changes-after-a-fault-are-refused': handling(
    'holds to ifUnchanged after a fault, too',
    write,
    'if (ifUnchanged !== undefined && !sameJson',
    'if (!isOpen && ifUnchanged !== undefined && !sameJson',
  ),
  'changes-beside-ours-are-refused': handling(
    'notices a change of a field that it did not send',
    write,
    'const kept = ifUnchanged ?? (data as Fields | null);',
    'const kept = data as Fields | null;',
  ),
  'conflicts-tell-what-is-there': handling(
    'tells whether a conflict holds what was sent',
    write,
    'issuesOf({ ...write, ifUnchanged: undefined }, found).length === 0;',
    'false;',
  ),
  'guards-that-fail-let-nothing-through': handling(
    'writes nothing when ifUnchanged cannot be checked',
    write,
    'settle(await read());',
    'await read().then(settle, () => undefined);',
  ),
  'writes-go-one-after-another': handling(
    'sends one write to a customizer after another',
    queue,
    'last = last.then(async () => {',
    'last = Promise.resolve().then(async () => {',
  ),
  'failed-writes-let-the-next-one-go': handling(
    'goes on with the next write after one that failed',
    queue,
    'await task().then(resolve, reject);',
    'await task().then(resolve, (error) => {\n          reject(error);\n          return new Promise(() => {});\n        });',
  ),
  'reads-do-not-queue': handling(
    'lets reads go beside writes',
    'client.ts',
    "read(requests.list(), 'list', startBudget(policyOfCall(call), call.signal));",
    "queues['access-token'](requests.list(), call.signal, () => read(requests.list(), 'list', startBudget(policyOfCall(call), call.signal)));",
  ),
};
