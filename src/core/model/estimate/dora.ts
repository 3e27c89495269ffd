import type { LoraTarget, ModelModule } from '../../../protocol/model';
import { baseLinear, rowsOf } from './linear';
import { cast, dropout, multiply, plain } from './ops';
import type { Step } from './step';
import { Saved } from './saved';
import type { Value } from './tape';
import { trainedParameter } from './trained';
import { trainedLinear } from './trainedLinear';

/**
 * peft 0.21.0, tuners/lora/dora.py, DoraLinearLayer.forward: the adapter's whole matrix is made from an identity matrix, the
 * base weight is unpacked, and with dropout the base product is made a second time.
 */
export function doraLayer(step: Step, module: ModelModule, target: LoraTarget, x: Value): Value {
  const { tape } = step;
  const { name, r, inFeatures, outFeatures } = target;
  const first = baseLinear(step, module, x);
  const quantized = step.effective.fates.get(module.name)?.kind === 'Linear4bit';
  const result = quantized ? plain(tape, [first], first.elements, first.size) : tape.view(first);
  tape.free(first);
  const input = quantized && step.autocast !== null ? tape.view(x) : cast(tape, x, 4);
  const isDropped = step.settings.loraDropout > 0;
  const dropped = isDropped ? dropout(tape, input, step.settings.loraDropout) : tape.view(input);
  tape.free(input);
  const [a, b] = [
    trainedParameter(step, `${name}.lora_A`, r * inFeatures),
    trainedParameter(step, `${name}.lora_B`, r * outFeatures),
  ];
  const weight = adapterMatrix(step, target, a, b, dropped.size);
  const scale = trainedParameter(step, `${name}.lora_magnitude_vector`, outFeatures);
  const rows = rowsOf(x, module);
  const inner = trainedLinear(step, dropped, a, rows * r);
  const outer = trainedLinear(step, inner, b, rows * outFeatures);
  tape.free(inner);
  const base = isDropped ? unpackedProduct(step, dropped, weight, rows * outFeatures) : tape.view(result);
  tape.free(dropped, weight);
  // (scale - 1) * base + scale * lora * scaling
  const kept = multiply(tape, base, scale);
  const product = multiply(tape, outer, scale);
  const scaled = plain(tape, [product], product.elements, product.size);
  tape.free(product);
  const sum = plain(tape, [kept, scaled], kept.elements, Math.max(kept.size, scaled.size));
  tape.free(kept, scaled, base, outer);
  const total = plain(tape, [result, sum], result.elements, Math.max(result.size, sum.size));
  tape.free(result, sum);
  const output = quantized ? tape.view(total) : cast(tape, total, result.size);
  tape.free(total);
  return output;
}

/** get_lora_weight and get_weight_norm: matrices as large as the layer's. Returns the base weight in the input's width. */
function adapterMatrix(step: Step, target: LoraTarget, a: Value, b: Value, size: number): Value {
  const { tape } = step;
  const { inFeatures, outFeatures, r } = target;
  const elements = inFeatures * outFeatures;
  const identity = tape.make(inFeatures * inFeatures, 4, false, 'workspace');
  const adapter = tape.detached(() => {
    const inner = trainedLinear(step, identity, a, inFeatures * r);
    const made = trainedLinear(step, inner, b, elements);
    tape.free(inner, identity);
    const cut = cast(tape, made, size);
    tape.free(made);
    return cut;
  });
  const stored = tape.make(elements, 2, false, 'workspace');
  const weight = tape.make(elements, size, false, 'workspace');
  tape.free(stored);
  const scaled = tape.make(elements, size, false, 'workspace');
  const sum = tape.make(elements, size, false, 'workspace');
  tape.free(scaled, sum, adapter);
  return weight;
}

/** F.linear with the unpacked weight, which is kept for the backward pass. */
function unpackedProduct(step: Step, x: Value, weight: Value, elements: number): Value {
  const { tape } = step;
  const width = step.autocast ?? x.size;
  const input = cast(tape, x, width);
  const copy = cast(tape, weight, width);
  const saved = new Saved();
  if (x.grad) tape.save(copy, saved);
  const output = tape.make(elements, width, x.grad);
  if (x.grad) tape.record({ output, flows: [{ to: input, kind: 'made' }], saved });
  tape.free(input, copy);
  return output;
}
