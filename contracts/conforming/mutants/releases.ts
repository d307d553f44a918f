import { tenantRules } from '../../../src/tenant/index.ts';
import { officialGuards } from '../guards.ts';
import { coercing, forgiving, refusing } from './guards.ts';
import type { Fields } from './hooks.ts';
import { byRules, inArea, type Mutant } from './mutant.ts';
import { storing } from './storage.ts';

/** This field of contextSample is neither stored nor answered. */
const without = (field: string) => storing((value, key) => (key === field ? undefined : value));

export const releases: Mutant[] = inArea('releases', [
  ...byRules(
    'fields-by-release',
    {
      '1.28 has every field of the newest release': {
        judge: (guard, sent) =>
          typeof sent === 'object' && sent !== null && 'script' in sent && !('tokenType' in sent)
            ? officialGuards.customizers['access-token'](sent)
            : tenantRules.judge(guard, sent),
      },
      '1.28 takes blockIssuanceOnError': forgiving(
        (issue) => String(issue['keys']) === 'blockIssuanceOnError',
      ),
      '1.28 drops blockIssuanceOnError in silence': coercing(({ blockIssuanceOnError: _, ...sent }) => sent),
    },
    { release: '1.28' },
  ),
  ...byRules(
    ['fields-by-release', 'unknown-context-dropped'],
    {
      '1.28 drops a user in the contextSample of client-credentials, as 1.37 does': {
        store: (customizers, tokenType, value) =>
          tenantRules.store(
            customizers,
            tokenType,
            tokenType === 'client-credentials' && 'contextSample' in value
              ? { ...value, contextSample: {} }
              : value,
          ),
      },
    },
    { release: '1.28' },
  ),
  ...byRules(
    'fields-by-release',
    {
      '1.28 refuses contextSample.application, which it does not know': refusing(
        ['contextSample'],
        ({ contextSample }) => Object.hasOwn((contextSample ?? {}) as Fields, 'application'),
      ),
    },
    { release: '1.28' },
  ),
  ...byRules('fields-by-release', {
    '1.43 refuses blockIssuanceOnError': refusing([], (sent) => 'blockIssuanceOnError' in sent),
    '1.43 drops blockIssuanceOnError': without('blockIssuanceOnError'),
  }),
  ...byRules(['fields-by-release', 'json-is-kept'], {
    '1.43 drops blockIssuanceOnError when it is false': storing((value, key) =>
      key === 'blockIssuanceOnError' && value === false ? undefined : value,
    ),
  }),
  ...byRules('fields-by-release', {
    '1.43 drops contextSample.interaction': without('interaction'),
    '1.43 drops contextSample.application': without('application'),
    '1.43 drops contextSample.organization': without('organization'),
    '1.43 drops contextSample.interaction.signInContext': without('signInContext'),
    '1.43 drops contextSample.user.cimdClientId': without('cimdClientId'),
  }),
  ...byRules(
    'fields-by-release',
    {
      '1.42 knows contextSample.user.cimdClientId': {
        judge: (guard, sent) =>
          JSON.stringify(sent ?? null).includes('"cimdClientId"')
            ? officialGuards.customizers['access-token'](sent)
            : tenantRules.judge(guard, sent),
      },
    },
    { release: '1.42' },
  ),
  ...byRules('fields-by-release', {
    '1.43 refuses a verification factor of 1.30': refusing(
      ['contextSample', 'user', 'mfaVerificationFactors', '3'],
      (sent) => JSON.stringify(sent).includes('EmailVerificationCode'),
    ),
  }),
]);
