import type { AttentionShape } from './blockShape';
import { cast, plain } from './ops';
import type { Step } from './step';
import { Saved } from './saved';
import type { Value } from './tape';

/**
 * Attention that makes a number for each pair of tokens: eager_attention_forward of transformers, and the plain way of
 * scaled_dot_product_attention. Memory grows with the square of the length.
 */
export function scores(step: Step, shape: AttentionShape, q: Value, k: Value, v: Value): Value {
  const { tape } = step;
  const isEager = step.settings.attention === 'eager';
  const size = step.autocast ?? Math.max(q.size, v.size);
  const [keys, values] = [repeated(step, shape, k, q), repeated(step, shape, v, q)];
  const pairs = step.rows * step.length * step.length * shape.heads;
  const raw = product(step, q, keys, pairs, size);
  const scaled = plain(tape, [raw], pairs, size);
  tape.free(raw);
  const capped = shape.softCap ? softCap(step, scaled) : tape.view(scaled);
  tape.free(scaled);
  // The causal mask is added in a tensor of its own.
  const masked = plain(tape, [capped], pairs, Math.max(size, shape.rotationSize));
  tape.free(capped);
  const weights = softmax(step, masked);
  tape.free(masked);
  const narrow = isEager ? cast(tape, weights, Math.max(q.size, 2)) : tape.view(weights);
  const mixed = product(step, narrow, values, q.elements, size);
  tape.free(keys, values, weights, narrow);
  const output = plain(tape, [mixed], q.elements, mixed.size);
  tape.free(mixed);
  return output;
}

/** repeat_kv: keys and values for every head. */
export function repeated({ tape }: Step, { heads, keyHeads }: AttentionShape, x: Value, q: Value): Value {
  if (heads !== keyHeads) return plain(tape, [x], q.elements, x.size);
  return tape.view(x);
}

/** torch.matmul under autocast: keeps both sides. */
function product(step: Step, a: Value, b: Value, elements: number, size: number): Value {
  const { tape } = step;
  const [left, right] = [cast(tape, a, size), cast(tape, b, size)];
  const saved = new Saved();
  if (b.grad) tape.save(left, saved);
  if (a.grad) tape.save(right, saved);
  const output = tape.make(elements, size, a.grad || b.grad);
  const flows = [left, right].filter(({ grad }) => grad).map((to) => ({ to, kind: 'made' as const }));
  if (output.grad) tape.record({ output, flows, saved });
  tape.free(left, right);
  return output;
}

/** In float32; keeps its result. */
function softmax({ tape }: Step, x: Value): Value {
  const output = tape.make(x.elements, 4, x.grad);
  const saved = new Saved();
  if (x.grad) {
    tape.save(output, saved);
    // softmax_backward makes the product of gradient and result first.
    tape.record({ output, flows: [{ to: x, kind: 'made', extra: x.elements * 4 }], saved });
  }
  return output;
}

/** Gemma 2: tanh(scores / cap) * cap. */
function softCap({ tape }: Step, x: Value): Value {
  const divided = plain(tape, [x], x.elements, x.size);
  const output = tape.make(x.elements, x.size, x.grad);
  const saved = new Saved();
  if (x.grad) {
    tape.save(output, saved);
    tape.record({ output, flows: [{ to: divided, kind: 'made' }], saved });
  }
  tape.free(divided);
  const scaled = plain(tape, [output], x.elements, x.size);
  tape.free(output);
  return scaled;
}
