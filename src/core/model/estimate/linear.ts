import type { ModelModule } from '../../../protocol/model';
import { elementSize } from './bytes';
import { elementsOf } from '../elements';
import { dtypeOf } from './footprint';
import { cast } from './ops';
import { type Step, weightOf } from './step';
import { Saved } from './saved';
import type { Value } from './tape';

/**
 * Rows up to which bitsandbytes surely multiplies packed weights without unpacking them; above, it depends on card and shape
 * (backends/cuda/ops.py, gemm_4bit), and the estimate takes the larger way.
 */
const FUSED_ROWS = 4;

/** A frozen linear layer as it was loaded. */
export function baseLinear(step: Step, module: ModelModule, x: Value): Value {
  const kind = step.effective.fates.get(module.name)?.kind;
  if (kind === 'Linear4bit') return linear4bit(step, module, x);
  return kind === 'Linear8bitLt' ? linear8bit(step, module, x) : linear(step, module, x);
}

export function outFeatures(module: ModelModule): number {
  const [first = 0, second = 0] = weightOf(module);
  return module.type === 'Conv1D' ? second : first;
}

export function inFeatures(module: ModelModule): number {
  const [first = 0, second = 0] = weightOf(module);
  return module.type === 'Conv1D' ? first : second;
}

/** nn.Linear: input and weight are brought to autocast's width, and the copies are kept where the gradient needs them. */
function linear(step: Step, module: ModelModule, x: Value): Value {
  const { tape } = step;
  const weight = module.parameters.find(({ name }) => name === 'weight');
  const stored = weight === undefined ? 4 : elementSize(dtypeOf(step.structure, module, weight, step.effective, true));
  const width = step.autocast ?? Math.max(x.size, stored);
  const input = cast(tape, x, width);
  const elements = elementsOf(weightOf(module));
  const copy = stored === width ? null : tape.make(elements, width, false, 'workspace');
  const saved = new Saved();
  if (x.grad) {
    if (copy === null) tape.saveParameter();
    else tape.save(copy, saved);
  }
  const output = tape.make(rowsOf(x, module) * outFeatures(module), width, x.grad);
  if (x.grad) tape.record({ output, flows: [{ to: input, kind: 'made' }], saved });
  tape.free(input);
  if (copy !== null) tape.free(copy);
  return output;
}

function linear4bit(step: Step, module: ModelModule, x: Value): Value {
  const { tape, effective } = step;
  const compute = elementSize(effective.compute ?? 'float32');
  const input = cast(tape, x, compute);
  const elements = elementsOf(weightOf(module));
  const absmax = (elements / 64) * 4 * (effective.doubleQuant ? 2 : 1);
  const rows = rowsOf(x, module);
  // autocast reaches into the unpacked product, and makes copies of both sides for another width.
  const width = step.autocast ?? compute;
  const isFused = step.settings.isCuda && rows <= FUSED_ROWS && compute === 2;
  const unpacked = isFused
    ? 0
    : elements * compute + absmax + (width === compute ? 0 : (elements + x.elements) * width);
  const temporary = unpacked === 0 ? null : tape.make(unpacked, 1, false, 'workspace');
  const product = tape.make(rows * outFeatures(module), isFused ? compute : width, x.grad);
  if (temporary !== null) tape.free(temporary);
  if (x.grad) {
    // MatMul4Bit.backward: the weight is unpacked in its own dtype, and copied where the gradient has another.
    const own = elementSize(effective.dtype);
    const extra = elements * own + absmax + (own === product.size ? 0 : elements * product.size);
    tape.record({ output: product, flows: [{ to: input, kind: 'made', extra }], saved: new Saved() });
  }
  tape.free(input);
  const output = cast(tape, product, x.size);
  tape.free(product);
  return output;
}

/** MatMul8bitLt: its node holds the input itself, past checkpointing (ctx.tensors); the product is made in int32. */
function linear8bit(step: Step, module: ModelModule, x: Value): Value {
  const { tape, arena } = step;
  const elements = elementsOf(weightOf(module));
  const products = rowsOf(x, module) * outFeatures(module);
  const halves = tape.make(x.elements, 2, false, 'workspace');
  const quantized = tape.make(x.elements, 1, false, 'workspace');
  tape.free(halves);
  const integers = tape.make(products, 4, false, 'workspace');
  const output = tape.make(products, x.size, x.grad);
  tape.free(quantized, integers);
  if (x.grad) {
    const extra = elements * x.size;
    tape.record({
      output,
      flows: [{ to: x, kind: 'made', extra }],
      saved: new Saved(),
      attached: [arena.hold(x.storage)],
    });
  }
  return output;
}

/** Vectors that a layer is given. */
export function rowsOf(x: Value, module: ModelModule): number {
  return x.elements / inFeatures(module);
}
