import { cast } from './ops';
import { Saved } from './saved';
import type { Step } from './step';
import type { Value } from './tape';
import { castParameter } from './trained';

/** nn.Linear whose weight is trained: its input is kept, in autocast's width. */
export function trainedLinear(step: Step, x: Value, parameter: Value, elements: number): Value {
  const { tape } = step;
  const width = step.autocast ?? x.size;
  const input = cast(tape, x, width);
  const weight = castParameter(step, parameter);
  const saved = new Saved();
  if (x.grad) tape.save(weight, saved);
  tape.save(input, saved);
  const output = tape.make(elements, width, true);
  const flows = [...(x.grad ? [input] : []), weight].map((to) => ({ to, kind: 'made' as const }));
  tape.record({ output, flows, saved });
  tape.free(input);
  return output;
}
