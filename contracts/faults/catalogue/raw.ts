/** The entry `/raw` and the suite's token requests are on the client's transport: they send nothing elsewhere either. */
import type { Answer, Fault } from '../fault.ts';
import { json, redirect } from '../http.ts';
import { before, credentials, listed, ours } from '../subjects.ts';

const path = '/api/configs/jwt-customizer/access-token';

const away: Answer = (request, { elsewhere }) => redirect(307, `${elsewhere}${request.path}`);

const tokenRequest = {
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  body: {
    grant_type: 'client_credentials',
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
  },
} as const;

export const raw: readonly Fault[] = [
  {
    name: 'A 307 to another origin does not take a raw write and its environment variables there',
    api: [away],
    call: async (_, world) => {
      const { response } = await world.raw.PATCH(path, { body: ours });
      return response.status;
    },
    expects: { value: 307 },
    requests: 'PATCH',
    handling: 'redirects-are-not-followed',
  },
  {
    name: 'A token endpoint that redirects a raw token request does not take the client secret there',
    token: [away],
    call: async (_, world) => {
      const { response } = await world.raw.POST('/oidc/token', tokenRequest);
      return response.status;
    },
    expects: { value: 307 },
    requests: 'token',
    handling: 'redirects-are-not-followed',
  },
  {
    name: 'A raw response of more than maxResponseBytes is an error, and not cut',
    api: [listed],
    options: { maxResponseBytes: 50 },
    call: (_, world) => world.raw.GET('/api/configs/jwt-customizer'),
    expects: { fails: 'UnexpectedResponseError', status: 200 },
    requests: 'GET',
    handling: 'bodies-are-limited-in-size',
  },
  {
    name: 'A raw request that is not answered ends with attemptTimeout',
    api: [[{ wait: 30_000 }]],
    call: (_, world) => world.raw.GET('/api/configs/jwt-customizer'),
    expects: { fails: 'TimeoutError', limit: 'attemptTimeout', timeout: 30_000, method: 'GET' },
    requests: 'GET',
    took: 30_000,
    handling: 'attempts-are-limited-in-time',
  },
  {
    name: 'An abort ends the wait for the token of a raw request, and the API is not asked',
    options: { getToken: () => new Promise(() => {}) },
    call: async (_, world) => {
      const called = world.raw.GET('/api/configs/jwt-customizer', { signal: world.signal });
      world.abort();
      return called;
    },
    expects: { fails: 'AbortError', cause: 'GivenUp' },
    requests: '',
    took: 0,
    handling: 'aborts-end-requests',
  },
  {
    name: 'A token that would break a header is an error of the raw client, without the token in it',
    api: [json(200, before)],
    options: { getToken: () => 'planted-access-token\r\nX: y' },
    call: (_, world) => world.raw.GET(path),
    expects: { fails: 'GetTokenFailedError' },
    requests: '',
    handling: 'own-tokens-are-checked',
  },
];
