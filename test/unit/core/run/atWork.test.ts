import { expect, test } from 'vitest';
import { formatMessage } from '../../../../src/common/message';
import { atWorkWords, stepsAtWork, waitingSteps } from '../../../../src/core/run/atWork';
import { initialRun, reduceRun, type RunState } from '../../../../src/core/run/session';
import { STEPS, type TrainerEvent } from '../../../../src/protocol/trainer';

const began: TrainerEvent = { type: 'runStarted', t: 1, seq: 1, steps: ['model', 'train'], recipeText: '', recipe: {} };
const after = (...events: TrainerEvent[]): RunState => events.reduce(reduceRun, initialRun);

test('an idle trainer is at no step; one of before is at all of them', () => {
  expect(stepsAtWork(after(began))).toEqual(['model', 'train']);
  expect(stepsAtWork(after(began, { type: 'runFinished', t: 2, seq: 2 }))).toEqual([]);
  expect(stepsAtWork(initialRun)).toEqual([]);
  expect(stepsAtWork(after({ type: 'stepStarted', t: 1, seq: 1, step: 'lora' }))).toEqual(STEPS);
});

const words = (state: RunState): string => formatMessage(atWorkWords('20261124-093012-yoda', state));

test('the steps that wait are those behind the one at work, before the first all that nothing is told of', () => {
  const model: TrainerEvent = { type: 'stepStarted', t: 2, seq: 2, step: 'model' };
  expect(waitingSteps(after(began, model))).toEqual(['train']);
  expect(waitingSteps(after(began))).toEqual(['model', 'train']);
  expect(waitingSteps(after(began, { type: 'runFinished', t: 2, seq: 2 }))).toEqual([]);
});

test('says how far a run is', () => {
  const training = after(began, { type: 'stepStarted', t: 2, seq: 2, step: 'train' });
  expect(words(after(began))).toBe('The run 20261124-093012-yoda is at work.');
  expect(words(training)).toBe('The run 20261124-093012-yoda is at work: train.');
});
