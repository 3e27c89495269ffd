import { attention } from './attention';
import type { BlockShape } from './blockShape';
import { mlp } from './mlp';
import { normalize } from './norms';
import { plain } from './ops';
import type { Step } from './step';
import type { Value } from './tape';

/** One decoder layer: attention and MLP, each with its norms and a residual connection. */
export function block(step: Step, shape: BlockShape, x: Value): Value {
  const { tape } = step;
  const { attention: attentionShape, mlp: mlpShape } = shape;
  const middle =
    attentionShape === null
      ? tape.view(x)
      : half(step, x, shape.before.attention, shape.after.attention, (input) => attention(step, attentionShape, input));
  if (mlpShape === null) return middle;
  const output = half(step, middle, shape.before.mlp, shape.after.mlp, (input) => mlp(step, mlpShape, input));
  tape.free(middle);
  return output;
}

/** x + after(run(before(x))) */
function half(
  step: Step,
  x: Value,
  before: Parameters<typeof normalize>[1] | null,
  after: Parameters<typeof normalize>[1] | null,
  run: (input: Value) => Value,
): Value {
  const { tape } = step;
  const input = before === null ? tape.view(x) : normalize(step, before, x);
  const made = run(input);
  tape.free(input);
  const added = after === null ? tape.view(made) : normalize(step, after, made);
  tape.free(made);
  const output = plain(tape, [x, added], x.elements, Math.max(x.size, added.size));
  tape.free(added);
  return output;
}
