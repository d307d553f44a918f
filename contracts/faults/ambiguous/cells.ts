/**
 * The table of ambiguous writes: what a client must report, and what must be stored, when it does not learn whether a
 * write was performed. `cells.yaml` has the rows.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** How the first write fails. */
export const accidents = ['reset', 'time-out', '502', 'truncated answer'] as const;
export type Accident = (typeof accidents)[number];

export type Method = 'PUT' | 'PATCH' | 'DELETE';

/** Short names of stored customizers. `update` is the result of PATCH on `before`, `update of theirs` on theirs. */
export type State = 'before' | 'ours' | 'update' | 'update of theirs' | 'theirs' | 'none';

export interface Row {
  /** When it fails: before or after the tenant has performed the write. */
  readonly commit: 'before' | 'after';
  readonly method: Method;
  /** Whether `ifUnchanged` is given, with the customizer from before. */
  readonly guarded: boolean;
  /** What somebody else does before our next request. */
  readonly other: 'nothing' | 'replaces' | 'deletes';
  /** What the client reports: `done`, or the class of its error. */
  readonly reports: 'done' | 'ConflictError' | 'RequestRefusedError';
  readonly stored: State;
  /** All requests to the tenant. */
  readonly requests: string;
  /** The handling in the client without which the row fails. */
  readonly handling: string;
}

type Written = [Row['commit'], Method, string, Row['other'], Row['reports'], State, string, string];
const written = parse(readFileSync(new URL('cells.yaml', import.meta.url), 'utf8')) as Written[];

/** These rows apply to every accident. */
export const rows: readonly Row[] = written.map(
  ([commit, method, guard, other, reports, stored, requests, handling]) => {
    const guarded = guard === 'guarded';
    return { commit, method, guarded, other, reports, stored, requests, handling };
  },
);

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
