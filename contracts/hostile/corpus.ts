/** Requests of attackers or broken programs. */
import { readFileSync } from 'node:fs';
import { bodyCorpus, httpCorpus } from './groups.ts';
import { any, type HostileRequest, requestsOf } from './requests.ts';

export type { HostileRequest };

/** @param tokens - for requests that must pass authorization: of the newest release, of 1.28 */
export const corpus = ([token = '', oldToken = '']: readonly string[]): HostileRequest[] => [
  ...httpCorpus(token),
  ...bodyCorpus(token),
  ...scriptCorpus(token, oldToken),
];

/** vitest cannot import JSON with a lone surrogate. */
const scripts: Record<string, string> = JSON.parse(
  readFileSync(new URL('scripts.json', import.meta.url), 'utf8'),
);

/** @param tokens - for the newest release, for the mock of 1.28 */
export const scriptCorpus = (token: string, oldToken: string): HostileRequest[] => {
  const { write } = requestsOf(token);
  const run = (script: string, bearer: string): Buffer =>
    write(
      JSON.stringify({
        tokenType: 'client-credentials',
        script,
        token: { jti: 'j', aud: 'a', clientId: 'c', kind: 'ClientCredentials' },
        context: {},
        environmentVariables: { HIDDEN: 'variable-to-hide' },
      }),
      {
        method: 'POST',
        path: '/api/configs/jwt-customizer/test',
        fields: `Host: a\r\nAuthorization: Bearer ${bearer}\r\nConnection: close\r\nContent-Type: application/json\r\n`,
      },
    );
  return Object.entries(scripts).flatMap(([name, script]): HostileRequest[] => [
    { name: `script, 1.43: ${name}`, bytes: run(script, token), expected: any },
    { name: `script, 1.28: ${name}`, bytes: run(script, oldToken), expected: any, isOld: true },
  ]);
};
