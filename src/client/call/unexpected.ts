import { UnexpectedAnswerError } from '../errors/unexpected-answer.ts';
import type { Target } from './budget.ts';
import type { Answer } from './exchange.ts';

/** An answer that is no refusal, and not Logto's, as an error that says what it is instead. */
export const unexpected = (
  { method, path }: Target,
  answer: Pick<Answer, 'status' | 'contentType' | 'requestId'>,
  what: string,
): UnexpectedAnswerError => {
  const { status, contentType, requestId } = answer;
  return new UnexpectedAnswerError(what, { method, path, status, contentType, requestId });
};
