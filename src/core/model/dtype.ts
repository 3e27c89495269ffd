import { DTYPES, type Dtype } from '../../protocol/model';
import type { ModelConfig } from './config';
import type { ModelWeights } from './structure';

const FLOATING = ['float32', 'bfloat16', 'float16'] as const;

/** safetensors' names of numbers that a model can be loaded in (transformers, modeling_utils.get_state_dict_dtype). */
const OF_SAFETENSORS: Readonly<Record<string, Dtype>> = {
  F64: 'float32', // torch.float64 trains nowhere: from_pretrained's own dtypes are these three
  F32: 'float32',
  BF16: 'bfloat16',
  F16: 'float16',
};

/**
 * What dtype "auto" gives (modeling_utils._get_dtype): `dtype` of config.json, or torch_dtype of older files; else that of
 * the first floating tensor; else PyTorch's default.
 */
export function loadedDtype({ values }: ModelConfig, weights: ModelWeights | null): Dtype {
  for (const key of ['dtype', 'torch_dtype']) {
    const found = FLOATING.find((dtype) => dtype === values[key]);
    if (found !== undefined) return found;
  }
  for (const { dtype } of weights?.tensors ?? []) {
    const found = OF_SAFETENSORS[dtype];
    if (found !== undefined) return found;
  }
  return 'float32';
}

/** The element type of a safetensors header; null for one that PyTorch's state dicts don't hold. */
export function dtypeOfTensor(dtype: string): Dtype | null {
  const byName: Readonly<Record<string, Dtype>> = {
    ...OF_SAFETENSORS,
    F8_E4M3: 'float8',
    F8_E5M2: 'float8',
    I64: 'int64',
    I32: 'int32',
    I8: 'int8',
    U8: 'uint8',
    BOOL: 'bool',
  };
  return byName[dtype] ?? null;
}

/** Whether a word of a recipe or config.json names a type. */
export function isDtype(value: unknown): value is Dtype {
  return DTYPES.some((dtype) => dtype === value);
}
