import { message } from '../common/message';
import { STEPS, type StepName } from '../protocol/trainer';
import { badUsage } from './stopped';

/** `model..train`, `..data`, or `model,data,tokenizer`. Always in the order of the loop. */
export function readSteps(text: string): readonly StepName[] {
  const range = /^(\w*)\.\.(\w*)$/.exec(text.trim());
  if (range !== null) {
    const first = STEPS.indexOf(stepOf(range[1] || 'model'));
    const last = STEPS.indexOf(stepOf(range[2] || 'save'));
    if (last < first) throw badUsage(message('{0} comes after {1}.', range[1] ?? '', range[2] ?? ''));
    return checked(STEPS.slice(first, last + 1));
  }
  const wanted = new Set(text.split(',').map((name) => stepOf(name.trim())));
  return checked(STEPS.filter((step) => wanted.has(step)));
}

function checked(steps: readonly StepName[]): readonly StepName[] {
  if (steps[0] !== 'model')
    throw badUsage(
      message('Steps begin with model: every run is a process of its own.'),
      message('For instance: --steps model..tokenizer'),
    );
  return steps;
}

function stepOf(name: string): StepName {
  const step = STEPS.find((known) => known === name);
  if (step === undefined)
    throw badUsage(message('There is no step {0}.', name), message('Steps: {0}', STEPS.join(', ')));
  return step;
}
