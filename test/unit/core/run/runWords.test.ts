import { describe, expect, test } from 'vitest';
import { formatMessage } from '../../../../src/common/message';
import { givenName, givenNameProblem } from '../../../../src/core/run/givenName';
import { lossText, outcomeOf, runWords } from '../../../../src/core/run/runWords';
import { foldRun } from '../../../../src/core/run/session';
import { summarise } from '../../../../src/core/run/summary';
import type { Failure, TrainerEvent } from '../../../../src/protocol/trainer';

const failure = {
  kind: 'diskFull' as const,
  message: 'full',
  recipePath: [],
  facts: {},
  traceback: null,
} satisfies Failure;
/** Without the fields that every event has. */
type Told = TrainerEvent extends infer E ? (E extends TrainerEvent ? Omit<E, 't' | 'seq'> : never) : never;

const point = (trainStep: number, loss: number | null): Told => ({
  type: 'metrics',
  step: 'train',
  epoch: 1,
  learningRate: 1,
  gradNorm: 1,
  evalLoss: null,
  tokensPerSecond: 1,
  memoryBytes: 1,
  etaSeconds: 60,
  trainStep,
  loss,
});
const BEGUN: readonly Told[] = [
  { type: 'hello', protocol: 1, trainer: 'x', pid: 1, python: '3', versions: {} },
  { type: 'runStarted', steps: ['train'], recipeText: null, recipe: null },
];
const TRAINS: readonly Told[] = [
  ...BEGUN,
  { type: 'stepStarted', step: 'train' },
  {
    type: 'trainStarted',
    step: 'train',
    totalSteps: 270,
    epochs: 1,
    rows: 1,
    batchSize: 1,
    gradientAccumulationSteps: 1,
    worldSize: 1,
    resumedFrom: null,
  },
];
const ENDED: readonly Told[] = [{ type: 'runFinished' }, { type: 'bye', reason: 'shutdown' }];

const stateAfter = (events: readonly Told[]) =>
  foldRun(events.map((event, seq) => ({ ...event, t: 100 + seq, seq }) as TrainerEvent));

function said(alive: boolean, ...events: readonly Told[]): string {
  const state = stateAfter(events);
  return runWords(state, summarise(state, alive))
    .map((words) => formatMessage(words))
    .join(' · ');
}

describe('what a list says of a run', () => {
  test('that begins and goes on', () => {
    expect(said(true)).toBe('begins');
    expect(said(true, ...BEGUN)).toBe('begins');
    expect(said(true, ...BEGUN, { type: 'stepStarted', step: 'model' })).toBe('at model');
    expect(said(true, ...TRAINS)).toBe('0/270');
    expect(said(true, ...TRAINS, point(120, 1.234567))).toBe('120/270 · loss 1.235');
  });

  test('between two steps it is still at work; when all are done it waits', () => {
    const between: readonly Told[] = [
      ...BEGUN,
      { type: 'stepStarted', step: 'model' },
      { type: 'stepFinished', step: 'model', durationMs: 1 },
    ];
    expect(said(true, ...between)).toBe('at model');
    expect(outcomeOf(stateAfter(between), true)).toBeNull();
    expect(said(true, ...between, { type: 'runFinished' })).toBe('waits, model loaded');
    expect(outcomeOf(stateAfter([...between, { type: 'runFinished' }]), true)).toBe('done');
  });

  test('that has ended', () => {
    const trained: readonly Told[] = [
      ...TRAINS,
      point(120, 0.5),
      { type: 'stepFinished', step: 'train', durationMs: 1 },
    ];
    expect(said(false, ...trained, ...ENDED)).toBe('120/270 · loss 0.500');
    expect(said(false, ...BEGUN, ...ENDED)).toBe('ran nothing');
    const prepared: readonly Told[] = [
      ...BEGUN,
      { type: 'stepStarted', step: 'lora' },
      { type: 'stepFinished', step: 'lora', durationMs: 1 },
    ];
    expect(said(false, ...prepared, ...ENDED)).toBe('up to lora');
    expect(said(false, ...prepared, { type: 'runFinished' })).toBe('up to lora');
  });

  test('that failed, was stopped or is lost', () => {
    const fails: Told = { type: 'stepFailed', step: 'train', failure };
    expect(said(false, ...TRAINS, point(12, 2), fails, ...ENDED)).toBe('failed at 12/270 · loss 2.000');
    expect(said(false, ...TRAINS, fails, ...ENDED)).toBe('failed in train');
    const stops: Told = { type: 'stepFailed', step: 'train', failure: { ...failure, kind: 'interrupted' } };
    expect(said(false, ...TRAINS, point(12, null), stops, ...ENDED)).toBe('stopped at 12/270');
    expect(said(false, ...TRAINS, point(12, 2))).toBe('lost at 12/270 · loss 2.000');
    expect(said(false, ...BEGUN)).toBe('lost');
    expect(said(false)).toBe('never began');
    expect(outcomeOf(stateAfter([...TRAINS, fails, { type: 'runFinished' }]), true)).toBe('failed');
  });

  test('losses in digits that count', () => {
    expect([2.5, 0.00012, 0, Number.NaN, Number.POSITIVE_INFINITY].map(lossText)).toEqual([
      '2.500',
      '1.20e-4',
      '0.000',
      'NaN',
      '∞',
    ]);
  });
});

describe('a name that a person gives a run', () => {
  test('is one line of a length that a list can show', () => {
    expect(givenNameProblem('lr 3e-4, 更好的数据 🎉')).toBeNull();
    expect(givenNameProblem('')).toBeNull();
    expect(formatMessage(givenNameProblem('a\nb')!)).toContain('one line');
    expect(formatMessage(givenNameProblem('🎉'.repeat(121))!)).toContain('120 characters at most; this one has 121');
  });

  test('is read from a file that may hold anything', () => {
    expect(givenName('\n  mine \r\nmore')).toBe('mine');
    expect(givenName(' \n\t\n')).toBeNull();
    expect(givenName('a\u001b[31mb')).toBe('a [31mb');
    expect([...givenName('🎉'.repeat(1000))!]).toHaveLength(120);
  });
});
