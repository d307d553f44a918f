/** All proofs about the client under faults, in one list for testing mutations. */
import { cells, nameOf } from '../ambiguous/cells.ts';

import { faultGroups } from '../catalogue/index.ts';
import { endOf, judge, requestsOf } from '../judge.ts';
import type { ClientModule } from '../observe.ts';
import { runFault } from '../run.ts';

export interface Proof {
  /** A sentence that is true of the client. */
  readonly name: string;
  /** A short description of the call's result. */
  readonly ends: string;
  /** A short description of the requests. */
  readonly requests: string;
  /** The handling without which the proof fails. */
  readonly handling: string;
  /**
   * @param patience - real milliseconds without progress after which a call counts as hanging
   * @returns the findings
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
      // It imports Logto's own guards, which takes a quarter of a second.
      const { runCell } = await import('../ambiguous/run.ts');
      return runCell(cell, module, patience);
    },
  })),
];
