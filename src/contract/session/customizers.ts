import type { TokenType } from '../../../generated/types.d.ts';
import { type ApiRequest, createEngine, createRequests } from '../../client/call/engine.ts';
import { bearer, createTransport, singleAttempt } from '../../client/call/transport.ts';

/** Reads and writes a tenant's customizers as text, so that nothing is lost on the way. */
export interface CustomizerTexts {
  /** The text that GET answers; `null` when there is no customizer. */
  read(tokenType: TokenType): Promise<string | null>;
  /** Puts it back; `null` deletes. */
  write(tokenType: TokenType, text: string | null): Promise<void>;
}

export const tokenTypes: readonly TokenType[] = ['access-token', 'client-credentials'];

/** @throws {Error} when the tenant answers otherwise than it should; the message holds no body. */
export const customizerTexts = (endpoint: string, getToken: () => Promise<string>): CustomizerTexts => {
  const requests = createRequests(createEngine(endpoint, createTransport()));
  const call = async (request: ApiRequest, good: number[], sent?: string) => {
    const { method, path } = request;
    const attempt = singleAttempt(request, bearer(await getToken()));
    // The text alone counts, which is not parsed: an error would quote it.
    const response = await request.send(attempt, sent === undefined ? sent : { text: sent, value: sent });
    const { status, contentType, text } = response;
    if (!good.includes(status)) throw new Error(`${method} ${path} answered ${status}`);
    const isMissing = status === 404;
    if (isMissing && !contentType?.includes('json'))
      throw new Error(
        `${method} ${path} answered 404 without JSON: ${endpoint} does not seem to be a Logto tenant`,
      );
    return { isMissing, text };
  };
  return {
    read: async (tokenType) => {
      const { isMissing, text } = await call(requests.get(tokenType), [200, 404]);
      return isMissing ? null : text;
    },
    write: async (tokenType, text) => {
      if (text === null) await call(requests.delete(tokenType), [204, 404]);
      else await call(requests.store('put', tokenType), [200, 201], text);
    },
  };
};
