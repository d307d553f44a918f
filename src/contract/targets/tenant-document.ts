import { createTransport, singleAttempt } from '../../client/call/transport.ts';
import { parseJson } from '../../client/json.ts';
import type { Sender } from './http.ts';

const path = '/api/swagger.json';

/**
 * What a tenant tells of itself.
 *
 * @throws {Error} when it does not answer with it.
 */
export const tenantDocument = async ({ endpoint }: Pick<Sender, 'endpoint'>): Promise<unknown> => {
  const { ok, status, text } = await createTransport()(
    endpoint + path,
    {},
    singleAttempt({ method: 'GET', path }),
  );
  if (!ok) throw new Error(`GET ${endpoint}${path} answered ${status}`);
  try {
    return parseJson(text);
  } catch {
    // Without the parser's words, which quote the text.
    throw new Error(
      `GET ${endpoint}${path} answered ${status} without JSON: a proxy may have sent it, or this is no Logto tenant`,
    );
  }
};
