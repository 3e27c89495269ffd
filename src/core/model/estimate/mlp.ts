import type { MlpShape } from './blockShape';
import { experts } from './experts';
import { outFeatures, rowsOf } from './linear';
import { layer } from './loraLayer';
import { activate, cast, dropout, multiply, plain } from './ops';
import type { Step } from './step';
import { Saved } from './saved';
import type { Value } from './tape';

/** The second half of a block. */
export function mlp(step: Step, shape: MlpShape, x: Value): Value {
  const { tape } = step;
  if (shape.kind === 'experts') {
    const { shared } = shape;
    return experts(step, shape, x, shared === null ? null : (input) => mlp(step, shared, input));
  }
  if (shape.kind === 'plain') {
    const wide = layer(step, shape.first, x);
    const active = activation(step, shape.activation, wide);
    tape.free(wide);
    const output = layer(step, shape.output, active);
    tape.free(active);
    return dropped(step, output);
  }
  const held = shape.kind === 'gated' ? [gated(step, shape, x)] : fusedGate(step, shape, x);
  const output = layer(step, shape.output, held[0]);
  tape.free(...held);
  return output;
}

/** GPT-2 and its like drop numbers of what a half gives. */
export function dropped({ tape, settings }: Step, x: Value): Value {
  if (settings.hiddenDropout === 0) return x;
  const output = dropout(tape, x, settings.hiddenDropout);
  tape.free(x);
  return output;
}

/** act(gate(x)) * up(x) */
function gated(step: Step, shape: Extract<MlpShape, { kind: 'gated' }>, x: Value): Value {
  const { tape } = step;
  const gate = layer(step, shape.gate, x);
  if (step.settings.liger && shape.activation === 'silu') {
    const up = layer(step, shape.up, x);
    return fusedProduct(step, gate, up);
  }
  const active = activation(step, shape.activation, gate);
  tape.free(gate);
  const up = layer(step, shape.up, x);
  const product = multiply(tape, active, up);
  tape.free(active, up);
  return product;
}

/** One projection for gate and up: two slices of its result. Gives the product and what the forward's variables hold. */
function fusedGate(
  step: Step,
  shape: Extract<MlpShape, { kind: 'fusedGate' }>,
  x: Value,
): readonly [Value, ...Value[]] {
  const { tape } = step;
  const both = layer(step, shape.first, x);
  const half = (rowsOf(x, shape.first) * outFeatures(shape.first)) / 2;
  const [gate, up] = [tape.slice(both, half), tape.slice(both, half)];
  if (step.settings.liger && shape.activation === 'silu') {
    // The kernel wants each in one piece.
    const [one, other] = [plain(tape, [gate], half, gate.size), plain(tape, [up], half, up.size)];
    return [fusedProduct(step, one, other), both, gate, up];
  }
  const active = activation(step, shape.activation, gate);
  const product = multiply(tape, up, active);
  tape.free(active, up, both);
  return [product, gate];
}

/** LigerSiLUMulFunction: keeps gate and up, computes the rest again. */
function fusedProduct({ tape }: Step, gate: Value, up: Value): Value {
  const saved = new Saved();
  tape.save(gate, saved);
  tape.save(up, saved);
  const output = tape.make(gate.elements, gate.size, true);
  tape.record({ output, flows: [gate, up].map((to) => ({ to, kind: 'made' })), saved });
  tape.free(gate, up);
  return output;
}

/** Formulas written in Python keep more than a kernel does (transformers/activations.py). */
export function activation(step: Step, name: string, x: Value): Value {
  return name === 'gelu_new' || name === 'gelu_fast' ? geluInPython(step, x) : activate(step.tape, x);
}

/** 0.5 * x * (1.0 + tanh(sqrt(2 / pi) * (x + 0.044715 * pow(x, 3.0)))): pow is float32 under autocast. */
function geluInPython(step: Step, x: Value): Value {
  const { tape } = step;
  const wide = cast(tape, x, step.autocast === null ? x.size : 4);
  const saved = new Saved();
  if (x.grad) tape.save(wide, saved);
  const cubed = tape.make(x.elements, wide.size, x.grad);
  if (x.grad) tape.record({ output: cubed, flows: [{ to: wide, kind: 'made', extra: x.elements * wide.size }], saved });
  tape.free(wide);
  const halved = plain(tape, [x], x.elements, x.size);
  const scaled = plain(tape, [cubed], x.elements, cubed.size);
  tape.free(cubed);
  const inner = plain(tape, [x, scaled], x.elements, scaled.size);
  tape.free(scaled);
  const wave = plain(tape, [inner], x.elements, inner.size);
  tape.free(inner);
  const turned = tape.make(x.elements, wave.size, x.grad);
  const kept = new Saved();
  if (x.grad) {
    tape.save(turned, kept);
    tape.record({ output: turned, flows: [{ to: wave, kind: 'made' }], saved: kept });
  }
  tape.free(wave);
  const raised = plain(tape, [turned], x.elements, turned.size);
  tape.free(turned);
  const output = multiply(tape, halved, raised);
  tape.free(halved, raised);
  return output;
}
