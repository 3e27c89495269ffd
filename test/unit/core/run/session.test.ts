import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseEventLog } from '../../../../src/core/run/eventLog';
import { initialRun, reduceRun, untoldFailure } from '../../../../src/core/run/session';
import { STEPS, type TrainerEvent } from '../../../../src/protocol/trainer';

function transcript(name: string): readonly TrainerEvent[] {
  const file = path.resolve(import.meta.dirname, '../../../transcripts', name);
  return parseEventLog(readFileSync(file, 'utf8')).events;
}

const whole = transcript('hand.jsonl');
const run = whole.reduce(reduceRun, initialRun);
const upTo = (type: TrainerEvent['type'], nth = 0) => {
  const at = whole.map((event, index) => (event.type === type ? index : -1)).filter((index) => index >= 0)[nth]!;
  return whole.slice(0, at + 1).reduce(reduceRun, initialRun);
};

describe('a run', () => {
  test('from hello to bye has every step done', () => {
    expect(STEPS.map((step) => run.steps[step]?.status)).toEqual(STEPS.map(() => 'done'));
    expect(run).toMatchObject({
      current: null,
      hello: { pid: 4711 },
      device: { device: 'cpu' },
      bye: { reason: 'stdinClosed' },
    });
    expect(run.steps.train?.durationMs).toBe(33010);
  });

  test('knows what is at work', () => {
    const running = upTo('progress');
    expect(running.current).toBe('model');
    expect(running.steps.model).toMatchObject({
      status: 'running',
      progress: { what: 'Loading weights', current: 3, total: 57, unit: 'tensors' },
    });
    expect(running.steps.lora).toBeUndefined();
    expect(upTo('stepFinished').steps.model?.progress).toBeNull();
  });

  test('forgets the curve of an attempt that ran out of memory', () => {
    expect(upTo('metrics').steps.train?.metrics).toHaveLength(1);
    const again = upTo('trainStarted', 1);
    expect(again.steps.train?.metrics).toEqual([]);
    expect(again.steps.train?.batchSizeReductions).toMatchObject([{ from: 16, to: 14 }]);
    expect(run.steps.train?.metrics.map(({ trainStep }) => trainStep)).toEqual([5, 10, 10, 15, 20, 30]);
  });

  test('forgets later steps when one starts again, as the trainer does', () => {
    const again = reduceRun(run, { type: 'stepStarted', step: 'data', t: 2e9, seq: 999 });
    expect(Object.keys(again.steps)).toEqual(['model', 'lora', 'data']);
    expect(again.steps.data).toMatchObject({ status: 'running', startedAt: 2e9, dataset: null });
    expect(again.steps.lora).toBe(run.steps.lora);
  });

  test('of a new process begins anew', () => {
    expect(Object.keys(reduceRun(run, whole[0]!).steps)).toEqual([]);
  });

  test('does not change what it is given', () => {
    const before = JSON.stringify(run);
    reduceRun(run, { type: 'stepStarted', step: 'model', t: 0, seq: 0 });
    expect(JSON.stringify(run)).toBe(before);
  });
});

describe('a run that goes wrong', () => {
  const failures = transcript('hand-failures.jsonl');

  test('has the failure and how long it took', () => {
    const failed = failures.slice(0, 8).reduce(reduceRun, initialRun);
    expect(failed.steps.train).toMatchObject({
      status: 'failed',
      failure: { kind: 'outOfMemory' },
      progress: null,
      durationMs: 2250,
    });
    expect(failed.current).toBeNull();
  });

  test('is stopped, not failed, where somebody stopped it', () => {
    const stopped = failures.reduce(reduceRun, initialRun);
    expect(stopped.steps.train).toMatchObject({ status: 'stopped', checkpoints: [{ trainStep: 12 }] });
    expect(stopped.steps.model?.status).toBe('done');
  });

  test('is stopped where the process says goodbye in the middle', () => {
    const ended = reduceRun(upTo('trainStarted'), { type: 'bye', reason: 'signal', t: 1764001000, seq: 99 });
    expect(ended.steps.train?.status).toBe('stopped');
    expect(ended.current).toBeNull();
  });

  test('has the host’s failure where the process ended without a word', () => {
    const failure = {
      kind: 'trainerCrashed',
      message: 'signal SIGKILL',
      recipePath: [],
      facts: {},
      traceback: null,
    } as const;
    const outcome = { step: null, failure: { ...failure, recipePath: [] } };
    const training = upTo('trainStarted');
    const told = untoldFailure(training, outcome, ['train', 'save'])!;
    const crashed = reduceRun(training, told);
    expect(crashed.steps.train).toMatchObject({ status: 'failed', failure: { kind: 'trainerCrashed' } });
    expect(untoldFailure(crashed, { ...outcome, step: 'train' }, ['train', 'save'])).toBeNull();
    expect(untoldFailure(initialRun, outcome, ['model'])).toMatchObject({ type: 'stepFailed', step: 'model' });
    expect(untoldFailure(run, outcome, [])).toBeNull();
    expect(untoldFailure({ ...crashed, current: null }, outcome, ['train'])).toMatchObject({ step: 'train' });
  });
});
