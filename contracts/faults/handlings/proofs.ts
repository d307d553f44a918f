/** All that is proved of the client under faults, as one list: what a mutation is held against. */
import { cells, nameOf } from '../ambiguous/cells.ts';

import { faultGroups } from '../catalogue/index.ts';
import { endOf, judge, requestsOf } from '../judge.ts';
import type { ClientModule } from '../observe.ts';
import { runFault } from '../run.ts';

export interface Proof {
  /** A sentence that is true of the client. */
  readonly name: string;
  /** What the call ends in, in a few words. */
  readonly ends: string;
  /** The requests that are made, in a few words. */
  readonly requests: string;
  /** Without it the proof fails. */
  readonly handling: string;
  /**
   * @param patience - real milliseconds in which something must move
   * @returns what is not as it should be; nothing when all is
   */
  run(module: ClientModule, patience: number): Promise<string[]>;
}

export const proofs: readonly Proof[] = [
  ...faultGroups
    .flatMap(({ faults }) => faults)
    .map((fault) => ({
      name: fault.name,
      ends: endOf(fault),
      requests: requestsOf(fault),
      handling: fault.handling,
      run: async (module: ClientModule, patience: number) =>
        judge(fault, await runFault(fault, module, patience)),
    })),
  ...cells.map((cell) => ({
    name: nameOf(cell),
    ends: cell.reports,
    requests: cell.requests,
    handling: cell.handling,
    run: async (module: ClientModule, patience: number) => {
      // With it come Logto's own guards, which take a quarter of a second.
      const { runCell } = await import('../ambiguous/run.ts');
      return runCell(cell, module, patience);
    },
  })),
];
