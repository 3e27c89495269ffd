import type { Dtype } from '../../../protocol/model';

const SIZES: Readonly<Record<Dtype, number>> = {
  float32: 4,
  bfloat16: 2,
  float16: 2,
  float8: 1,
  int64: 8,
  int32: 4,
  int8: 1,
  uint8: 1,
  bool: 1,
};

/** torch's element_size(). */
export function elementSize(dtype: Dtype): number {
  return SIZES[dtype];
}

export function isFloating(dtype: Dtype): boolean {
  return dtype === 'float32' || dtype === 'bfloat16' || dtype === 'float16';
}

export function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

/** PyTorch's caching allocator hands out multiples of 512 bytes (c10/core/CachingDeviceAllocator.h, kMinBlockSize). */
const BLOCK = 512;

export function rounded(bytes: number): number {
  return Math.ceil(bytes / BLOCK) * BLOCK;
}
