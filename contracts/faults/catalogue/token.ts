import type { Expected, Fault, Responder } from '../fault.ts';
import { bytes, json, page } from '../http.ts';
import {
  configs,
  granted,
  holdsOurs,
  list,
  listed,
  listing,
  ours,
  proves,
  put,
  type Row,
  twice,
} from '../subjects.ts';

const day = 86_400_000;
const hour = 3_600_000;

const asking = (requests: string, token: readonly Responder[], more: Partial<Row> = {}): Row => ({
  ...listing(requests, [listed]),
  credentials: true,
  token,
  ...more,
});

const both: Expected = { value: [configs, configs] };

/** A token endpoint that does not answer, or not with a token. */
export const tokenEndpoint: readonly Fault[] = [
  ...proves('token-requests-are-retried', {
    'A token endpoint that is down is asked three times, and the API never': asking(
      'token token token',
      [['reset']],
      {
        expects: { fails: 'NetworkError', code: 'ECONNRESET', method: 'POST', path: '/oidc/token' },
        waits: [250, 500],
      },
    ),
    'A token endpoint that is down for a moment costs attempts, not the call': asking(
      'token token token GET',
      [['reset'], page(503), granted()],
    ),
    'A token endpoint that stays unavailable is an error with its status': asking(
      'token token token',
      [page(503)],
      { expects: { fails: 'TokenRefusedError', status: 503, path: '/oidc/token' } },
    ),
  }),
  ...proves('options-are-heeded', {
    'As many token requests are retried as token.maxRetries says': asking('token', [page(503), granted()], {
      options: { token: { maxRetries: 0 } },
      expects: { fails: 'TokenRefusedError', status: 503 },
    }),
  }),
  ...proves('token-requests-are-limited-in-time', {
    'A token endpoint that is slow is given up after token.timeout': asking(
      'token token token',
      [[{ wait: 10_000 }]],
      {
        expects: { fails: 'TimeoutError', limit: 'token.timeout', timeout: 10_000, path: '/oidc/token' },
        took: 30_750,
      },
    ),
    'A token endpoint that is slow once is asked again': asking(
      'token token GET',
      [[{ wait: 10_000 }], granted()],
      { waits: [10_250, 0] },
    ),
  }),
  ...proves('token-requests-have-their-time', {
    'A token that takes its time is waited for': asking('token GET', [
      [{ wait: 9_000 }, { send: bytes(granted()) }],
    ]),
  }),
  ...proves('retry-after-is-obeyed', {
    'A token endpoint that says 429 with Retry-After is asked again then': asking(
      'token token GET',
      [page(429, { 'Retry-After': '3' }), granted()],
      { waits: [3_000, 0] },
    ),
  }),
  ...proves('token-requests-are-shared', {
    'Five calls wait for one token request, and for its three attempts': asking(
      'token token token GET GET GET GET GET',
      [page(503), page(503), granted()],
      {
        call: (client) => Promise.all([1, 2, 3, 4, 5].map(() => client.list())),
        expects: { value: [configs, configs, configs, configs, configs] },
      },
    ),
  }),
  ...proves('lasting-token-refusals-are-final', {
    'Wrong credentials are refused once, and not tried again': asking(
      'token',
      [json(401, { error: 'invalid_client', error_description: 'client authentication failed' })],
      { expects: { fails: 'TokenRefusedError', status: 401, error: 'invalid_client' } },
    ),
  }),
  ...proves('denials-are-told', {
    "A token that the tenant's own script denies is an error of its own, with what the script said": asking(
      'token',
      [
        json(400, {
          code: 'oidc.access_denied',
          message: 'Access denied.',
          error: 'access_denied',
          error_description: 'nope',
        }),
      ],
      {
        expects: {
          fails: 'TokenDeniedError',
          status: 400,
          code: 'oidc.access_denied',
          errorDescription: 'nope',
        },
      },
    ),
  }),
  ...proves('roles-are-not-blamed-for-a-resource', {
    'A token without the permission, for what is no Management API, is an error of the option resource':
      asking('token', [granted({ scope: undefined })], {
        options: { resource: 'https://things.example.test/api' },
        expects: { fails: 'InvalidOptionError', option: 'resource' },
      }),
  }),
  ...proves('token-requests-are-retried', {
    'A token endpoint behind Cloudflare that is away for a moment costs attempts, not the call': asking(
      'token token token GET',
      [page(522), page(530), granted()],
    ),
  }),
  ...proves('tokens-are-checked', {
    'A token answer that is cut is not a token': asking(
      'token',
      [{ ...granted(), body: '{"access_token":"planted-acc' }],
      { expects: { fails: 'UnexpectedResponseError', status: 200, path: '/oidc/token' } },
    ),
    'A page in place of a token is not a token': asking('token', [page(200)], {
      expects: {
        fails: 'UnexpectedResponseError',
        status: 200,
        contentType: 'text/html',
        path: '/oidc/token',
      },
    }),
    'A token that is no text is not a token': asking('token', [granted({ access_token: 5 })], {
      expects: { fails: 'UnexpectedResponseError', status: 200, path: '/oidc/token' },
    }),
    'A token that would break a header is not a token': asking(
      'token',
      [granted({ access_token: 'planted\r\nX: y' })],
      { expects: { fails: 'UnexpectedResponseError', status: 200, path: '/oidc/token' } },
    ),
  }),
  ...proves('permissions-are-checked', {
    'A token without the permission is an error before the API is asked': asking(
      'token',
      [granted({ scope: '' })],
      { expects: { fails: 'MissingRoleError' } },
    ),
  }),
];

const unauthorized = json(401, { code: 'auth.unauthorized', message: 'Unauthorized.' });

/** Tokens that do not last as long as they should, and clocks that are wrong. */
export const tokenLife: readonly Fault[] = [
  ...proves('tokens-are-kept', {
    'A token is used for every call while it lasts': asking('token GET GET', [granted()], {
      call: twice(list),
      expects: both,
    }),
  }),
  ...proves('tokens-end-before-their-end', {
    'A token that lasts 20 seconds is not used a second time': asking(
      'token GET token GET',
      [granted({ expires_in: 20 })],
      { call: twice(list), expects: both },
    ),
    'A token is not used in its last 30 seconds': asking(
      'token GET GET token GET',
      [granted({ expires_in: 60 })],
      {
        call: async (client, world) => {
          const first = await client.list();
          await world.advance(29_000);
          const second = await client.list();
          await world.advance(2_000);
          return [first, second, await client.list()];
        },
        expects: { value: [configs, configs, configs] },
      },
    ),
  }),
  ...proves('tokens-age-from-the-request', {
    'The time that a token takes to come counts as its life': asking(
      'token GET token GET',
      [[{ wait: 9_000 }, { send: bytes(granted({ expires_in: 45 })) }]],
      {
        call: twice(list, ({ advance }) => advance(7_000)),
        expects: both,
      },
    ),
  }),
  ...proves('unknown-lives-are-none', {
    'A token that does not say how long it lasts is used once': asking(
      'token GET token GET',
      [granted({ expires_in: undefined })],
      { call: twice(list), expects: both },
    ),
  }),
  ...proves('clocks-do-not-jump', {
    'A wall clock that jumps a day ahead ends no token': asking('token GET GET', [granted()], {
      call: twice(list, ({ shiftWall }) => shiftWall(day)),
      expects: both,
    }),
    'A wall clock that jumps a day back keeps no token alive': asking('token GET token GET', [granted()], {
      call: twice(list, async ({ shiftWall, leap }) => {
        shiftWall(-day);
        await leap(hour);
      }),
      expects: both,
    }),
  }),
  ...proves('refused-tokens-are-replaced', {
    'A token that the tenant no longer takes is replaced once': asking(
      'token GET GET token GET',
      [granted(), granted({ access_token: 'planted-second-token' })],
      {
        api: [
          listed,
          ({ headers }) =>
            headers['authorization'] === 'Bearer planted-second-token' ? listed : unauthorized,
        ],
        call: twice(list),
        expects: both,
      },
    ),
    'A write whose token the tenant no longer takes is sent again with a new one': asking(
      'token GET PUT token PUT',
      [granted()],
      {
        api: [listed, unauthorized, holdsOurs],
        call: async (client, world) => [await list(client, world), await put(client, world)],
        expects: { value: [configs, ours] },
      },
    ),
  }),
  ...proves('tokens-are-replaced-once', {
    'A new token that is refused, too, is an error': asking('token GET GET token GET', [granted()], {
      api: [listed, unauthorized],
      call: twice(list),
      expects: { fails: 'RequestRefusedError', status: 401, code: 'auth.unauthorized' },
    }),
  }),
  ...proves('new-tokens-are-not-replaced', {
    'A token that is refused although it is new is an error at once': asking('token GET', [granted()], {
      api: [unauthorized],
      expects: { fails: 'RequestRefusedError', status: 401, code: 'auth.unauthorized' },
    }),
  }),
  ...proves('own-tokens-are-final', {
    'A token of getToken that is refused is an error at once: it is not asked for again': asking('GET', [], {
      credentials: false,
      api: [unauthorized],
      expects: { fails: 'RequestRefusedError', status: 401 },
    }),
  }),
];
