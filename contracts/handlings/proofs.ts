/** All that is proved of the client under faults, as one list: what a mutation is held against. */
import { cells, nameOf } from '../ambiguous/cells.ts';

import { faultGroups } from '../faults/catalogue/index.ts';
import { judge } from '../faults/judge.ts';
import type { ClientModule } from '../faults/observe.ts';
import { runFault } from '../faults/run.ts';

export interface Proof {
  /** A sentence that is true of the client. */
  readonly name: string;
  /** Without it the proof fails. */
  readonly handling: string;
  /**
   * @param patience - real milliseconds in which something must move
   * @returns what is not as it should be; nothing when all is
   */
  run(module: typeof ClientModule, patience: number): Promise<string[]>;
}

export const proofs: readonly Proof[] = [
  ...faultGroups
    .flatMap(({ faults }) => faults)
    .map((fault) => ({
      name: fault.name,
      handling: fault.handling,
      run: async (module: typeof ClientModule, patience: number) =>
        judge(fault, await runFault(fault, module, patience)),
    })),
  ...cells.map((cell) => ({
    name: nameOf(cell),
    handling: cell.handling,
    run: async (module: typeof ClientModule, patience: number) => {
      // With it come Logto's own guards, which take a quarter of a second.
      const { runCell } = await import('../ambiguous/run.ts');
      return runCell(cell, module, patience);
    },
  })),
];
