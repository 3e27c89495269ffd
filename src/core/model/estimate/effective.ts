import type { Dtype, EstimateMachine, ModelStructure } from '../../../protocol/model';
import type { FullRecipe } from '../../recipe/schema/recipe';
import { linearFates } from '../quantize';
import type { LoraLoading } from '../lora/parameterDtype';

/** What the words of a recipe come to on a machine, as the trainer settles them (trainer: precision.py, quantizing.py). */
export interface Effective extends LoraLoading {
  /** bnb_4bit_compute_dtype; null without 4-bit layers. */
  readonly compute: Dtype | null;
  /** What autocast computes in; null: no mixed precision. */
  readonly autocast: 'bfloat16' | 'float16' | null;
  readonly isQuantized: boolean;
  /** Whether the constants of 4-bit blocks are quantised once more. */
  readonly doubleQuant: boolean;
}

export function effectiveSettings(structure: ModelStructure, recipe: FullRecipe, machine: EstimateMachine): Effective {
  const { quantization_config: quantization, dtype } = recipe.model;
  const fates = linearFates(structure, quantization);
  const kinds = new Set([...fates.values()].map(({ kind }) => kind));
  const { load_in_4bit: own, bnb_4bit_use_double_quant: doubleQuant } = structure.prequantized ?? {
    load_in_4bit: quantization?.load_in_4bit ?? false,
    bnb_4bit_use_double_quant: quantization?.bnb_4bit_use_double_quant ?? false,
  };
  return {
    fates,
    dtype: weightDtype(structure, dtype, machine),
    compute: own ? computeDtype(quantization?.bnb_4bit_compute_dtype ?? 'auto', machine) : null,
    autocast: autocastDtype(recipe.train.memory, machine),
    isQuantized: kinds.has('Linear4bit') || kinds.has('Linear8bitLt'),
    doubleQuant,
  };
}

/** precision.weight_dtype: auto is the checkpoint's, but float32 on a CPU. */
function weightDtype({ dtype }: ModelStructure, wanted: FullRecipe['model']['dtype'], machine: EstimateMachine): Dtype {
  if (wanted !== 'auto') return wanted;
  return machine.device === 'cpu' ? 'float32' : dtype;
}

/** precision.compute_dtype */
function computeDtype(wanted: Dtype | 'auto', { device, bf16 }: EstimateMachine): Dtype {
  if (wanted !== 'auto') return wanted;
  if (device === 'cpu') return 'float32';
  return bf16 ? 'bfloat16' : 'float16';
}

/** precision.mixed_precision */
function autocastDtype(
  { bf16, fp16 }: FullRecipe['train']['memory'],
  machine: EstimateMachine,
): 'bfloat16' | 'float16' | null {
  if (bf16 === true || (bf16 === 'auto' && machine.bf16 && !fp16)) return 'bfloat16';
  return fp16 ? 'float16' : null;
}
