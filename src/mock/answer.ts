import { maxBodySize, plainText, type TenantRequest, type TenantResponse } from '../tenant/index.ts';
import type { Answer, MockRequest, MockResponse } from './message.ts';

/** What the answers are made from. */
export interface Sources {
  /** What is answered without a token, by path. */
  publicAnswers: Record<string, () => string>;
  /** The model of a tenant. */
  handle: (request: TenantRequest) => Promise<TenantResponse>;
  requestId: () => string;
}

/** The model judges a body by its size itself: of one that is too large, the size is all that it needs. */
const tooLarge = new Uint8Array(maxBodySize + 1);

const toMock = ({ status, headers, body }: TenantResponse): MockResponse => ({
  status,
  headers,
  text: body === '' ? undefined : body,
});

/** Answers as a tenant does. */
export const makeAnswer = ({ publicAnswers, handle, requestId }: Sources): Answer => {
  const describe = (method: string, text: string): MockResponse => {
    const headers = { 'logto-core-request-id': requestId() };
    return method === 'GET' || method === 'HEAD'
      ? { status: 200, headers: { ...headers, 'content-type': 'application/json; charset=utf-8' }, text }
      : toMock(plainText(405, 'Method Not Allowed', { ...headers, allow: 'HEAD, GET' }));
  };

  return async (request: MockRequest) => {
    const { method, path, target, headers } = request;
    const known = Object.hasOwn(publicAnswers, path) ? publicAnswers[path] : undefined;
    if (known !== undefined) return describe(method, known());
    const body = (await request.readBody()) ?? tooLarge;
    return toMock(await handle({ method, path: target, headers, body }));
  };
};
