/**
 * Sends many updates at once with one client: `update-many.ts CLIENT KIND UPDATES URL`. Prints milliseconds, bytes and
 * faults. Each client has a separate process, since connections and memory of one would affect the next.
 */
import { createManagementApi } from '@logto/api/management';
import { createJwtCustomizerClient } from '../src/client/index.ts';
import { fullAccessToken, fullClientCredentials } from './project.ts';
import { credentials } from './tenant.ts';

export interface ManyUpdates {
  milliseconds: number;
  /** The peak memory of the process, minus its memory before the first call. */
  bytes: number;
  /** The errors of the failed updates. */
  failed: string[];
}

/** Half of the updates for each token type, or all for one. */
export const kinds = ['one token type', 'two token types'] as const;

const bodies = { 'access-token': fullAccessToken, 'client-credentials': fullClientCredentials };
type TokenType = keyof typeof bodies;

const updateBy: Record<string, (url: string) => (tokenType: TokenType) => Promise<unknown>> = {
  ours: (url) => {
    const client = createJwtCustomizerClient({ endpoint: url, ...credentials });
    return (tokenType) => client.update(tokenType, bodies[tokenType]);
  },
  official: (url) => {
    const { apiClient } = createManagementApi('default', { ...credentials, baseUrl: url });
    return async (tokenType) => {
      const { data } = await apiClient.PATCH('/api/configs/jwt-customizer/{tokenTypePath}', {
        params: { path: { tokenTypePath: tokenType } },
        body: { ...bodies[tokenType] },
      });
      if (data?.script !== bodies[tokenType].script) throw new Error('an update returned something else');
    };
  },
};

const run = async (client: string, kind: string, updates: number, url: string): Promise<ManyUpdates> => {
  const update = updateBy[client]?.(url);
  if (update === undefined) throw new Error(`unknown client ${client}`);
  const types = Object.keys(bodies) as TokenType[];
  const used = kind === kinds[0] ? types.slice(0, 1) : types;
  const before = process.resourceUsage().maxRSS;
  const started = performance.now();
  const outcomes = await Promise.allSettled(
    Array.from({ length: updates }, (_, index) => update(used[index % used.length] as TokenType)),
  );
  return {
    milliseconds: performance.now() - started,
    bytes: (process.resourceUsage().maxRSS - before) * 1024,
    failed: outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : [])),
  };
};

if (process.argv[1] === import.meta.filename) {
  const [client = '', kind = '', updates, url = ''] = process.argv.slice(2);
  console.log(JSON.stringify(await run(client, kind, Number(updates), url)));
}
