import type { Shard } from '../report/index.ts';
import type { Fingerprints } from '../session/index.ts';
import type { FuzzPlan } from './fuzz/fuzz.ts';
import type { RecordPlan } from './recordings/index.ts';
import type { Outcome } from './table.ts';

/** The targets that cases can run against. `recordings` stands for all recorded releases. */
export const targetNames = ['prism', 'mock', 'recordings', 'tenant'] as const;
export type TargetName = (typeof targetNames)[number];

/** The options of the vitest file. Credentials are passed in the environment. */
export interface ContractPlan {
  targets: TargetName[];
  /** Whether to run cases whose script blocks a live tenant for seconds. */
  allowDisruptive: boolean;
  /** Random sequences for a live tenant, if requested. */
  fuzz?: FuzzPlan;
  /** Where to record a live tenant's responses, if requested. */
  record?: RecordPlan;
  /** The part of the cases to run: those whose number modulo `count` is `index - 1`. */
  shard?: Shard;
  /** Whether to keep the exchanges, for a report. */
  keepExchanges?: boolean;
}

/** Messages to the process that runs vitest: first the plan, then the start. */
export interface ToWorker {
  plan?: ContractPlan;
  vitestArguments?: string[];
  go?: true;
  /** The customizers, which are saved and may now be replaced; or why nothing may be written. */
  begun?: Begun;
}

/** The channel on which the thread that runs the cases asks to begin writing and receives a `Begun`. */
export const beginChannel = 'logto-jwt-customizer: begin';

export type Begun = { lastSeen: Fingerprints } | { refused: string };

/** Messages from the process that runs vitest. */
export interface FromWorker {
  /** vitest is loaded and its arguments are valid; the parts of them that the parent process needs. */
  ready?: { shard?: Shard; tells: boolean };
  /** Why an argument is invalid. */
  refused?: string;
  /** The first write to a live tenant is due. */
  begin?: true;
  outcome?: Outcome;
  /** Errors outside the cases, for example because a target could not be opened. */
  troubles?: string[];
  /** The run ended; true if vitest met no errors and no case failed. */
  isContent?: boolean;
}

declare module 'vitest' {
  interface ProvidedContext {
    contract: ContractPlan;
  }
  /** Reported for each case by the thread that runs them. */
  interface TaskMeta extends Pick<Outcome, 'status' | 'left' | 'note' | 'release' | 'exchange'> {}
}
