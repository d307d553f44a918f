import type { Shard } from '../report/index.ts';
import type { LastSeen } from '../session/index.ts';
import type { FuzzPlan } from './fuzz/fuzz.ts';
import type { RecordPlan } from './recordings/index.ts';
import type { Outcome } from './table.ts';

/** What a case can be tried on. `recordings` stands for all recorded releases. */
export const targetNames = ['prism', 'mock', 'recordings', 'tenant'] as const;
export type TargetName = (typeof targetNames)[number];

/** What the vitest file is told. Credentials go by the environment. */
export interface ContractPlan {
  targets: TargetName[];
  /** Whether a script may be tried that keeps a live tenant from answering anybody for seconds. */
  allowDisruptive: boolean;
  /** Random sequences for a live tenant, if somebody asks for them. */
  fuzz?: FuzzPlan;
  /** Where a live tenant's answers are recorded, if somebody asks for that. */
  record?: RecordPlan;
  /** Which part of the cases is run: all whose number leaves `index - 1` when divided by `count`. */
  shard?: Shard;
  /** Whether the exchanges are wanted, for a report. */
  keepExchanges?: boolean;
}

/** What the process that runs vitest is told: first what, then when. */
export interface ToWorker {
  plan?: ContractPlan;
  vitestArguments?: string[];
  go?: true;
  /** What is stored, saved and ready to be replaced; or why nothing may be written. */
  begun?: Begun;
}

/** Carries the question whether writing may begin, and a `Begun`, to and from the thread that runs the cases. */
export const beginChannel = 'logto-jwt-customizer: begin';

export type Begun = { lastSeen: LastSeen } | { refused: string };

/** What it tells. */
export interface FromWorker {
  /** vitest is loaded and its arguments are good: what they say that the other side must know. */
  ready?: { shard?: Shard; tells: boolean };
  /** Why an argument is not. */
  refused?: string;
  /** The first write to a live tenant is due. */
  begin?: true;
  outcome?: Outcome;
  /** What went wrong outside every case, for example because a target could not be opened. */
  troubles?: string[];
  /** The run ended; whether vitest met no error beside the cases' own. */
  isContent?: boolean;
}

declare module 'vitest' {
  interface ProvidedContext {
    contract: ContractPlan;
  }
  /** What the thread that runs the cases tells of each. */
  interface TaskMeta extends Pick<Outcome, 'status' | 'left' | 'note' | 'release' | 'exchange'> {}
}
