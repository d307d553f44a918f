import { expect, test } from 'vitest';
import { requireNode } from './deploy.ts';

test('an older Node is one line', () => {
  expect(() => requireNode('22.17.1')).toThrow('this command needs Node 22.18 or later, not 22.17.1');
  expect(() => requireNode('20.19.0')).toThrow('not 20.19.0');
  requireNode('22.18.0');
  requireNode('24.0.0');
});
