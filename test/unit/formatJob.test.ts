import { describe, expect, test } from 'vitest';
import { FormatJob } from '../../src/features/data/formatJob';
import { RequestError } from '../../src/protocol/channel';
import type { FormatProgress, FormatReport } from '../../src/protocol/dataset';

const REPORT: FormatReport = {
  target: '/data/rows.chat.jsonl',
  rows: 3,
  written: 3,
  skipped: 0,
  problems: [],
  problemsFile: null,
  bytes: 300,
  durationMs: 4,
};
const PROGRESS: FormatProgress = { bytes: 100, totalBytes: 300, rows: 1, skipped: 0 };
const nobody = (): void => {};

describe('a conversion', () => {
  test('tells who started it and who comes back, and both hear the end', async () => {
    const job = new FormatJob();
    let step = nobody;
    let finish = nobody;
    const first: FormatProgress[] = [];
    const second: FormatProgress[] = [];
    const end = job.run(
      (_, told) => {
        step = () => told(PROGRESS);
        return new Promise((resolve) => {
          finish = () => resolve(REPORT);
        });
      },
      (progress) => first.push(progress),
    );
    step();
    const followed = job.follow((progress) => second.push(progress));
    step();
    expect(job.state).toEqual({ kind: 'running', progress: PROGRESS });
    finish();
    expect(await end).toEqual({ kind: 'done', report: REPORT });
    expect(await followed).toEqual({ kind: 'done', report: REPORT });
    expect([first.length, second.length]).toEqual([2, 1]);
    expect(job.state).toEqual({ kind: 'done', report: REPORT });
    expect(job.follow(nobody)).toBe(null);
  });

  test('runs once, however often it is started', async () => {
    const job = new FormatJob();
    let started = 0;
    const work = async (): Promise<FormatReport> => {
      started++;
      return REPORT;
    };
    await Promise.all([job.run(work, nobody), job.run(work, nobody)]);
    expect(started).toBe(1);
    await job.run(work, nobody);
    expect(started).toBe(2);
  });

  test('ends when it is cancelled', async () => {
    const job = new FormatJob();
    const end = job.run(
      (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
      nobody,
    );
    await job.cancel();
    expect(await end).toEqual({ kind: 'cancelled' });
  });

  test('says why it failed', async () => {
    const words = { text: 'There is no file {0}.', args: ['x'] };
    const end = await new FormatJob().run(() => Promise.reject(new RequestError(words)), nobody);
    expect(end).toEqual({ kind: 'failed', reason: words });
  });

  test('a fault of ours is told with its stack, and the next one starts', async () => {
    const job = new FormatJob();
    const end = await job.run(() => Promise.reject(new TypeError('ours')), nobody);
    expect(JSON.stringify(end)).toContain('formatJob.test.ts');
    expect((await job.run(() => Promise.resolve(REPORT), nobody)).kind).toBe('done');
  });
});
