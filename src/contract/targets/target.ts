import type { Left } from '../../session/index.ts';
import type { Case } from '../case.ts';
import type { Exchange, Finding } from '../exchange.ts';
import type { Release } from '../releases.ts';

/** The prefix of the reason of every case that is not run because the suite stopped. */
export const stopped = 'stopped:';

/** Thrown when nothing more may be written to the tenant. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';

  constructor(why: string) {
    super(`${stopped} ${why}`);
  }
}

/** Thrown when a case could not be run, and is therefore inconclusive. */
export class UntriedError extends Error {
  override readonly name = 'UntriedError';
  /** The status of the unexpected response. */
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** Something that responds to the cases' requests. It is independent of cases. */
export interface Target {
  /** Its name in the report: `prism`, `mock`, `recordings 1.42`, `tenant`. */
  name: string;
  release: Release;
  /** Why the case is not applicable to this target; `undefined` when it is. */
  cannotShow(contract: Case): string | undefined;
  /**
   * Sets up the given customizers, sends the request, and reads back the stored customizers if it can.
   *
   * @throws {Error} when the case could not be run, for example because a given customizer could not be stored.
   */
  exchange(contract: Case): Promise<Exchange>;
  /** The case that the target sends instead: a live tenant gets inert scripts. */
  prepare(contract: Case): Case;
  /**
   * The problems of a response, if this target cannot meet all expectations of a case.
   * @default `validate`
   */
  validate?(contract: Case, exchange: Exchange): Finding[];
  /** A note on a case that passed. */
  note?(contract: Case, exchange: Exchange): string | undefined;
  /** What the cases left on a live tenant. */
  left?(): Left;
  close(): Promise<void>;
}

/** Why the case does not apply to the target's release; `undefined` when it does. */
export const notOfRelease = (
  { since, before }: Case,
  { release }: Pick<Target, 'release'>,
): string | undefined => {
  if (since !== undefined && !release.has(since)) return `holds from ${since} on`;
  if (before !== undefined && release.has(before)) return `holds before ${before}`;
  return undefined;
};
