import { expect, test } from 'vitest';
import { rulesOf } from './release.ts';

test.each([
  ['1.28', { engine: 'vm', timeout: 3000, logsRuns: false, clientCredentialsContext: false }],
  ['1.35.2', { engine: 'vm', timeout: 3000, logsRuns: false, clientCredentialsContext: false }],
  ['1.36', { engine: 'vm', timeout: 3000, logsRuns: 'plain', clientCredentialsContext: false }],
  ['1.37', { engine: 'vm', timeout: 3000, logsRuns: 'plain', clientCredentialsContext: true }],
  ['1.42', { engine: 'vm', timeout: 3000, logsRuns: 'masked', clientCredentialsContext: true }],
  ['1.43', { engine: 'worker', timeout: 5000, logsRuns: 'masked', clientCredentialsContext: true }],
  ['2.0', { engine: 'worker', timeout: 5000, logsRuns: 'masked', clientCredentialsContext: true }],
])('what %s does', (release, rules) => {
  expect(rulesOf(release)).toEqual(rules);
});

test.each(['latest', '1', 'v1.42', ''])('"%s" is no release', (release) => {
  expect(() => rulesOf(release)).toThrow(`"${release}" is not a release of Logto`);
});
