import { loadRefusals } from '../load.ts';
import type { TokenSource } from '../token/token.ts';
import type { Budget, Target } from './budget.ts';
import { type Answer, type Connection, exchange } from './exchange.ts';

/** A request to the Management API. */
export interface ApiRequest extends Target {
  /** JSON. */
  readonly body?: string | undefined;
  /** What must not appear in an error or an event, beside the token. */
  readonly secrets?: readonly string[];
}

/** One attempt: a token, an exchange, and an error unless the status is 2xx or `isAnswer` takes it all the same. */
export type Send = (
  request: ApiRequest,
  budget: Budget,
  isAnswer?: (answer: Answer) => boolean,
) => Promise<Answer>;

export const createSend =
  (connection: Connection, tokens: TokenSource): Send =>
  async (request, budget, isAnswer) => {
    for (let isRepeated = false; ; isRepeated = true) {
      const token = await tokens.get(budget);
      const secrets = [token.value, ...tokens.secrets, ...(request.secrets ?? [])];
      const { method, path, body } = request;
      const headers = {
        Authorization: `Bearer ${token.value}`,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      };
      const answer = await exchange(
        connection,
        { method, path, headers, body, secrets },
        budget,
        'attemptTimeout',
      );
      if (answer.ok || isAnswer?.(answer)) return answer;
      if (answer.status === 401) {
        tokens.forget(token.value);
        // It may have been revoked since, which a new one is not.
        if (token.isCached && !isRepeated) continue;
      }
      throw (await loadRefusals()).refusalOf(request, answer, secrets);
    }
  };
