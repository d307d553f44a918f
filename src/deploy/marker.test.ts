import { expect, test } from 'vitest';
import { mark, readMark, unmark } from './marker.ts';
import type { Customizer } from './types.ts';

const push = { commit: 'abc1234', time: '2026-11-30T12:00:00.000Z' };
const customizer: Customizer = {
  script: 'const getCustomJwtClaims = async () => ({}); // \r\n',
  environmentVariables: { PLAN: 'pro', REGION: 'eu' },
  contextSample: { user: { name: 'Ada', username: 'ada' } },
};

test('a pushed script ends in a comment that names version, commit, time and hash', () => {
  const { script } = mark(customizer, push);
  expect(script).toMatch(
    /^const .* \/\/ \r\n\n\/\* Pushed by logto-jwt-customizer \S+ from commit abc1234 at 2026-11-30T12:00:00.000Z\. Hash: [0-9a-f]{32} \*\/$/,
  );
  expect(unmark(script)).toBe(customizer.script);
  expect(readMark({ ...customizer, script })).toMatchObject({ ...push, changed: false });
});

test('an empty script, which switches the customizer off, gets none', () => {
  expect(mark({ script: '' }, push)).toEqual({ script: '' });
  expect(readMark({ script: '' })).toBeUndefined();
});

const marked = mark({ ...customizer, blockIssuanceOnError: true }, push);

test.each<[string, Customizer]>([
  ['the script', { ...marked, script: `// \n${marked.script}` }],
  ['a line after the comment', { ...marked, script: `${marked.script}\n` }],
  ['code after the comment', { ...marked, script: `${marked.script}\nreturn;` }],
  ['a sample', { ...marked, contextSample: { user: { name: 'Bob', username: 'ada' } } }],
  ['a sample that is gone', { script: marked.script, environmentVariables: { PLAN: '', REGION: '' } }],
  ['the names of variables', { ...marked, environmentVariables: { PLAN: 'pro' } }],
  ['blockIssuanceOnError', { ...customizer, script: marked.script }],
])('it shows a change of %s', (_, changed) => {
  expect(readMark(changed)?.changed).toBe(true);
});

test.each<[string, Customizer]>([
  ['the values of variables', { ...marked, environmentVariables: { PLAN: 'free', REGION: 'us' } }],
  ['the order of keys', { ...marked, contextSample: { user: { username: 'ada', name: 'Ada' } } }],
])('it does not cover %s', (_, same) => {
  expect(readMark(same)?.changed).toBe(false);
});

test('a script without it was not pushed with this tool', () => {
  expect(readMark(customizer)).toBeUndefined();
});
