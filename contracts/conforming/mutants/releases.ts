import { tenantRules } from '../../../src/tenant/index.ts';
import { officialGuards } from '../guards.ts';
import { coercing, forgiving, refusing } from './guards.ts';
import type { Fields } from './hooks.ts';
import { byRules, inArea, type Mutant } from './mutant.ts';
import { storing } from './storage.ts';

/** This field of contextSample is neither stored nor answered. */
const without = (field: string) => storing((value, key) => (key === field ? undefined : value));

export const releases: Mutant[] = inArea('releases', [
  byRules(
    '1.28 has every field of the newest release',
    'fields-by-release',
    {
      judge: (guard, sent) =>
        typeof sent === 'object' && sent !== null && 'script' in sent && !('tokenType' in sent)
          ? officialGuards.customizers['access-token'](sent)
          : tenantRules.judge(guard, sent),
    },
    { release: '1.28' },
  ),
  byRules(
    '1.28 takes blockIssuanceOnError',
    'fields-by-release',
    forgiving((issue) => String(issue['keys']) === 'blockIssuanceOnError'),
    { release: '1.28' },
  ),
  byRules(
    '1.28 drops blockIssuanceOnError in silence',
    'fields-by-release',
    coercing(({ blockIssuanceOnError: _, ...sent }) => sent),
    { release: '1.28' },
  ),
  byRules(
    '1.28 drops a user in the contextSample of client-credentials, as 1.37 does',
    ['fields-by-release', 'unknown-context-dropped'],
    {
      store: (customizers, tokenType, value) =>
        tenantRules.store(
          customizers,
          tokenType,
          tokenType === 'client-credentials' && 'contextSample' in value
            ? { ...value, contextSample: {} }
            : value,
        ),
    },
    { release: '1.28' },
  ),
  byRules(
    '1.28 refuses contextSample.application, which it does not know',
    'fields-by-release',
    refusing(['contextSample'], ({ contextSample }) =>
      Object.hasOwn((contextSample ?? {}) as Fields, 'application'),
    ),
    { release: '1.28' },
  ),
  byRules(
    '1.43 refuses blockIssuanceOnError',
    'fields-by-release',
    refusing([], (sent) => 'blockIssuanceOnError' in sent),
  ),
  byRules('1.43 drops blockIssuanceOnError', 'fields-by-release', without('blockIssuanceOnError')),
  byRules(
    '1.43 drops blockIssuanceOnError when it is false',
    ['fields-by-release', 'json-is-kept'],
    storing((value, key) => (key === 'blockIssuanceOnError' && value === false ? undefined : value)),
  ),
  byRules('1.43 drops contextSample.interaction', 'fields-by-release', without('interaction')),
  byRules('1.43 drops contextSample.application', 'fields-by-release', without('application')),
  byRules('1.43 drops contextSample.organization', 'fields-by-release', without('organization')),
  byRules(
    '1.43 drops contextSample.interaction.signInContext',
    'fields-by-release',
    without('signInContext'),
  ),
  byRules('1.43 drops contextSample.user.cimdClientId', 'fields-by-release', without('cimdClientId')),
  byRules(
    '1.42 knows contextSample.user.cimdClientId',
    'fields-by-release',
    {
      judge: (guard, sent) =>
        JSON.stringify(sent ?? null).includes('"cimdClientId"')
          ? officialGuards.customizers['access-token'](sent)
          : tenantRules.judge(guard, sent),
    },
    { release: '1.42' },
  ),
  byRules(
    '1.43 refuses a verification factor of 1.30',
    'fields-by-release',
    refusing(['contextSample', 'user', 'mfaVerificationFactors', '3'], (sent) =>
      JSON.stringify(sent).includes('EmailVerificationCode'),
    ),
  ),
]);
