import type { MlpShape } from './blockShape';
import { elementSize } from './bytes';
import { elementsOf } from '../elements';
import { activate, cast, multiply, plain } from './ops';
import { type Step, tokensOf } from './step';
import { Saved } from './saved';
import type { Value } from './tape';
import { castParameter, trainedParameter } from './trained';

type Experts = Extract<MlpShape, { kind: 'experts' }>;

/**
 * A mixture of experts (transformers 5.18.0, integrations/moe.py, grouped_mm): each token is copied for each expert that it
 * goes to, and all experts are one grouped product.
 */
export function experts(step: Step, shape: Experts, x: Value, shared: ((x: Value) => Value) | null): Value {
  const { tape } = step;
  const routed = routing(step, shape, x);
  const copies = tokensOf(step) * shape.perToken;
  const chosen = plain(tape, [x], copies * shape.hidden, x.size);
  const wide = grouped(step, shape, 0, chosen, copies * shape.inner * 2);
  tape.free(chosen);
  const half = wide.elements / 2;
  const gate = tape.slice(wide, half);
  const up = tape.slice(wide, half);
  const active = activate(tape, gate);
  const product = multiply(tape, active, up);
  tape.free(gate, up, active, wide);
  const narrow = grouped(step, shape, 1, product, copies * shape.hidden);
  tape.free(product);
  // Weighted by the router, put back into the order of tokens, summed.
  const weighted = multiply(tape, narrow, routed);
  tape.free(narrow, routed);
  const ordered = plain(tape, [weighted], weighted.elements, weighted.size);
  tape.free(weighted);
  const summed = plain(tape, [ordered], tokensOf(step) * shape.hidden, ordered.size);
  tape.free(ordered);
  const output = cast(tape, summed, x.size);
  tape.free(summed);
  if (shared === null) return output;
  const beside = shared(x);
  const total = plain(tape, [output, beside], output.elements, output.size);
  tape.free(output, beside);
  return total;
}

function routing({ tape, rows, length }: Step, shape: Experts, x: Value): Value {
  const logits = plain(tape, [x], rows * length * shape.count, x.size);
  const saved = new Saved();
  const odds = tape.make(logits.elements, 4, logits.grad);
  if (logits.grad) {
    tape.save(odds, saved);
    tape.record({ output: odds, flows: [{ to: logits, kind: 'made' }], saved });
  }
  tape.free(logits, odds);
  return tape.make(rows * length * shape.perToken, x.size, x.grad);
}

/** One product for all experts. With target_parameters the adapter's matrices are added to the weights first, all of them. */
function grouped(step: Step, shape: Experts, index: 0 | 1, x: Value, elements: number): Value {
  const { tape, effective } = step;
  const parameter = shape.parameters[index];
  const stored = elementSize(effective.isQuantized ? 'float32' : effective.dtype);
  const width = step.autocast ?? Math.max(x.size, stored);
  const target = parameter === undefined ? undefined : step.targets.get(parameter.name);
  const input = cast(tape, x, width);
  const size = parameter === undefined ? 0 : elementsOf(parameter.shape);
  const saved = new Saved();
  let weight: Value | null = null;
  if (target !== undefined) {
    const { r, inFeatures, outFeatures, matrices } = target;
    const a = castParameter(step, trainedParameter(step, `${target.name}.lora_A`, r * matrices * inFeatures));
    const b = castParameter(step, trainedParameter(step, `${target.name}.lora_B`, r * matrices * outFeatures));
    const delta = plain(tape, [a, b], size, width);
    weight = plain(tape, [delta], size, stored);
    tape.free(delta);
  } else if (stored !== width) weight = tape.make(size, width, false, 'workspace');
  if (weight === null) tape.saveParameter();
  else if (x.grad) tape.save(weight, saved);
  if (weight?.grad === true) tape.save(input, saved);
  const output = tape.make(elements, width, x.grad || weight?.grad === true);
  const flows = [input, ...(weight === null ? [] : [weight])]
    .filter(({ grad }) => grad)
    .map((to) => ({ to, kind: 'made' as const }));
  if (output.grad) tape.record({ output, flows, saved });
  tape.free(input);
  if (weight !== null) tape.free(weight);
  return output;
}
