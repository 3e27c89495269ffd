import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { RunDigest } from '../../../../src/core/run/digest';
import { parseEventLog } from '../../../../src/core/run/eventLog';
import { foldRun } from '../../../../src/core/run/session';
import { summarise } from '../../../../src/core/run/summary';

const linesOf = (name: string): readonly string[] =>
  readFileSync(path.resolve(import.meta.dirname, '../../../transcripts', name), 'utf8').split('\n');

const point = (trainStep: number, loss: number | string | null, evalLoss: number | null): string =>
  JSON.stringify({
    type: 'metrics',
    t: 100 + trainStep,
    seq: trainStep,
    step: 'train',
    trainStep,
    epoch: 1,
    loss,
    learningRate: 1,
    gradNorm: 1,
    evalLoss,
    tokensPerSecond: 1,
    memoryBytes: 1,
    etaSeconds: 9,
  });

describe('the digest of a log', () => {
  test.each(['hand.jsonl', 'hand-failures.jsonl', 'loop.jsonl', 'stopped.jsonl', 'failed.jsonl'])(
    'of %s tells after each line what the whole log tells',
    (name) => {
      const lines = linesOf(name);
      const digest = new RunDigest();
      for (const [index, line] of lines.entries()) {
        digest.take(line);
        if (index % 3 === 0) digest.letGoOfLines();
        const { events } = parseEventLog(`${lines.slice(0, index + 1).join('\n')}\n`);
        const state = foldRun(events);
        for (const alive of [true, false]) expect(summarise(digest.state, alive)).toEqual(summarise(state, alive));
        expect(digest.state.running).toBe(state.running);
        expect(digest.state.steps[state.current ?? 'model']?.progress).toEqual(
          state.steps[state.current ?? 'model']?.progress,
        );
        expect(digest.startedAt).toBe(events[0]?.t ?? null);
        expect(digest.lastEventAt).toBe(events.at(-1)?.t ?? null);
      }
    },
  );

  test('keeps three points of a long curve, the last loss and the last evaluation among them', () => {
    const digest = new RunDigest();
    digest.take(JSON.stringify({ type: 'stepStarted', t: 100, seq: 0, step: 'train' }));
    for (let step = 1; step <= 5000; step++)
      digest.take(point(step, step === 5000 ? null : 'NaN', step === 7 ? 2 : null));
    expect(digest.state.steps.train?.metrics.map(({ trainStep }) => trainStep)).toEqual([7, 4999, 5000]);
    expect(summarise(digest.state, true)).toMatchObject({
      loss: Number.NaN,
      evalLoss: 2,
      trainStep: 5000,
      etaSeconds: 9,
    });
  });

  test('an event whose type stands elsewhere counts too, and what is none is passed over', () => {
    const digest = new RunDigest();
    for (const line of [
      '',
      'Traceback',
      '{"type": "stepStarted", "t": 1',
      '{"t":5,"seq":1,"step":"data","type":"stepStarted"}',
    ])
      digest.take(line);
    expect(digest.state.current).toBe('data');
  });
});
