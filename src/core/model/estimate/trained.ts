import type { ModelModule } from '../../../protocol/model';
import { elementSize } from './bytes';
import { elementsOf } from '../elements';
import { cast } from './ops';
import type { Step } from './step';
import type { Value } from './tape';

const FLOAT = elementSize('float32');

/** A trained parameter, always float32 (trainer: recast.py); it lies in the arena from the start. */
export function trainedParameter(step: Step, name: string, elements: number): Value {
  const known = step.trained.get(name);
  if (known !== undefined) return known;
  const storage = step.arena.take(elements * FLOAT, 'adapter');
  const value: Value = { storage, elements, size: FLOAT, grad: true, gradient: null, isParameter: true };
  step.trained.set(name, value);
  return value;
}

/** The weight of a module that is copied whole: the copy lies among what is resident (resident.ts). */
export function savedParameter(step: Step, { name, parameters }: ModelModule): Value {
  const known = step.trained.get(name);
  if (known !== undefined) return known;
  const elements = elementsOf(parameters[0]?.shape ?? []);
  const value: Value = {
    storage: step.arena.take(0, 'adapter'),
    elements,
    size: FLOAT,
    grad: true,
    gradient: null,
    isParameter: true,
  };
  step.trained.set(name, value);
  return value;
}

/** What a product takes of it: autocast makes a copy and keeps it until the forward pass is over. */
export function castParameter(step: Step, parameter: Value): Value {
  if (step.autocast === null || step.autocast === parameter.size) return parameter;
  const copy = cast(step.tape, parameter, step.autocast);
  step.casts.push(copy);
  return copy;
}

/** autocast's cache is emptied where the outermost autocast ends. */
export function endOfAutocast(step: Step, from = 0): void {
  step.tape.free(...step.casts.splice(from));
}
