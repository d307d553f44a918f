/**
 * The table of ambiguous writes: what a client must report, and what must be stored, when it is not told whether a
 * write was carried out. Written down, not derived: this is what is reviewed.
 */

/** How the first write goes wrong. */
export const accidents = ['reset', 'time-out', '502', 'truncated answer'] as const;
export type Accident = (typeof accidents)[number];

export type Method = 'PUT' | 'PATCH' | 'DELETE';

/** What is stored, in short. `update` is what PATCH makes of `before`, `update of theirs` what it makes of theirs. */
export type State = 'before' | 'ours' | 'update' | 'update of theirs' | 'theirs' | 'none';

export interface Row {
  /** When it goes wrong: the tenant has not, or has, carried it out. */
  readonly commit: 'before' | 'after';
  readonly method: Method;
  /** Whether `ifUnchanged` is given: what was there before. */
  readonly guarded: boolean;
  /** What somebody else does between that and our next request. */
  readonly other: 'nothing' | 'replaces' | 'deletes';
  /** What the client reports: `done`, or the class of its error. */
  readonly reports: 'done' | 'ConflictError' | 'RequestRefusedError';
  readonly stored: State;
  /** What the tenant is asked, in all. */
  readonly requests: string;
  /** The handling in the client without which the row fails. */
  readonly handling: string;
}

const row = (
  [commit, method, guarded, other]: [Row['commit'], Method, 'guarded' | 'unguarded', Row['other']],
  reports: Row['reports'],
  stored: State,
  requests: string,
  handling: string,
): Row => ({ commit, method, guarded: guarded === 'guarded', other, reports, stored, requests, handling });

const [resent, found, gone] = [
  'unknown-outcomes-are-read',
  'what-is-there-was-written',
  'what-is-gone-was-deleted',
];
const conflict = 'changes-after-a-fault-are-refused';

/** Each of them holds for every accident. */
export const rows: readonly Row[] = [
  // Nobody else writes: nothing is lost, and nothing is done twice that was done. With `ifUnchanged` each attempt
  // reads just before it writes, after the pause.
  row(['before', 'PUT', 'unguarded', 'nothing'], 'done', 'ours', 'PUT GET PUT', resent),
  row(['before', 'PATCH', 'unguarded', 'nothing'], 'done', 'update', 'PATCH GET PATCH', resent),
  row(['before', 'DELETE', 'unguarded', 'nothing'], 'done', 'none', 'DELETE GET DELETE', resent),
  row(['after', 'PUT', 'unguarded', 'nothing'], 'done', 'ours', 'PUT GET', found),
  row(['after', 'PATCH', 'unguarded', 'nothing'], 'done', 'update', 'PATCH GET', found),
  row(['after', 'DELETE', 'unguarded', 'nothing'], 'done', 'none', 'DELETE GET', gone),
  row(['before', 'PUT', 'guarded', 'nothing'], 'done', 'ours', 'GET PUT GET GET PUT', resent),
  row(['before', 'PATCH', 'guarded', 'nothing'], 'done', 'update', 'GET PATCH GET GET PATCH', resent),
  row(['before', 'DELETE', 'guarded', 'nothing'], 'done', 'none', 'GET DELETE GET GET DELETE', resent),
  row(['after', 'PUT', 'guarded', 'nothing'], 'done', 'ours', 'GET PUT GET', found),
  row(['after', 'PATCH', 'guarded', 'nothing'], 'done', 'update', 'GET PATCH GET', found),
  row(['after', 'DELETE', 'guarded', 'nothing'], 'done', 'none', 'GET DELETE GET', gone),

  // Somebody replaces it. Guarded: theirs stays. Unguarded: nobody asked to keep it, the last writer wins.
  row(['before', 'PUT', 'guarded', 'replaces'], 'ConflictError', 'theirs', 'GET PUT GET', conflict),
  row(['before', 'PATCH', 'guarded', 'replaces'], 'ConflictError', 'theirs', 'GET PATCH GET', conflict),
  row(['before', 'DELETE', 'guarded', 'replaces'], 'ConflictError', 'theirs', 'GET DELETE GET', conflict),
  row(['after', 'PUT', 'guarded', 'replaces'], 'ConflictError', 'theirs', 'GET PUT GET', conflict),
  row(['after', 'PATCH', 'guarded', 'replaces'], 'ConflictError', 'theirs', 'GET PATCH GET', conflict),
  row(['after', 'DELETE', 'guarded', 'replaces'], 'ConflictError', 'theirs', 'GET DELETE GET', conflict),
  row(['before', 'PUT', 'unguarded', 'replaces'], 'done', 'ours', 'PUT GET PUT', resent),
  row(['before', 'PATCH', 'unguarded', 'replaces'], 'done', 'update of theirs', 'PATCH GET PATCH', resent),
  row(['before', 'DELETE', 'unguarded', 'replaces'], 'done', 'none', 'DELETE GET DELETE', resent),
  row(['after', 'PUT', 'unguarded', 'replaces'], 'done', 'ours', 'PUT GET PUT', resent),
  row(['after', 'PATCH', 'unguarded', 'replaces'], 'done', 'update of theirs', 'PATCH GET PATCH', resent),
  row(['after', 'DELETE', 'unguarded', 'replaces'], 'done', 'none', 'DELETE GET DELETE', resent),

  // Somebody deletes it. An update has nothing to change then, and a deletion nothing to delete: it is as was wanted.
  row(['before', 'PUT', 'guarded', 'deletes'], 'ConflictError', 'none', 'GET PUT GET', conflict),
  row(['before', 'PATCH', 'guarded', 'deletes'], 'ConflictError', 'none', 'GET PATCH GET', conflict),
  row(['before', 'DELETE', 'guarded', 'deletes'], 'done', 'none', 'GET DELETE GET', gone),
  row(['after', 'PUT', 'guarded', 'deletes'], 'ConflictError', 'none', 'GET PUT GET', conflict),
  row(['after', 'PATCH', 'guarded', 'deletes'], 'ConflictError', 'none', 'GET PATCH GET', conflict),
  row(['after', 'DELETE', 'guarded', 'deletes'], 'done', 'none', 'GET DELETE GET', gone),
  row(['before', 'PUT', 'unguarded', 'deletes'], 'done', 'ours', 'PUT GET PUT', resent),
  row(['before', 'PATCH', 'unguarded', 'deletes'], 'RequestRefusedError', 'none', 'PATCH GET PATCH', resent),
  row(['before', 'DELETE', 'unguarded', 'deletes'], 'done', 'none', 'DELETE GET', gone),
  row(['after', 'PUT', 'unguarded', 'deletes'], 'done', 'ours', 'PUT GET PUT', resent),
  row(['after', 'PATCH', 'unguarded', 'deletes'], 'RequestRefusedError', 'none', 'PATCH GET PATCH', resent),
  row(['after', 'DELETE', 'unguarded', 'deletes'], 'done', 'none', 'DELETE GET', gone),
];

export interface Cell extends Row {
  readonly accident: Accident;
}

export const cells: readonly Cell[] = rows.flatMap((each) =>
  accidents.map((accident) => ({ ...each, accident })),
);

const others = {
  nothing: 'nobody else writes',
  replaces: 'somebody replaces it in between',
  deletes: 'somebody deletes it in between',
};

/** For example `PUT, reset before the commit, ifUnchanged, nobody else writes: done, ours is stored`. */
export const nameOf = ({ method, accident, commit, guarded, other, reports, stored }: Cell): string =>
  `${method}, ${accident} ${commit} the commit, ${guarded ? 'ifUnchanged, ' : ''}${others[other]}: ${reports}, ` +
  `${stored === 'none' ? 'nothing' : stored} is stored`;
