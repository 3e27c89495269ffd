import { expect, test } from 'vitest';
import type { RunOutcome } from '../../../src/engine/engine';
import { RunFollower } from '../../../src/engine/python/runFollower';
import type { Failure, StepName, TrainerEvent } from '../../../src/protocol/trainer';
import { recipeThat } from './fake';

const recipe = recipeThat('good', '/somewhere');
const asked = { recipe, recipeText: 'model:\n' };
const failure: Failure = { kind: 'diskFull', message: '', recipePath: [], facts: {}, traceback: null };
const interrupted: Failure = { ...failure, kind: 'interrupted' };

type Told = TrainerEvent extends infer E ? (E extends TrainerEvent ? Omit<E, 't' | 'seq'> : never) : never;

/** A follower, and what tells it events. */
function following() {
  const follower = new RunFollower();
  let seq = 0;
  const tell = (...events: readonly Told[]): void => {
    // SAFETY: the envelope is added to the fields of one kind of event.
    for (const event of events) follower.take({ t: 1, seq: seq++, ...event } as TrainerEvent);
  };
  return { follower, tell };
}

const runStarted = (steps: StepName[], recipeText: string | null = asked.recipeText): Told => ({
  type: 'runStarted',
  steps,
  recipeText,
  recipe: JSON.parse(JSON.stringify(recipe)),
});
const runFinished: Told = { type: 'runFinished' };
const started = (step: StepName): Told => ({ type: 'stepStarted', step });
const finished = (step: StepName): Told => ({ type: 'stepFinished', step, durationMs: 1 });
const failed = (step: StepName, why = failure): Told => ({ type: 'stepFailed', step, failure: why });

/** The outcome if it is there. */
const now = (outcome: Promise<RunOutcome>): Promise<RunOutcome | null> =>
  Promise.race([outcome, Promise.resolve(null)]);

test('the end of another host’s run is not the end of the own one', async () => {
  const { follower, tell } = following();
  const own = follower.expect(['model', 'lora'], asked);
  tell(runStarted(['model', 'lora'], 'of somebody else'), started('model'), failed('model'), runFinished);
  expect(await now(own)).toBeNull();
  tell(runStarted(['model', 'lora']), started('model'), finished('model'), started('lora'), finished('lora'));
  expect(follower.current).toBeNull();
  expect(await now(own)).toBeNull();
  tell(runFinished);
  expect(await now(own)).toEqual({ kind: 'done' });
  expect(follower.ending).toBeNull();
});

test('of two runs that are the same each has its own end', async () => {
  const { follower, tell } = following();
  const own = follower.expect(['model'], asked);
  tell(runStarted(['model']), started('model'), failed('model', interrupted), runFinished);
  expect(await now(own)).toEqual({ kind: 'stopped' });
  const next = follower.expect(['model'], asked);
  tell(runStarted(['model']), started('model'));
  expect(await now(next)).toBeNull();
  tell(failed('model'), runFinished);
  expect(await now(next)).toEqual({ kind: 'failed', step: 'model', failure });
});

test('a run that has ended before the process did keeps its end; one that waits gets the process’s', async () => {
  const { follower, tell } = following();
  tell(runStarted(['save']), started('save'), finished('save'));
  const atWork = follower.atWork;
  const own = follower.expect(['model'], asked);
  const crash: RunOutcome = { kind: 'failed', step: null, failure };
  follower.end(crash);
  expect(await atWork).toEqual({ kind: 'done' });
  expect(await own).toEqual(crash);
});

test('a trainer of before tells steps only', async () => {
  const { follower, tell } = following();
  tell(started('model'));
  expect(follower.tellsRuns).toBe(false);
  const { atWork } = follower;
  tell(finished('model'));
  expect(await atWork).toEqual({ kind: 'done' });
  const own = follower.expect(['lora', 'data'], asked);
  tell(started('lora'), finished('lora'), started('data'));
  expect(await now(own)).toBeNull();
  tell(failed('data'));
  expect(await own).toEqual({ kind: 'failed', step: 'data', failure });
});
