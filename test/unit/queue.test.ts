import { expect, test } from 'vitest';
import { Queue } from '../../src/features/notebook/queue';

test('jobs run one after the other, and a failed one does not stop the next', async () => {
  const queue = new Queue();
  const log: string[] = [];
  const gate = new EventTarget();
  const first = queue.add(async () => {
    log.push('first begins');
    await new Promise((resolve) => gate.addEventListener('open', resolve));
    log.push('first fails');
    throw new Error('no');
  });
  const second = queue.add(async () => void log.push('second'));
  await Promise.resolve();
  expect(log).toEqual(['first begins']);
  gate.dispatchEvent(new Event('open'));
  await expect(first).rejects.toThrow('no');
  await second;
  expect(log).toEqual(['first begins', 'first fails', 'second']);
});

test('clearing tells the running job and those that wait, not those that come later', async () => {
  const queue = new Queue();
  const cleared: boolean[] = [];
  const job = async (isCleared: () => boolean): Promise<void> => {
    await Promise.resolve();
    cleared.push(isCleared());
  };
  const before = [queue.add(job), queue.add(job)];
  queue.clear();
  await Promise.all([...before, queue.add(job)]);
  expect(cleared).toEqual([true, true, false]);
});
