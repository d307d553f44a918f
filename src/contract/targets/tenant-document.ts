import type { Sender } from './http.ts';

/**
 * What a tenant tells of itself.
 *
 * @throws {Error} when it does not answer with it.
 */
export const tenantDocument = async ({ endpoint }: Pick<Sender, 'endpoint'>): Promise<unknown> => {
  const response = await fetch(`${endpoint}/api/swagger.json`, { signal: AbortSignal.timeout(30_000) });
  if (!response.ok) throw new Error(`GET ${endpoint}/api/swagger.json answered ${response.status}`);
  return response.json();
};
