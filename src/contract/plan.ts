import type { FuzzPlan } from './fuzz/index.ts';
import type { RecordPlan } from './recordings/index.ts';
import type { LastSeen } from './session/index.ts';
import type { Outcome } from './table.ts';

/** What a case can be tried on. `recordings` stands for all recorded releases. */
export const targetNames = ['mock', 'recordings', 'tenant'] as const;
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
}

/** What the process that runs vitest is told: first what, then when. */
export interface ToWorker {
  plan?: ContractPlan;
  vitestArguments?: string[];
  go?: true;
}

/** What it tells. */
export interface FromWorker {
  /** vitest is loaded and its arguments are good. */
  ready?: true;
  /** Why an argument is not. */
  refused?: string;
  outcome?: Outcome;
  /** The run ended; whether vitest met no error beside the cases' own. */
  isContent?: boolean;
}

declare module 'vitest' {
  interface ProvidedContext {
    contract: ContractPlan;
  }
  interface TaskMeta {
    /** The HTTP status that a case was answered with. */
    status?: number;
    /** What was read back after it, by fingerprint. */
    lastSeen?: LastSeen;
    /** What a person should read beside the table. */
    note?: string;
  }
}
