import type { Fault, Responder } from '../fault.ts';
import { json, redirect } from '../http.ts';
import { before, credentials, listed, listing, ours, proves, putting } from '../subjects.ts';

const path = '/api/configs/jwt-customizer';
const loop: Responder = (request) => redirect(302, request.path);
const away =
  (status: number): Responder =>
  (request, { elsewhere }) =>
    redirect(status, `${elsewhere}${request.path}`);

/** The server beside this one must never be asked for anything: `judge.ts` holds every fault to that. */
export const redirects: readonly Fault[] = [
  ...proves('redirects-are-not-followed', {
    'A redirect that leads to itself is not followed': listing('GET', [loop], {
      expects: { fails: 'UnexpectedResponseError', status: 302, method: 'GET', path },
    }),
  }),
  ...[301, 302, 303, 307, 308].flatMap((status) =>
    proves('redirects-are-not-followed', {
      [`A ${status} to another origin does not take the access token there`]: listing('GET', [away(status)], {
        expects: { fails: 'UnexpectedResponseError', status },
      }),
    }),
  ),
  ...proves('redirects-are-not-followed', {
    'A 307 to another origin does not take a write and its environment variables there': putting(
      'PUT',
      [away(307)],
      { expects: { fails: 'UnexpectedResponseError', status: 307, method: 'PUT' } },
    ),
    'A token endpoint that redirects to another origin does not take the client secret there': listing(
      'token',
      [],
      {
        credentials: true,
        token: [away(307)],
        expects: { fails: 'UnexpectedResponseError', status: 307, method: 'POST', path: '/oidc/token' },
      },
    ),
  }),
];

const item = '/api/configs/jwt-customizer/access-token';

const tokenRequest = {
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  body: {
    grant_type: 'client_credentials',
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
  },
} as const;

/** The entry `/raw` and the suite's token requests are on the client's transport: they send nothing elsewhere either. */
export const raw: readonly Fault[] = [
  ...proves('redirects-are-not-followed', {
    'A 307 to another origin does not take a raw write and its environment variables there': listing(
      'PATCH',
      [away(307)],
      {
        call: async (_, world) => {
          const { response } = await world.raw.PATCH(item, { body: ours });
          return response.status;
        },
        expects: { value: 307 },
      },
    ),
    'A token endpoint that redirects a raw token request does not take the client secret there': listing(
      'token',
      [],
      {
        token: [away(307)],
        call: async (_, world) => {
          const { response } = await world.raw.POST('/oidc/token', tokenRequest);
          return response.status;
        },
        expects: { value: 307 },
      },
    ),
  }),
  ...proves('bodies-are-limited-in-size', {
    'A raw response of more than maxResponseBytes is an error, and not cut': listing('GET', [listed], {
      options: { maxResponseBytes: 50 },
      call: (_, world) => world.raw.GET('/api/configs/jwt-customizer'),
      expects: { fails: 'UnexpectedResponseError', status: 200 },
    }),
  }),
  ...proves('attempts-are-limited-in-time', {
    'A raw request that is not answered ends with attemptTimeout': listing('GET', [[{ wait: 30_000 }]], {
      call: (_, world) => world.raw.GET('/api/configs/jwt-customizer'),
      expects: { fails: 'TimeoutError', limit: 'attemptTimeout', timeout: 30_000, method: 'GET' },
      took: 30_000,
    }),
  }),
  ...proves('aborts-end-requests', {
    'An abort ends the wait for the token of a raw request, and the API is not asked': listing('', [], {
      options: { getToken: () => new Promise(() => {}) },
      call: async (_, world) => {
        const called = world.raw.GET('/api/configs/jwt-customizer', { signal: world.signal });
        world.abort();
        return called;
      },
      expects: { fails: 'AbortError', cause: 'GivenUp' },
      took: 0,
    }),
  }),
  ...proves('own-tokens-are-checked', {
    'A token that would break a header is an error of the raw client, without the token in it': listing(
      '',
      [json(200, before)],
      {
        options: { getToken: () => 'planted-access-token\r\nX: y' },
        call: (_, world) => world.raw.GET(path),
        expects: { fails: 'GetTokenFailedError' },
      },
    ),
  }),
];
