import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Throttle } from '../../src/common/throttle';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('acts at once, then once an interval while asked, and always for the last request', () => {
  let value = 0;
  const seen: number[] = [];
  const throttle = new Throttle(100, () => seen.push(value));
  for (value = 1; value <= 25; value++) {
    throttle.request();
    vi.advanceTimersByTime(10);
  }
  vi.advanceTimersByTime(1000);
  expect(seen).toEqual([1, 10, 20, 26]);
});

test('forgets what was asked when disposed', () => {
  const act = vi.fn();
  const throttle = new Throttle(100, act);
  throttle.request();
  throttle.request();
  throttle.dispose();
  vi.advanceTimersByTime(1000);
  expect(act).toHaveBeenCalledTimes(1);
});
