import { layer } from './loraLayer';
import { dropped } from './mlp';
import type { AttentionShape } from './blockShape';
import { normalize } from './norms';
import { cast, plain } from './ops';
import { repeated, scores } from './scores';
import type { Step } from './step';
import { Saved } from './saved';
import type { Value } from './tape';

/** Self-attention of a block: projections, rotation, the product with its scores, the output projection. */
export function attention(step: Step, shape: AttentionShape, x: Value): Value {
  const { tape } = step;
  const [query, key, value] = projections(step, shape, x);
  const [q, k] = [rotated(step, shape, query, shape.queryNorm), rotated(step, shape, key, shape.keyNorm)];
  tape.free(query, key);
  const mixed =
    isEager(step) || needsMath(step, shape, q) ? scores(step, shape, q, k, value) : fused(step, shape, q, k, value);
  tape.free(q, k, value);
  const output = layer(step, shape.output, mixed);
  tape.free(mixed);
  return dropped(step, output);
}

function isEager({ settings }: Step): boolean {
  return settings.attention === 'eager';
}

/** Without a flash kernel (float32), shared keys leave scaled_dot_product_attention its plain way, which makes all scores. */
function needsMath(step: Step, { heads, keyHeads }: AttentionShape, q: Value): boolean {
  return step.settings.isCuda && heads !== keyHeads && (step.autocast ?? q.size) === 4 && !step.settings.masked;
}

function projections(step: Step, shape: AttentionShape, x: Value): readonly [Value, Value, Value] {
  const { tape } = step;
  const made = shape.inputs.map((module) => layer(step, module, x));
  const [first, second, third] = made;
  if (first !== undefined && second !== undefined && third !== undefined) return [first, second, third];
  if (first === undefined) throw new Error('An attention without projections has no shape.');
  // One projection for all three: slices of one tensor.
  const rows = x.elements / width(shape.inputs[0]);
  const { heads, keyHeads, headDim } = shape;
  const parts = [heads, keyHeads, keyHeads].map((count) => tape.slice(first, rows * count * headDim));
  tape.free(...made);
  return [parts[0] ?? first, parts[1] ?? first, parts[2] ?? first];
}

function width(module: AttentionShape['inputs'][number] | undefined): number {
  if (module === undefined) return 1;
  return module.type === 'Conv1D' ? (module.parameters[0]?.shape[0] ?? 1) : (module.parameters[0]?.shape[1] ?? 1);
}

/** (q * cos) + (rotate_half(q) * sin), after a norm where the family has one. */
function rotated(step: Step, shape: AttentionShape, x: Value, norm: AttentionShape['queryNorm']): Value {
  const { tape } = step;
  const normed = norm === null ? tape.view(x) : normalize(step, norm, x);
  if (!shape.rotates) return normed;
  const size = Math.max(normed.size, shape.rotationSize);
  if (step.settings.liger) {
    const output = plain(tape, [normed], normed.elements, size);
    tape.free(normed);
    return output;
  }
  if (normed.grad) tape.saveParameter();
  const straight = plain(tape, [normed], normed.elements, size);
  const half = plain(tape, [normed], normed.elements / 2, normed.size);
  const turned = plain(tape, [half, normed], normed.elements, normed.size);
  tape.free(half);
  if (turned.grad) tape.saveParameter();
  const product = plain(tape, [turned], turned.elements, size);
  tape.free(turned);
  const output = plain(tape, [straight, product], normed.elements, size);
  tape.free(straight, product, normed);
  return output;
}

/** Flash or memory-efficient attention: keeps queries, keys, values, its output and one number for each row of scores. */
function fused(step: Step, shape: AttentionShape, q: Value, k: Value, v: Value): Value {
  const { tape } = step;
  const size = step.autocast ?? Math.max(q.size, v.size);
  // With a mask, keys and values are repeated for every head first, and the mask is brought to the same width.
  const { masked } = step.settings;
  const [keys, values] = masked
    ? [repeated(step, shape, k, q), repeated(step, shape, v, q)]
    : [tape.view(k), tape.view(v)];
  const inputs = [q, keys, values].map((value) => cast(tape, value, size));
  tape.free(keys, values);
  const mask = tape.make(masked ? step.rows * step.length * step.length : 0, size, false);
  const isGrad = inputs.some(({ grad }) => grad);
  const rows = step.rows * step.length * shape.heads;
  const sums = tape.make(rows, 4, false);
  const output = tape.make(q.elements, size, isGrad);
  const saved = new Saved();
  if (isGrad) {
    for (const value of [...inputs, output, sums, mask]) tape.save(value, saved);
    const flows = inputs
      .filter(({ grad }) => grad)
      .map((to, index) => ({
        to,
        kind: 'made' as const,
        extra: index === 0 ? backwardExtra(q, shape, masked ? 0 : size, rows) : 0,
      }));
    tape.record({ output, flows, saved });
  }
  tape.free(...inputs, sums, mask);
  return output;
}

/** float32 sums of the queries' gradient, a number for each row, and gradients of keys and values for every head. */
function backwardExtra(q: Value, { heads, keyHeads }: AttentionShape, size: number, rows: number): number {
  return q.elements * 4 + rows * 4 + (heads === keyHeads ? 0 : 2 * q.elements * size);
}
