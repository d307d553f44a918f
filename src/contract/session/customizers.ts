import type { TokenType } from '../../../generated/types.d.ts';

/** Reads and writes a tenant's customizers as text, so that nothing is lost on the way. */
export interface CustomizerTexts {
  /** The text that GET answers; `null` when there is no customizer. */
  read(tokenType: TokenType): Promise<string | null>;
  /** Puts it back; `null` deletes. */
  write(tokenType: TokenType, text: string | null): Promise<void>;
}

export const tokenTypes: readonly TokenType[] = ['access-token', 'client-credentials'];

/** Milliseconds for one request. */
const timeout = 30_000;

/** @throws {Error} when the tenant answers otherwise than it should; the message holds no body. */
export const customizerTexts = (endpoint: string, getToken: () => Promise<string>): CustomizerTexts => {
  const call = async (method: string, tokenType: TokenType, body: string | null, good: number[]) => {
    const path = `/api/configs/jwt-customizer/${tokenType}`;
    const response = await fetch(`${endpoint}${path}`, {
      method,
      body,
      headers: {
        authorization: `Bearer ${await getToken()}`,
        ...(body !== null && { 'content-type': 'application/json' }),
      },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    });
    const text = await response.text();
    if (!good.includes(response.status)) throw new Error(`${method} ${path} answered ${response.status}`);
    const isMissing = response.status === 404;
    if (isMissing && !response.headers.get('content-type')?.includes('json'))
      throw new Error(
        `${method} ${path} answered 404 without JSON: ${endpoint} does not seem to be a Logto tenant`,
      );
    return { isMissing, text };
  };
  return {
    read: async (tokenType) => {
      const { isMissing, text } = await call('GET', tokenType, null, [200, 404]);
      return isMissing ? null : text;
    },
    write: async (tokenType, text) => {
      if (text === null) await call('DELETE', tokenType, null, [204, 404]);
      else await call('PUT', tokenType, text, [200, 201]);
    },
  };
};
