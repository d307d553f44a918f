import { type Handling, handling } from '../handling.ts';

const token = 'call/token.ts';
const replaces = 'if (token.isCached && !isRepeated) continue;';

/** How access tokens are had, kept and replaced. */
export const tokens: Readonly<Record<string, Handling>> = {
  'token-requests-are-retried': handling(
    'asks for a token again when that may go better',
    token,
    'retry(tokenRequest, budget, emit, isPassing,',
    'retry(tokenRequest, budget, emit, () => false,',
  ),
  'lasting-token-refusals-are-final': handling(
    'does not ask again for a token that would be refused again',
    token,
    'retry(tokenRequest, budget, emit, isPassing,',
    'retry(tokenRequest, budget, emit, () => true,',
  ),
  'token-requests-are-limited-in-time': handling(
    'gives a token request no longer than token.timeout',
    token,
    "limit: 'token.timeout', secrets",
    "limit: 'totalTimeout' as 'token.timeout', secrets",
  ),
  'token-requests-have-their-time': handling(
    'gives a token request 10 seconds',
    'policy.ts',
    "'token.timeout': 10_000,",
    "'token.timeout': 1_000,",
  ),
  'token-requests-are-shared': handling(
    'makes one token request for all calls that wait',
    token,
    'flight ??= start();',
    'flight = start();',
  ),
  'tokens-are-checked': handling(
    'takes nothing for a token that cannot stand in a header',
    token,
    'if (!isToken(token)) throw',
    'if (token === null) throw',
  ),
  'permissions-are-checked': handling(
    'tells a token without the permission',
    token,
    "typeof scope !== 'string' || !scope.split(' ').includes('all')",
    "scope === 'none'",
  ),
  'denials-are-told': handling(
    "tells a token that the tenant's own script denies",
    'refusal.ts',
    "error === 'access_denied' ? TokenDeniedError : TokenRefusedError",
    'TokenRefusedError',
  ),
  'roles-are-not-blamed-for-a-resource': handling(
    'blames the role for a Management API alone',
    'refusal.ts',
    'managementApi.test(resource)',
    "resource !== ''",
  ),
  'tokens-are-kept': handling(
    'uses a token as long as it lasts',
    token,
    'performance.now() < current.staleAt',
    'performance.now() < 0',
  ),
  'tokens-end-before-their-end': handling(
    'does not use a token in its last token.margin',
    token,
    " - budget.policy['token.margin']",
    '',
  ),
  'tokens-age-from-the-request': handling(
    'counts the life of a token from its request',
    token,
    'staleAt: askedAt + lifetime',
    'staleAt: performance.now() + lifetime',
  ),
  'unknown-lives-are-none': handling(
    'uses a token once that does not say how long it lasts',
    token,
    'seconds * 1000 : 0',
    'seconds * 1000 : Number.POSITIVE_INFINITY',
  ),
  'clocks-do-not-jump': {
    what: 'counts the life of a token by a clock that nobody sets',
    mutations: [
      { file: token, from: 'const askedAt = performance.now();', to: 'const askedAt = Date.now();' },
      { file: token, from: 'performance.now() < current.staleAt', to: 'Date.now() < current.staleAt' },
    ],
  },
  'refused-tokens-are-replaced': handling(
    'replaces a kept token that the tenant refuses, and repeats the request',
    token,
    replaces,
    '',
  ),
  'tokens-are-replaced-once': handling('replaces a refused token once', token, replaces, 'continue;'),
  'new-tokens-are-not-replaced': handling(
    'does not replace a token that is new',
    token,
    replaces,
    'if (!isRepeated) continue;',
  ),
  'own-tokens-are-checked': handling(
    'takes nothing from getToken for a token that cannot stand in a header',
    token,
    'if (!isToken(value)) throw fail',
    'if (value === null) throw fail',
  ),
  'own-tokens-are-final': handling(
    'does not ask getToken again after a refusal',
    token,
    'return { value, isCached: false };',
    'return { value, isCached: true };',
  ),
  'waits-for-tokens-count': handling(
    'counts the wait for a token as part of the call',
    token,
    "within(tokenRequest, budget, 'totalTimeout', () => mine.granted);",
    "within(tokenRequest, startBudget(policy, budget.signal), 'totalTimeout', () => mine.granted);",
  ),
  'shared-tokens-survive-an-abort': handling(
    'leaves a token request to those who still wait',
    token,
    'if (mine.waiting === 0) {',
    'if (mine.waiting >= 0) {',
  ),
};
