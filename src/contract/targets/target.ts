import type { Left } from '../../session/index.ts';
import type { Case } from '../case.ts';
import type { Exchange, Finding } from '../exchange.ts';
import type { Release } from '../releases.ts';

/** Begins the reason of every case that is no longer tried. */
export const stopped = 'stopped:';

/** Nothing more may be written to the tenant. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';

  constructor(why: string) {
    super(`${stopped} ${why}`);
  }
}

/** A case could not be tried: nothing is known of what it is about. */
export class UntriedError extends Error {
  override readonly name = 'UntriedError';
  /** What the tenant answered instead. */
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** Something that answers the cases' requests. It knows no case. */
export interface Target {
  /** As the report names it: `prism`, `mock`, `recordings 1.42`, `tenant`. */
  name: string;
  release: Release;
  /** Why this target cannot show what the case asks; nothing when it can. */
  cannotShow(contract: Case): string | undefined;
  /**
   * Brings about what is given, sends the request, and reads back what is stored where it can.
   *
   * @throws {Error} when the case could not be tried, for example because what is given could not be stored.
   */
  exchange(contract: Case): Promise<Exchange>;
  /** What the target sends in this case's place: a live tenant gets inert scripts. */
  prepare(contract: Case): Case;
  /**
   * What is wrong with a response, where this target cannot do all that a case expects.
   * @default `validate`
   */
  validate?(contract: Case, exchange: Exchange): Finding[];
  /** What a person should know of a case that passed. */
  note?(contract: Case, exchange: Exchange): string | undefined;
  /** What the cases have left on a live tenant. */
  left?(): Left;
  close(): Promise<void>;
}

/** Why the case does not hold for the target's release; nothing when it does. */
export const notOfRelease = (
  { since, before }: Case,
  { release }: Pick<Target, 'release'>,
): string | undefined => {
  if (since !== undefined && !release.has(since)) return `holds from ${since} on`;
  if (before !== undefined && release.has(before)) return `holds before ${before}`;
  return undefined;
};
