import type { TokenType } from '../../../generated/types.d.ts';
import type { Case } from '../case.ts';
import { senderOf } from '../environment.ts';
import type { Exchange } from '../exchange.ts';
import { type Sender, send } from '../targets/http.ts';
import { stopped, type Target } from '../targets/target.ts';
import { createAsCase } from './as-case.ts';
import { describeTally, fuzz } from './fuzz.ts';
import type { FuzzPlan, Limits } from './limits.ts';
import { ForeignChangeError } from './player.ts';

/** As the table and every report name it. */
export const fuzzName = 'fuzz: random sequences agree with the model';

/** What came of it, when nothing broke. */
export interface FuzzReport {
  /** The seed and the counts. */
  note: string;
  /** The last HTTP status that decided something. */
  status?: number;
  /** Why it proves nothing. */
  undecided?: string;
  /** What somebody else changed, which stopped it. */
  foreign?: TokenType;
}

export interface FuzzTargetOptions extends FuzzPlan {
  /** @default by the environment's variables */
  sender?: Sender;
  /** Told what is stored whenever it was read. */
  seen?(after: Exchange['after']): void;
  limits?: Partial<Limits>;
}

const openings = 3;

/**
 * Empties the tenant by way of the target, which notices when it is no longer as the last case left it.
 *
 * @returns why nothing may be written.
 */
const open = async (target: Target, opening: Case): Promise<string | undefined> => {
  for (let attempt = 0; attempt < openings; attempt += 1) {
    const reason = target.cannotShow(opening);
    if (reason !== undefined) return reason;
    try {
      await target.exchange(opening);
      return undefined;
    } catch {
      // A tired tenant is counted below; a changed one is the reason that cannotShow has now.
    }
  }
  return target.cannotShow(opening);
};

/**
 * The fuzzer on a live target, its customizers saved before and put back after by whoever calls. Needs fast-check.
 *
 * @throws {FuzzError} with the smallest failing sequence that was found.
 */
export const fuzzTarget = async (target: Target, options: FuzzTargetOptions): Promise<FuzzReport> => {
  const { seed, sequences } = options;
  const sender = options.sender ?? senderOf(process.env);
  const opening = createAsCase(target.release, 'fuzz')({ operation: 'list' }, {});
  const reason = await open(target, opening);
  if (reason !== undefined) return { note: `seed ${seed}: not begun`, undecided: reason };
  try {
    const tally = await fuzz({
      seed,
      sequences,
      release: target.release,
      send: (contract) => send(sender, contract),
      ...(options.seen && { seen: options.seen }),
      ...(options.limits && { limits: options.limits }),
    });
    const note = describeTally(tally);
    return {
      note,
      ...(tally.status !== undefined && { status: tally.status }),
      ...(tally.steps === 0 && { undecided: `no step was decided; ${note}` }),
    };
  } catch (error) {
    if (!(error instanceof ForeignChangeError)) throw error;
    const undecided = `${stopped} ${error.message}`;
    return { note: `seed ${seed}: ${undecided}`, undecided, foreign: error.tokenType };
  }
};
