import { afterEach, expect, test, vi } from 'vitest';
import { fingerprint } from '../../session/index.ts';
import { watch } from './watch.ts';

afterEach(() => vi.useRealTimers());

test('a run that was suspended since it read the customizers writes nothing more', () => {
  vi.useFakeTimers();
  const watched = watch();
  watched.begin({ 'access-token': [fingerprint(null)] });
  watched.checkBefore('access-token', null);
  vi.setSystemTime(Date.now() + 40_000);
  watched.assertAwake();
  vi.setSystemTime(Date.now() + 10_000);
  expect(() => watched.assertAwake()).toThrow('stopped: this run was suspended');
});

test('a page instead of a customizer proves nothing, and what was known before is still valid', () => {
  const watched = watch();
  watched.begin({ 'access-token': [fingerprint({ script: 'x' })] });
  for (const page of ['<html>', { message: 'no Route matched' }] as unknown as { script: string }[])
    expect(() => watched.checkBefore('access-token', page)).toThrow('returned a page');
  watched.checkAfter({ 'access-token': '<html>' as unknown as { script: string } });
  watched.checkBefore('access-token', { script: 'x' });
  expect(watched.left().foreign).toEqual([]);
});

test("somebody else's customizer is left in place entirely", () => {
  const watched = watch();
  watched.begin({ 'access-token': [fingerprint({ script: 'x' })] });
  expect(() => watched.checkBefore('access-token', { script: 'x', tokenSample: {} })).toThrow(
    'stopped: somebody else changed access-token',
  );
  expect(watched.left()).toMatchObject({ foreign: ['access-token'], isCut: false });
});
