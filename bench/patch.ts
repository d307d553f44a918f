import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { createManagementApi } from '@logto/api/management';
import createClient from 'openapi-fetch';
import type { paths } from '../generated/types.d.ts';
import { validateAccessTokenJwtCustomizer as validateRequest } from '../generated/validators/request.js';
import { validateAccessTokenJwtCustomizer as validateResponse } from '../generated/validators/response.js';
import { createJwtCustomizerClient } from '../src/client/index.ts';
import {
  type Benchmark,
  compare,
  interleave,
  median,
  type Row,
  type Samples,
  samplesOf,
  turnOf,
} from './measure.ts';
import { fullAccessToken, scriptAlone } from './project.ts';
import { credentials, startTenant } from './tenant.ts';

const path = '/api/configs/jwt-customizer/access-token';
const template = '/api/configs/jwt-customizer/{tokenTypePath}';
const params = { path: { tokenTypePath: 'access-token' } } as const;
const headers = { 'Content-Type': 'application/json', Authorization: 'Bearer token' };

type Body = typeof fullAccessToken;

const ours = 'ours, validation both ways, time-outs';
const official = '@logto/api 1.42';
const openapiFetch = 'openapi-fetch';
/** The minimum for any client with the same features. */
const least = 'raw fetch, validation both ways, a time-out';

/** Contestants by name. Each sends one PATCH and returns what was stored. */
const contestants = (url: string, body: Body): Record<string, () => Promise<unknown>> => {
  const raw = createClient<paths>({ baseUrl: url });
  const client = createJwtCustomizerClient({ endpoint: url, ...credentials });
  const { apiClient } = createManagementApi('default', { ...credentials, baseUrl: url });
  const send = async (text: string, init: RequestInit = {}): Promise<Response> =>
    fetch(url + path, { method: 'PATCH', headers, body: text, ...init });
  const checked = (issues: readonly unknown[]): void => {
    if (issues.length > 0) throw new Error('a valid body was refused');
  };
  return {
    'raw fetch': async () => (await send(JSON.stringify(body))).json(),
    [least]: async () => {
      const text = JSON.stringify(body);
      // What is sent can differ from what was given.
      checked(validateRequest(JSON.parse(text)));
      const response = await send(text, { signal: AbortSignal.timeout(30_000) });
      const stored: unknown = JSON.parse(await response.text());
      checked(validateResponse(stored));
      return stored;
    },
    [openapiFetch]: async () => (await raw.PATCH(path, { headers, body })).data,
    [official]: async () =>
      // Its types come from the tenant's own document, which lacks the fields of the body.
      (await apiClient.PATCH(template, { params, body: { ...body } })).data,
    'ours, unchecked': () =>
      client.update('access-token', body, { validate: { request: false, response: false } }),
    [ours]: () => client.update('access-token', body),
  };
};

const rowsOf = (samples: Samples, which: string): Row[] =>
  Object.keys(samples)
    .filter((name) => name !== 'raw fetch')
    .map((name) => {
      const { ratio, figure, spread } = compare(samples, name, 'raw fetch');
      const row: Row = { what: `${name}, ${which}`, against: 'raw fetch', figure, spread };
      return name === ours ? { ...row, target: '1.15 ×', isReached: ratio <= 1.15 } : row;
    });

const againstOthers = (samples: Samples, which: string): Row[] =>
  [official, openapiFetch].map((other) => {
    const { ratio, figure, spread } = compare(samples, ours, other);
    const row: Row = { what: `${ours}, ${which}`, against: other, figure, spread };
    return other === official ? { ...row, target: 'below 1 ×', isReached: ratio < 1 } : row;
  });

/** The parts of a PATCH's duration and what was tried: Node 24.21, 2 cores, November 2026, relative to raw fetch. */
const tried = readFileSync(new URL('patch-tried.md', import.meta.url), 'utf8')
  .trim()
  .split('\n\n');

export const patch: Benchmark = {
  name: 'patch',
  title: 'PATCH on loopback',
  run: async (isQuick) => {
    const calls = isQuick ? 2 : 20;
    const options = isQuick ? { rounds: 3, warmUp: 1 } : { rounds: 250, warmUp: 25 };
    const tenant = await startTenant('echo');
    const rows: Row[] = [];
    const notes: string[] = [
      `Sequential calls on one connection, to a server in another process that echoes the body. ${options.rounds} rounds of ${calls} calls each; the spread is the middle half of the rounds' ratios.`,
    ];
    try {
      for (const [which, body] of [
        ['full body', fullAccessToken],
        ['script alone', scriptAlone],
      ] as const) {
        const called = contestants(tenant.url, body);
        for (const [name, call] of Object.entries(called))
          if (!isDeepStrictEqual(await call(), body)) throw new Error(`${name} returned something else`);
        const turns = Object.fromEntries(
          Object.entries(called).map(([name, call]) => [name, turnOf(calls, call)]),
        );
        const samples = await interleave(turns, options);
        rows.push(...againstOthers(samples, which), ...rowsOf(samples, which));
        const microseconds = Math.round((median(samplesOf(samples, 'raw fetch')) / calls) * 1000);
        notes.push(
          `${which} (${JSON.stringify(body).length} characters): raw fetch took ${microseconds} µs a call.`,
        );
      }
    } finally {
      await tenant.close();
    }
    return { rows, notes: [...notes, ...tried] };
  },
};
