import { type Message, message } from '../../common/message';
import { STEPS, type StepName, type TrainerEvent } from '../../protocol/trainer';
import type { RunState } from './session';

/** The steps of a run that goes on; none where its trainer is idle. A log of before `runStarted` doesn't say: then all. */
export function stepsAtWork({ command, running, current }: RunState): readonly StepName[] {
  if (!running && current === null) return [];
  return command?.steps ?? STEPS;
}

/** Of these, the steps whose turn is still to come. */
export function waitingSteps({ command, running, current, steps }: RunState): readonly StepName[] {
  if (!running || command === null) return [];
  return current === null
    ? command.steps.filter((step) => steps[step] === undefined)
    : command.steps.slice(command.steps.indexOf(current) + 1);
}

/** A step, or a run of steps, begins or ends. */
export function isTurn({ type }: TrainerEvent): boolean {
  return ['runStarted', 'runFinished', 'stepStarted', 'stepFinished', 'stepFailed'].includes(type);
}

/** Which run it is and how far it has come. */
export function atWorkWords(id: string, { current, steps }: RunState): Message {
  const total = steps.train?.trainStarted?.totalSteps ?? null;
  if (current === null) return message('The run {0} is at work.', id);
  if (current !== 'train' || total === null) return message('The run {0} is at work: {1}.', id, current);
  const reached = steps.train?.metrics.at(-1)?.trainStep ?? 0;
  return message('The run {0} is at work: {1}, step {2} of {3}.', id, current, reached, total);
}
