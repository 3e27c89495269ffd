import type { ModelModule } from '../../../protocol/model';
import { elementSize } from './bytes';
import { dtypeOf } from './footprint';
import { cast, multiply, plain } from './ops';
import type { Step } from './step';
import { weightOf } from './step';
import { Saved } from './saved';
import type { Value } from './tape';

/** A norm over the last dimension, by its class. */
export function normalize(step: Step, module: ModelModule, x: Value): Value {
  if (module.type === 'LayerNorm') return layerNorm(step, x, weightOf(module)[0] ?? 1);
  if (step.settings.liger) return fusedNorm(step, module, x);
  return module.type.startsWith('Gemma') ? gemmaNorm(step, module, x) : rmsNorm(step, module, x);
}

/** LlamaRMSNorm.forward and its copies: float32 inside, then the weight. */
function rmsNorm(step: Step, module: ModelModule, x: Value): Value {
  const { tape } = step;
  const normed = inFloat(step, module, x);
  const back = cast(tape, normed, x.size);
  tape.free(normed);
  const output = byWeight(step, module, back);
  tape.free(back);
  return output;
}

/** GemmaRMSNorm: the weight is applied in float32, too. */
function gemmaNorm(step: Step, module: ModelModule, x: Value): Value {
  const { tape } = step;
  const normed = inFloat(step, module, x);
  if (normed.grad) tape.saveParameter();
  const weighted = plain(tape, [normed], normed.elements, 4);
  tape.free(normed);
  const output = cast(tape, weighted, x.size);
  tape.free(weighted);
  return output;
}

function inFloat({ tape }: Step, module: ModelModule, x: Value): Value {
  const width = weightOf(module)[0] ?? 1;
  const rows = x.elements / width;
  const h = cast(tape, x, 4);
  const saved = new Saved();
  if (x.grad) tape.save(h, saved);
  const squares = tape.make(x.elements, 4, x.grad);
  if (x.grad) tape.record({ output: squares, flows: [{ to: h, kind: 'made', extra: x.elements * 4 }], saved });
  const mean = plain(tape, [squares], rows, 4);
  tape.free(squares);
  const root = plain(tape, [mean], rows, 4);
  tape.free(mean);
  const normed = multiply(tape, h, root);
  tape.free(h, root);
  return normed;
}

function byWeight(step: Step, module: ModelModule, x: Value): Value {
  const weight = module.parameters.find(({ name }) => name === 'weight');
  if (weight === undefined) return step.tape.view(x);
  const stored = elementSize(dtypeOf(step.structure, module, weight, step.effective, true));
  if (x.grad) step.tape.saveParameter();
  return plain(step.tape, [x], x.elements, Math.max(stored, x.size));
}

/** torch.nn.LayerNorm: autocast computes it in float32 and gives float32. */
function layerNorm(step: Step, x: Value, width: number): Value {
  const { tape } = step;
  const input = cast(tape, x, step.autocast === null ? x.size : 4);
  const saved = new Saved();
  const statistics = tape.make((2 * x.elements) / width, 4, false);
  if (x.grad) {
    tape.save(input, saved);
    tape.save(statistics, saved);
  }
  const output = tape.make(x.elements, input.size, x.grad);
  if (x.grad) tape.record({ output, flows: [{ to: input, kind: 'made' }], saved });
  tape.free(input, statistics);
  return output;
}

/** liger-kernel's RMSNorm: one kernel, which keeps its input as it is. */
function fusedNorm(step: Step, module: ModelModule, x: Value): Value {
  const { tape } = step;
  const weight = module.parameters.find(({ name }) => name === 'weight');
  const stored =
    weight === undefined ? x.size : elementSize(dtypeOf(step.structure, module, weight, step.effective, true));
  const saved = new Saved();
  if (x.grad) tape.save(x, saved);
  const output = tape.make(x.elements, Math.max(x.size, Math.min(stored, x.size)), x.grad);
  if (x.grad) tape.record({ output, flows: [{ to: x, kind: 'made' }], saved });
  return output;
}
