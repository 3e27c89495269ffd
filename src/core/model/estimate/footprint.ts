import type { Dtype, LoraPlan, ModelModule, ModelParameter, ModelStructure } from '../../../protocol/model';
import { elementSize, isFloating, sum } from './bytes';
import { elementsOf } from '../elements';
import type { Effective } from './effective';

/** get_memory_footprint() (transformers 5.18.0, modeling_utils.py): parameters and buffers, each once. Bytes. */
export interface Footprint {
  /** Packed 4-bit and 8-bit weights. */
  readonly quantized: number;
  /** Parameters that aren't quantised, and buffers. */
  readonly others: number;
}

/** `prepared`: after prepare_model_for_kbit_training, which trainer/steps/lora.py calls for quantised models alone. */
export function baseFootprint(structure: ModelStructure, effective: Effective, prepared: boolean): Footprint {
  let [quantized, others] = [0, 0];
  for (const module of structure.modules) {
    for (const parameter of module.parameters) {
      if (parameter.tiedTo !== null) continue;
      const packed = packedBytes(module, parameter, effective);
      if (packed === null)
        others += elementsOf(parameter.shape) * elementSize(dtypeOf(structure, module, parameter, effective, prepared));
      else quantized += packed;
    }
    // DeepSeek's e_score_correction_bias is a buffer that stays float32.
    for (const { name, shape, dtype } of module.buffers) {
      const kept = isKeptInFp32(structure, `${module.name}.${name}`, effective.dtype);
      others += elementsOf(shape) * elementSize(dtype ?? (kept ? 'float32' : effective.dtype));
    }
  }
  return { quantized, others };
}

/** Bytes of a weight that bitsandbytes packs; null for every other parameter. */
export function packedBytes({ name }: ModelModule, parameter: ModelParameter, { fates }: Effective): number | null {
  const fate = parameter.name === 'weight' ? fates.get(name)?.kind : undefined;
  const elements = elementsOf(parameter.shape);
  if (fate === 'Linear4bit') return Math.ceil(elements / 2);
  return fate === 'Linear8bitLt' ? elements : null;
}

/**
 * Kind of number of a parameter that isn't packed. peft 0.21.0, utils/other.py: preparation turns float16 and bfloat16 into
 * float32, whatever the parameter.
 */
export function dtypeOf(
  structure: ModelStructure,
  module: ModelModule,
  parameter: ModelParameter,
  { dtype, isQuantized }: Effective,
  prepared: boolean,
): Dtype {
  if (prepared && isQuantized && isFloating(dtype)) return 'float32';
  return isKeptInFp32(structure, `${module.name}.${parameter.name}`, dtype) ? 'float32' : dtype;
}

/** _get_dtype_plan of modeling_utils.py. */
function isKeptInFp32({ keepInFp32, keepInFp32Strict }: ModelStructure, name: string, dtype: Dtype): boolean {
  const patterns = dtype === 'float16' ? [...keepInFp32, ...keepInFp32Strict] : keepInFp32Strict;
  return dtype !== 'float32' && patterns.some((pattern) => `.${name}.`.includes(`.${pattern}.`));
}

/** Full names of modules that are copied whole (modules_to_save), with the names of what lies within them. */
export function copiedBytes(
  structure: ModelStructure,
  effective: Effective,
  plan: LoraPlan,
  size: number | null,
): number {
  const copied = structure.modules.filter(({ name }) => plan.saved.some((saved) => `${name}.`.startsWith(`${saved}.`)));
  let bytes = 0;
  for (const module of copied) {
    for (const parameter of module.parameters)
      bytes +=
        elementsOf(parameter.shape) * (size ?? elementSize(dtypeOf(structure, module, parameter, effective, true)));
    for (const { shape, dtype } of module.buffers) bytes += elementsOf(shape) * elementSize(dtype ?? effective.dtype);
  }
  return bytes;
}

/** LoRA's matrices and magnitudes are float32 (get_peft_model, autocast_adapter_dtype). */
export function adapterBytes(plan: LoraPlan): number {
  return sum(plan.targets.map(({ parameters }) => parameters)) * elementSize('float32');
}
