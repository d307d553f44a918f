import type { RequestBody } from './body.ts';
import { type Answer, type Call, exchange, type FetchResult, requestInit, unexpected } from './exchange.ts';
import { refusalOf } from './refusal.ts';
import type { TokenSource } from './token.ts';

/** What a request carries beside its path and its body. */
const initOf = (token: string, body: RequestBody | undefined) => ({
  ...requestInit,
  headers: { Authorization: `Bearer ${token}` },
  ...(body && { bodySerializer: () => body.text }),
});

export interface ApiCall extends Call {
  readonly body?: RequestBody;
  readonly fetch: (init: ReturnType<typeof initOf>) => Promise<FetchResult>;
}

/** What each call goes through: a token, one exchange, and an error unless the status is 2xx. */
export type Send = (call: ApiCall) => Promise<Answer>;

export const createSend =
  (tokens: TokenSource): Send =>
  async (call) => {
    const token = await tokens.get();
    const answer = await exchange(call, () => call.fetch(initOf(token, call.body)));
    if (answer.ok) return answer;
    if (answer.status === 401) tokens.forget(token);
    throw refusalOf(call, answer, call.body?.bytes, [
      token,
      ...tokens.secrets,
      ...(call.body?.secrets ?? []),
    ]);
  };

/** The JSON that a call is answered with. Whether it is the right JSON is not checked. */
export const sendForJson = async (send: Send, call: ApiCall): Promise<unknown> => {
  const answer = await send(call);
  if (answer.body === undefined) {
    throw unexpected(
      call,
      answer,
      answer.isEmpty ? 'an empty body' : 'a body that is not a JSON object or array',
    );
  }
  return answer.body;
};

export const sendForNothing = async (send: Send, call: ApiCall): Promise<void> => {
  const answer = await send(call);
  if (answer.status !== 204) throw unexpected(call, answer, 'a body where Logto answers 204 without one');
};
