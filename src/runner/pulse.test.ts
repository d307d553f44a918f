import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchPulse } from './pulse.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('somebody who answers is never silent', () => {
  const onSilence = vi.fn();
  const pulse = watchPulse(1000, () => setTimeout(() => pulse.answered(), 50), onSilence);
  vi.advanceTimersByTime(60_000);
  expect(onSilence).not.toHaveBeenCalled();
  pulse.stop();
});

test('silence is reported once, after the given time', () => {
  const ask = vi.fn();
  const onSilence = vi.fn();
  watchPulse(1000, ask, onSilence);
  vi.advanceTimersByTime(1000);
  expect(onSilence).not.toHaveBeenCalled();
  expect(ask).toHaveBeenCalledTimes(11);
  vi.advanceTimersByTime(100);
  expect(onSilence).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(60_000);
  expect(onSilence).toHaveBeenCalledTimes(1);
});

test('nothing is reported after the stop', () => {
  const onSilence = vi.fn();
  watchPulse(1000, () => {}, onSilence).stop();
  vi.advanceTimersByTime(60_000);
  expect(onSilence).not.toHaveBeenCalled();
});
