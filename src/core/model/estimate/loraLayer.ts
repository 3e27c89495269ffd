import type { LoraTarget, ModelModule } from '../../../protocol/model';
import { doraLayer } from './dora';
import { baseLinear, outFeatures, rowsOf } from './linear';
import { cast, dropout, plain } from './ops';
import type { Step } from './step';
import { Saved } from './saved';
import type { Value } from './tape';
import { savedParameter, trainedParameter } from './trained';
import { trainedLinear } from './trainedLinear';

/** A layer as the model calls it: with its adapter where it has one. */
export function layer(step: Step, module: ModelModule, x: Value): Value {
  if (step.plan.saved.some((name) => name === module.name)) return savedLinear(step, module, x);
  const target = step.targets.get(module.name);
  if (target === undefined) return baseLinear(step, module, x);
  if (step.settings.dora) return doraLayer(step, module, target, x);
  return isQuantized(step, module) ? quantizedLora(step, module, target, x) : plainLora(step, module, target, x);
}

/** A layer that is trained whole (modules_to_save). */
function savedLinear(step: Step, module: ModelModule, x: Value): Value {
  const parameter = savedParameter(step, module);
  return trainedLinear(step, x, parameter, rowsOf(x, module) * outFeatures(module));
}

export function isQuantized({ effective }: Step, { name }: ModelModule): boolean {
  return effective.fates.get(name)?.kind !== 'kept';
}

/** peft 0.21.0, tuners/lora/layer.py, Linear.forward: the input is brought to the adapter's float32. */
function plainLora(step: Step, module: ModelModule, target: LoraTarget, x: Value): Value {
  const { tape } = step;
  const result = baseLinear(step, module, x);
  const input = cast(tape, x, 4);
  const dropped = dropout(tape, input, step.settings.loraDropout);
  const added = adapterProduct(step, target, dropped, rowsOf(x, module));
  const sum = plain(tape, [result, added], result.elements, Math.max(result.size, added.size));
  tape.free(result, added, input);
  const output = cast(tape, sum, result.size);
  tape.free(sum);
  return output;
}

/** tuners/lora/bnb.py: the result is cloned; the input is cast only without autocast. */
function quantizedLora(step: Step, module: ModelModule, target: LoraTarget, x: Value): Value {
  const { tape } = step;
  const product = baseLinear(step, module, x);
  const is4bit = step.effective.fates.get(module.name)?.kind === 'Linear4bit';
  const result = is4bit ? clone(step, product) : tape.view(product);
  tape.free(product);
  const input = step.autocast === null ? cast(tape, x, 4) : tape.view(x);
  const dropped = dropout(tape, input, step.settings.loraDropout);
  const added = adapterProduct(step, target, dropped, rowsOf(x, module));
  const sum = plain(tape, [result, added], result.elements, Math.max(result.size, added.size));
  tape.free(result, added, input);
  return sum;
}

function clone({ tape }: Step, x: Value): Value {
  const output = tape.make(x.elements, x.size, x.grad);
  if (x.grad) tape.record({ output, flows: [{ to: x, kind: 'passed' }], saved: new Saved() });
  return output;
}

/** lora_B(lora_A(x)) * scaling. The caller's variable of x goes with lora_A. */
function adapterProduct(step: Step, target: LoraTarget, x: Value, rows: number): Value {
  const { tape } = step;
  const { name, r, inFeatures, outFeatures: width } = target;
  const inner = trainedLinear(step, x, trainedParameter(step, `${name}.lora_A`, r * inFeatures), rows * r);
  tape.free(x);
  const outer = trainedLinear(step, inner, trainedParameter(step, `${name}.lora_B`, r * width), rows * width);
  tape.free(inner);
  const scaled = plain(tape, [outer], outer.elements, outer.size);
  tape.free(outer);
  return scaled;
}
