import type { Answer, Expected, Fault } from '../fault.ts';
import { bytes, json, page } from '../http.ts';
import { configs, fault, granted, holdsOurs, list, listed, ours, put, twice } from '../subjects.ts';

const day = 86_400_000;
const hour = 3_600_000;

const token = (
  name: string,
  answers: readonly Answer[],
  requests: string,
  handling: string,
  further: Partial<Fault> = {},
): Fault => fault(name, requests, handling, { credentials: true, token: answers, api: [listed], ...further });

const both: Expected = { value: [configs, configs] };

/** A token endpoint that does not answer, or not with a token. */
export const tokenEndpoint: readonly Fault[] = [
  token(
    'A token endpoint that is down is asked three times, and the API never',
    [['reset']],
    'token token token',
    'token-requests-are-retried',
    {
      expects: { fails: 'NetworkError', code: 'ECONNRESET', method: 'POST', path: '/oidc/token' },
      waits: [250, 500],
    },
  ),
  token(
    'A token endpoint that is down for a moment costs attempts, not the call',
    [['reset'], page(503), granted()],
    'token token token GET',
    'token-requests-are-retried',
  ),
  token(
    'A token endpoint that stays unavailable is an error with its status',
    [page(503)],
    'token token token',
    'token-requests-are-retried',
    {
      expects: { fails: 'TokenRefusedError', status: 503, path: '/oidc/token' },
    },
  ),
  token(
    'As many token requests are retried as token.maxRetries says',
    [page(503), granted()],
    'token',
    'options-are-heeded',
    {
      options: { token: { maxRetries: 0 } },
      expects: { fails: 'TokenRefusedError', status: 503 },
    },
  ),
  token(
    'A token endpoint that is slow is given up after token.timeout',
    [[{ wait: 10_000 }]],
    'token token token',
    'token-requests-are-limited-in-time',
    {
      expects: { fails: 'TimeoutError', limit: 'token.timeout', timeout: 10_000, path: '/oidc/token' },
      took: 30_750,
    },
  ),
  token(
    'A token endpoint that is slow once is asked again',
    [[{ wait: 10_000 }], granted()],
    'token token GET',
    'token-requests-are-limited-in-time',
    {
      waits: [10_250, 0],
    },
  ),
  token(
    'A token that takes its time is waited for',
    [[{ wait: 9_000 }, { send: bytes(granted()) }]],
    'token GET',
    'token-requests-have-their-time',
  ),
  token(
    'A token endpoint that says 429 with Retry-After is asked again then',
    [page(429, { 'Retry-After': '3' }), granted()],
    'token token GET',
    'retry-after-is-obeyed',
    {
      waits: [3_000, 0],
    },
  ),
  token(
    'Five calls wait for one token request, and for its three attempts',
    [page(503), page(503), granted()],
    'token token token GET GET GET GET GET',
    'token-requests-are-shared',
    {
      call: (client) => Promise.all([1, 2, 3, 4, 5].map(() => client.list())),
      expects: { value: [configs, configs, configs, configs, configs] },
    },
  ),
  token(
    'Wrong credentials are refused once, and not tried again',
    [json(401, { error: 'invalid_client', error_description: 'client authentication failed' })],
    'token',
    'lasting-token-refusals-are-final',
    { expects: { fails: 'TokenRefusedError', status: 401, error: 'invalid_client' } },
  ),
  token(
    "A token that the tenant's own script denies is an error of its own, with what the script said",
    [
      json(400, {
        code: 'oidc.access_denied',
        message: 'Access denied.',
        error: 'access_denied',
        error_description: 'nope',
      }),
    ],
    'token',
    'denials-are-told',
    {
      expects: {
        fails: 'TokenDeniedError',
        status: 400,
        code: 'oidc.access_denied',
        errorDescription: 'nope',
      },
    },
  ),
  token(
    'A token without the permission, for what is no Management API, is an error of the option resource',
    [granted({ scope: undefined })],
    'token',
    'roles-are-not-blamed-for-a-resource',
    {
      options: { resource: 'https://things.example.test/api' },
      expects: { fails: 'InvalidOptionError', option: 'resource' },
    },
  ),
  token(
    'A token endpoint behind Cloudflare that is away for a moment costs attempts, not the call',
    [page(522), page(530), granted()],
    'token token token GET',
    'token-requests-are-retried',
  ),
  token(
    'A token answer that is cut is not a token',
    [{ ...granted(), body: '{"access_token":"planted-acc' }],
    'token',
    'tokens-are-checked',
    {
      expects: { fails: 'UnexpectedAnswerError', status: 200, path: '/oidc/token' },
    },
  ),
  token('A page in place of a token is not a token', [page(200)], 'token', 'tokens-are-checked', {
    expects: { fails: 'UnexpectedAnswerError', status: 200, contentType: 'text/html', path: '/oidc/token' },
  }),
  token(
    'A token that is no text is not a token',
    [granted({ access_token: 5 })],
    'token',
    'tokens-are-checked',
    {
      expects: { fails: 'UnexpectedAnswerError', status: 200, path: '/oidc/token' },
    },
  ),
  token(
    'A token that would break a header is not a token',
    [granted({ access_token: 'planted\r\nX: y' })],
    'token',
    'tokens-are-checked',
    {
      expects: { fails: 'UnexpectedAnswerError', status: 200, path: '/oidc/token' },
    },
  ),
  token(
    'A token without the permission is an error before the API is asked',
    [granted({ scope: '' })],
    'token',
    'permissions-are-checked',
    {
      expects: { fails: 'MissingRoleError' },
    },
  ),
];

const unauthorized = json(401, { code: 'auth.unauthorized', message: 'Unauthorized.' });

/** Tokens that do not last as long as they should, and clocks that are wrong. */
export const tokenLife: readonly Fault[] = [
  token('A token is used for every call while it lasts', [granted()], 'token GET GET', 'tokens-are-kept', {
    call: twice(list),
    expects: both,
  }),
  token(
    'A token that lasts 20 seconds is not used a second time',
    [granted({ expires_in: 20 })],
    'token GET token GET',
    'tokens-end-before-their-end',
    {
      call: twice(list),
      expects: both,
    },
  ),
  token(
    'A token is not used in its last 30 seconds',
    [granted({ expires_in: 60 })],
    'token GET GET token GET',
    'tokens-end-before-their-end',
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
  token(
    'The time that a token takes to come counts as its life',
    [[{ wait: 9_000 }, { send: bytes(granted({ expires_in: 45 })) }]],
    'token GET token GET',
    'tokens-age-from-the-request',
    {
      call: twice(list, ({ advance }) => advance(7_000)),
      expects: both,
    },
  ),
  token(
    'A token that does not say how long it lasts is used once',
    [granted({ expires_in: undefined })],
    'token GET token GET',
    'unknown-lives-are-none',
    {
      call: twice(list),
      expects: both,
    },
  ),
  token(
    'A wall clock that jumps a day ahead ends no token',
    [granted()],
    'token GET GET',
    'clocks-do-not-jump',
    {
      call: twice(list, ({ shiftWall }) => shiftWall(day)),
      expects: both,
    },
  ),
  token(
    'A wall clock that jumps a day back keeps no token alive',
    [granted()],
    'token GET token GET',
    'clocks-do-not-jump',
    {
      call: twice(list, async ({ shiftWall, leap }) => {
        shiftWall(-day);
        await leap(hour);
      }),
      expects: both,
    },
  ),
  token(
    'A token that the tenant no longer takes is replaced once',
    [granted(), granted({ access_token: 'planted-second-token' })],
    'token GET GET token GET',
    'refused-tokens-are-replaced',
    {
      api: [
        listed,
        ({ headers }) => (headers['authorization'] === 'Bearer planted-second-token' ? listed : unauthorized),
      ],
      call: twice(list),
      expects: both,
    },
  ),
  token(
    'A write whose token the tenant no longer takes is sent again with a new one',
    [granted()],
    'token GET PUT token PUT',
    'refused-tokens-are-replaced',
    {
      api: [listed, unauthorized, holdsOurs],
      call: async (client, world) => [await list(client, world), await put(client, world)],
      expects: { value: [configs, ours] },
    },
  ),
  token(
    'A new token that is refused, too, is an error',
    [granted()],
    'token GET GET token GET',
    'tokens-are-replaced-once',
    {
      api: [listed, unauthorized],
      call: twice(list),
      expects: { fails: 'RequestRefusedError', status: 401, code: 'auth.unauthorized' },
    },
  ),
  token(
    'A token that is refused although it is new is an error at once',
    [granted()],
    'token GET',
    'new-tokens-are-not-replaced',
    {
      api: [unauthorized],
      expects: { fails: 'RequestRefusedError', status: 401, code: 'auth.unauthorized' },
    },
  ),
  token(
    'A token of getToken that is refused is an error at once: it is not asked for again',
    [],
    'GET',
    'own-tokens-are-final',
    {
      credentials: false,
      api: [unauthorized],
      expects: { fails: 'RequestRefusedError', status: 401 },
    },
  ),
];
