import type { Target } from '../call/budget.ts';
import type { Answer } from '../call/exchange.ts';
import type { Expected } from '../call/read.ts';
import { InvalidResponseError } from '../errors/invalid-response.ts';
import { joinSome } from '../join-some.ts';
import { answerValidators } from './validators.ts';

/**
 * Judges the body of an answer by the document.
 *
 * @param isStrict - whether a field that the document does not know is wrong
 * @returns JSON Pointers of the fields that the document does not know
 * @throws InvalidResponseError
 */
export const checkAnswer = (
  { method, path }: Target,
  expected: Expected,
  { status, requestId, body }: Answer,
  isStrict: boolean,
): string[] => {
  const found = answerValidators[expected](body);
  const issues = isStrict ? found : found.filter(({ keyword }) => keyword !== 'additionalProperties');
  if (issues.length === 0) return found.map(({ pointer }) => pointer);
  throw new InvalidResponseError(
    `${method} ${path} was answered ${status} with what this version of the client does not know: ` +
      `${joinSome(issues.map(({ message }) => message))}. \`responses: 'unchecked'\` takes it as it is.`,
    { method, path, status, requestId, issues },
  );
};
