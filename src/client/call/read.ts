import type { TokenType } from '../../../generated/types.d.ts';
import type { Emit } from '../events.ts';
import { loadJudge } from '../load.ts';
import type { Budget, Target } from './budget.ts';
import type { Answer } from './exchange.ts';
import { isPassing } from './faults.ts';
import { isMissing } from './missing.ts';
import { retry } from './retry.ts';
import type { ApiRequest, Send } from './send.ts';
import { unexpected } from './unexpected.ts';

/** How an answer is judged: see the option `responses`. */
export type Responses = 'tolerant' | 'strict' | 'unchecked';

/** What an answer is to be. */
export type Expected = TokenType | 'list' | 'claims';

/** What a call goes through, and how its answers are judged. */
export interface CallContext {
  readonly send: Send;
  readonly budget: Budget;
  readonly responses: Responses;
  readonly emit: Emit | undefined;
}

/** An answer that is what it is to be. */
export interface Judged {
  readonly answer: Answer;
  /** The JSON of its body; `null` where the answer is that there is nothing. */
  readonly data: unknown;
  /** JSON Pointers of what the document does not know. */
  readonly newer: readonly string[];
}

/**
 * The answer with its body judged.
 *
 * @throws UnexpectedAnswerError, InvalidResponseError
 */
export const judge = async (
  request: ApiRequest,
  expected: Expected,
  answer: Answer,
  { responses, emit }: CallContext,
): Promise<Judged> => {
  if (answer.body === undefined) {
    const what = answer.text === '' ? 'an empty body' : 'a body that is not a JSON object or array';
    throw unexpected(request, answer, what);
  }
  if (responses === 'unchecked') return { answer, data: answer.body, newer: [] };
  const { checkAnswer } = await loadJudge();
  const newer = checkAnswer(request, expected, answer, responses === 'strict');
  const { method, path } = request;
  if (newer.length > 0) emit?.({ type: 'newer-fields', method, path, pointers: newer });
  return { answer, data: answer.body, newer };
};

/** Reads, as often as the policy allows. */
export const read = (
  path: string,
  expected: Expected,
  context: CallContext,
  mayBeMissing = false,
): Promise<Judged> => {
  const target: Target = { method: 'GET', path };
  const { send, budget, emit } = context;
  return retry(target, budget, emit, isPassing, async () => {
    const answer = await send(target, budget, mayBeMissing ? isMissing : undefined);
    return answer.ok ? judge(target, expected, answer, context) : { answer, data: null, newer: [] };
  });
};
