import { describe, expect, test } from 'vitest';
import { printComparison } from '../../../src/cli/show/comparison';
import { JsonView } from '../../../src/cli/show/jsonView';
import { PlainView } from '../../../src/cli/show/plainView';
import { width } from '../../../src/cli/text/width';
import { decodeTrainerLine } from '../../../src/protocol/codec';
import type { Answer, GenerateOutput } from '../../../src/protocol/outputs';
import type { EventOf } from '../../../src/protocol/trainer';
import { catching } from './catching';

const metrics: EventOf<'metrics'> = {
  type: 'metrics',
  t: 1,
  seq: 9,
  step: 'train',
  trainStep: 5,
  epoch: 0.5,
  loss: Number.NaN,
  learningRate: 2e-3,
  gradNorm: Number.POSITIVE_INFINITY,
  evalLoss: null,
  tokensPerSecond: 3020.4,
  memoryBytes: null,
  etaSeconds: 21,
};

test('JSON lines are the protocol’s own, not-a-number included', () => {
  const { context, out } = catching('/');
  new JsonView(context.stdout).event(metrics);
  expect(decodeTrainerLine(out().trimEnd())).toEqual({ kind: 'event', event: metrics });
});

test('plain lines hold no escape sequences', () => {
  const { context, out } = catching('/');
  const view = new PlainView(context.terminal);
  view.event({ type: 'stepStarted', t: 0, seq: 1, step: 'train' });
  view.event({
    type: 'trainStarted',
    t: 0,
    seq: 2,
    step: 'train',
    totalSteps: 10,
    epochs: 1,
    rows: 80,
    batchSize: 8,
    gradientAccumulationSteps: 2,
    worldSize: 1,
    resumedFrom: null,
  });
  view.event(metrics);
  view.event({
    type: 'warning',
    t: 0,
    seq: 3,
    step: 'train',
    kind: 'x',
    message: 'Odd: {0}',
    args: ['\u001B[1m'],
    recipePath: [],
  });
  expect(out()).toBe(
    'Training\n  10 steps of 16 sequences.\n  5/10  loss NaN · lr 0.002 · 3020 tokens/s · 0:21 left\n  ! Odd: \\u001b[1m\n',
  );
});

function answer(text: string, stopReason: Answer['stopReason'] = 'eos'): Answer {
  return { text, stopReason, tokens: [], durationMs: 1 };
}

describe('base against tuned', () => {
  const rows: GenerateOutput['rows'] = [
    {
      prompt: 'There is bacon in this sandwich.',
      mode: 'greedy',
      promptText: '',
      reference: 'Hoped.',
      base: answer('三明治里有培根。'.repeat(8)),
      tuned: answer('In this sandwich, bacon there is. '.repeat(4), 'maxNewTokens'),
    },
  ];

  test('stand side by side, aligned, also with wide characters', () => {
    const { context, out } = catching('/', { columns: 100 });
    printComparison(rows, context.terminal);
    const lines = out()
      .split('\n')
      .filter((line) => line.includes('│'));
    expect(lines.length).toBeGreaterThan(2);
    expect(new Set(lines.map((line) => width(line.slice(0, line.indexOf('│')))))).toEqual(
      new Set([width(lines[0]!.slice(0, lines[0]!.indexOf('│')))]),
    );
    expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(100);
    expect(out()).toContain('[cut after 0 tokens');
    expect(out()).toContain('Hoped for: Hoped.');
  });

  test('stand one below the other where the terminal is narrow', () => {
    const { context, out } = catching('/', { columns: 44 });
    printComparison(rows, context.terminal);
    expect(out()).not.toContain('│');
    expect(out().indexOf('Base model')).toBeLessThan(out().indexOf('Fine-tuned'));
  });
});
