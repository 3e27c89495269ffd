import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { hangups } from '../../../src/cli/interrupts';
import { outcomeOf } from '../../../src/cli/session/outcomeOf';
import { runArgument } from '../../../src/cli/session/runHints';
import { compactHistory } from '../../../src/cli/show/compactHistory';
import { foldRun } from '../../../src/core/run/session';
import type { EventOf, TrainerEvent } from '../../../src/protocol/trainer';

function metrics(trainStep: number): EventOf<'metrics'> {
  const values = { epoch: 0, loss: 1, learningRate: null, gradNorm: null, evalLoss: null, tokensPerSecond: null };
  return {
    type: 'metrics',
    t: 1,
    seq: trainStep,
    step: 'train',
    trainStep,
    ...values,
    memoryBytes: null,
    etaSeconds: 1,
  };
}

const started: TrainerEvent = { type: 'stepStarted', t: 1, seq: 0, step: 'train' };

test('what was before is told with few points, the last one among them', () => {
  const progress: TrainerEvent = {
    type: 'progress',
    t: 1,
    seq: 1,
    step: 'train',
    what: 'x',
    current: 1,
    total: 2,
    unit: null,
  };
  const points = Array.from({ length: 1234 }, (_, index) => metrics(index + 1));
  const told = compactHistory([started, progress, ...points]);
  expect(told[0]).toBe(started);
  expect(told.slice(1)).toHaveLength(10);
  expect(told.at(-1)).toBe(points.at(-1));
  expect(compactHistory([started, metrics(1), metrics(2)])).toHaveLength(3);
  const checkpoints = points.map(({ t, seq, trainStep }): TrainerEvent => {
    return { type: 'checkpointSaved', t, seq, step: 'train', trainStep, path: '/out' };
  });
  expect(compactHistory(checkpoints)).toHaveLength(3);
  expect(compactHistory(checkpoints).at(-1)).toBe(checkpoints.at(-1));
});

test('a run whose log has no end has failed, at the step that was at work', () => {
  expect(outcomeOf(foldRun([started, metrics(1)]))).toMatchObject({ kind: 'failed', step: 'train' });
  const finished: TrainerEvent = { type: 'stepFinished', t: 2, seq: 2, step: 'train', durationMs: 1 };
  expect(outcomeOf(foldRun([started, finished, { type: 'bye', t: 3, seq: 3, reason: 'stdinClosed' }]))).toEqual({
    kind: 'done',
  });
});

test('a run that lies elsewhere is named by its directory, quoted for a shell', () => {
  expect(runArgument('/elsewhere/20261124-093012-yoda', '/here')).toBe('/elsewhere/20261124-093012-yoda');
  expect(runArgument('/my runs/$1', '/here')).toBe(String.raw`"/my runs/\$1"`);
});

test('nohup: a closed terminal is nothing to hear of', () => {
  const signals = new EventEmitter();
  const heard = vi.fn();
  const from = (ignored: boolean) => hangups(signals, () => ignored)(heard);
  from(true).dispose();
  expect(signals.listenerCount('SIGHUP')).toBe(0);
  const listening = from(false);
  signals.emit('SIGHUP');
  expect(heard).toHaveBeenCalledOnce();
  listening.dispose();
  expect(signals.listenerCount('SIGHUP')).toBe(0);
});
