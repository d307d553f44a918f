import { tenantRules } from '../../../src/tenant/index.ts';
import { officialGuards } from '../guards.ts';
import { coercing, forgiving, refusing } from './guards.ts';
import type { Fields } from './hooks.ts';
import { inArea, type Mutant } from './mutant.ts';
import { storing } from './storage.ts';

/** This field of contextSample is neither stored nor answered. */
const without = (field: string) => storing((value, key) => (key === field ? undefined : value));

export const releases: Mutant[] = inArea('releases', [
  {
    name: '1.28 has every field of the newest release',
    breaks: 'fields-by-release',
    release: '1.28',
    rules: {
      validate: (guard, sent) =>
        typeof sent === 'object' && sent !== null && 'script' in sent && !('tokenType' in sent)
          ? officialGuards.customizers['access-token'](sent)
          : tenantRules.validate(guard, sent),
    },
  },
  {
    name: '1.28 takes blockIssuanceOnError',
    breaks: 'fields-by-release',
    release: '1.28',
    rules: forgiving((issue) => String(issue['keys']) === 'blockIssuanceOnError'),
  },
  {
    name: '1.28 drops blockIssuanceOnError in silence',
    breaks: 'fields-by-release',
    release: '1.28',
    rules: coercing(({ blockIssuanceOnError: _, ...sent }) => sent),
  },
  {
    name: '1.28 drops a user in the contextSample of client-credentials, as 1.37 does',
    breaks: ['fields-by-release', 'unknown-context-dropped'],
    release: '1.28',
    rules: {
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
  {
    name: '1.28 refuses contextSample.application, which it does not know',
    breaks: 'fields-by-release',
    release: '1.28',
    rules: refusing(['contextSample'], ({ contextSample }) =>
      Object.hasOwn((contextSample ?? {}) as Fields, 'application'),
    ),
  },
  {
    name: '1.43 refuses blockIssuanceOnError',
    breaks: 'fields-by-release',
    rules: refusing([], (sent) => 'blockIssuanceOnError' in sent),
  },
  {
    name: '1.43 drops blockIssuanceOnError',
    breaks: 'fields-by-release',
    rules: without('blockIssuanceOnError'),
  },
  {
    name: '1.43 drops blockIssuanceOnError when it is false',
    breaks: ['fields-by-release', 'json-is-kept'],
    rules: storing((value, key) => (key === 'blockIssuanceOnError' && value === false ? undefined : value)),
  },
  {
    name: '1.43 drops contextSample.interaction',
    breaks: 'fields-by-release',
    rules: without('interaction'),
  },
  {
    name: '1.43 drops contextSample.application',
    breaks: 'fields-by-release',
    rules: without('application'),
  },
  {
    name: '1.43 drops contextSample.organization',
    breaks: 'fields-by-release',
    rules: without('organization'),
  },
  {
    name: '1.43 drops contextSample.interaction.signInContext',
    breaks: 'fields-by-release',
    rules: without('signInContext'),
  },
  {
    name: '1.43 drops contextSample.user.cimdClientId',
    breaks: 'fields-by-release',
    rules: without('cimdClientId'),
  },
  {
    name: '1.42 knows contextSample.user.cimdClientId',
    breaks: 'fields-by-release',
    release: '1.42',
    rules: {
      validate: (guard, sent) =>
        JSON.stringify(sent ?? null).includes('"cimdClientId"')
          ? officialGuards.customizers['access-token'](sent)
          : tenantRules.validate(guard, sent),
    },
  },
  {
    name: '1.43 refuses a verification factor of 1.30',
    breaks: 'fields-by-release',
    rules: refusing(['contextSample', 'user', 'mfaVerificationFactors', '3'], (sent) =>
      JSON.stringify(sent).includes('EmailVerificationCode'),
    ),
  },
]);
