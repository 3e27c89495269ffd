import type { Dtype, LinearFate, ModelStructure } from '../../../protocol/model';

/** How the base model lies in memory when adapters are made. */
export interface LoraLoading {
  /** Of the floating parameters: what the recipe's dtype and the machine come to. */
  readonly dtype: Dtype;
  /** Of linearFates(): which layers hold 4-bit or 8-bit numbers. */
  readonly fates: ReadonlyMap<string, LinearFate>;
}

const NAMES: Partial<Readonly<Record<Dtype, string>>> = { float32: 'F32', float16: 'F16', bfloat16: 'BF16' };

/** Kind of number of a base parameter that isn't trained, by safetensors' name. */
export function parameterDtype(structure: ModelStructure, { dtype, fates }: LoraLoading, name: string): string {
  // prepare_model_for_kbit_training makes float32 of all that isn't packed
  const isQuantized = [...fates.values()].some(({ kind }) => kind !== 'kept');
  const kept =
    dtype === 'float16' ? [...structure.keepInFp32, ...structure.keepInFp32Strict] : structure.keepInFp32Strict;
  const isKept = kept.some((pattern) => `.${name}.`.includes(`.${pattern}.`));
  return isQuantized || isKept ? 'F32' : (NAMES[dtype] ?? 'F32');
}
