import { rounded } from './bytes';

/** Weights that share one absmax (bitsandbytes 0.50.2, functional.py, quantize_4bit), and absmax that share another. */
const BLOCK_SIZE = 64;
const NESTED_BLOCK_SIZE = 256;
const FLOAT = 4;
/** The 16 values that 4 bits stand for; each layer has its own copy. */
const CODE = 16 * FLOAT;

/**
 * What a 4-bit layer holds on the device beside its packed weight, and get_memory_footprint() doesn't count. Bytes, as
 * allocated. Doubly quantised: absmax in 8 bits, and a float32 for each 256 of them.
 */
export function constantsOf4bit(elements: number, doubleQuant: boolean): number {
  const blocks = Math.ceil(elements / BLOCK_SIZE);
  if (!doubleQuant) return rounded(blocks * FLOAT) + rounded(CODE);
  const code = 256 * FLOAT;
  const nested = Math.ceil(blocks / NESTED_BLOCK_SIZE) * FLOAT;
  // With the offset, a single float32.
  return rounded(blocks) + rounded(nested) + rounded(code) + rounded(CODE) + rounded(FLOAT);
}

/** Linear8bitLt keeps a float32 for each row (SCB). */
export function constantsOf8bit(outFeatures: number): number {
  return rounded(outFeatures * FLOAT);
}
