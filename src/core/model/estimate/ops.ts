import type { MemoryPartKind } from '../../../protocol/model';
import { Saved } from './saved';
import type { Tape, Value } from './tape';

/** Single operations of PyTorch: what each makes, keeps for the backward pass, and needs there. Sizes in bytes. */

/** Tensor.to(): a new tensor only for another width. The caller's variable is replaced if `last`. */
export function cast(tape: Tape, x: Value, size: number): Value {
  if (x.size === size) return tape.view(x);
  const output = tape.make(x.elements, size, x.grad);
  if (x.grad) tape.record({ output, flows: [{ to: x, kind: 'made' }], saved: new Saved() });
  return output;
}

/** An element-wise operation whose backward pass needs none of its inputs: a sum, a product with a number. */
export function plain(
  tape: Tape,
  inputs: readonly Value[],
  elements: number,
  size: number,
  kind: MemoryPartKind = 'activations',
): Value {
  const grads = inputs.filter(({ grad }) => grad);
  const output = tape.make(elements, size, grads.length > 0, kind);
  if (grads.length > 0) {
    const flows = grads.map((to) => ({
      to,
      kind: to.size === size && to.elements === elements && inputs.length > 1 ? ('passed' as const) : ('made' as const),
    }));
    tape.record({ output, flows, saved: new Saved() });
  }
  return output;
}

/** a * b: each is kept if the other one needs a gradient. */
export function multiply(tape: Tape, a: Value, b: Value): Value {
  const elements = Math.max(a.elements, b.elements);
  const size = Math.max(a.size, b.size);
  const saved = new Saved();
  if (b.grad) tape.save(a, saved);
  if (a.grad) tape.save(b, saved);
  const output = tape.make(elements, size, a.grad || b.grad);
  const flows = [a, b]
    .filter(({ grad }) => grad)
    // For another width or shape the product is made first, then summed or cast.
    .map((to) => ({
      to,
      kind: 'made' as const,
      extra: to.size === size && to.elements === elements ? 0 : elements * size,
    }));
  if (output.grad) tape.record({ output, flows, saved });
  return output;
}

/** An activation function: keeps its input. */
export function activate(tape: Tape, x: Value): Value {
  const saved = new Saved();
  if (x.grad) tape.save(x, saved);
  const output = tape.make(x.elements, x.size, x.grad);
  if (x.grad) tape.record({ output, flows: [{ to: x, kind: 'made' }], saved });
  return output;
}

/** torch.nn.Dropout in training: keeps its mask, a byte for each number; with p = 0 it is no layer at all. */
export function dropout(tape: Tape, x: Value, p: number): Value {
  if (p === 0) return tape.view(x);
  const output = tape.make(x.elements, x.size, x.grad);
  const mask = tape.make(x.elements, 1, false);
  const saved = new Saved();
  // The mask is an output that is kept where a gradient is wanted.
  if (x.grad) {
    tape.save(mask, saved);
    tape.record({ output, flows: [{ to: x, kind: 'made' }], saved });
  }
  tape.free(mask);
  return output;
}
