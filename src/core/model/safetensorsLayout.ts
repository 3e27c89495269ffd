import { message } from '../../common/message';
import { bitsOf } from './safetensorsDtypes';
import type { SafetensorsTensor } from './safetensorsTensor';
import { clipped, Refused } from './safetensorsTrouble';

/**
 * Metadata::validate of the Rust crate, safetensors/src/tensor.rs: in the order of their offsets the tensors fill the data from
 * its first byte to its last, and each has the bytes that its shape takes. Throws Refused.
 */
export function checkLayout(tensors: readonly SafetensorsTensor[], dataBytes: number, file: string): void {
  let next = 0;
  for (const tensor of tensors.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    checkPlace(tensor, next, file);
    checkSize(tensor, file);
    next = tensor.end;
  }
  if (next > dataBytes)
    throw new Refused(
      message('{0} is incomplete: its tensors take {1} bytes, but only {2} are there.', file, next, dataBytes),
    );
  if (next < dataBytes)
    throw new Refused(
      message('{0} goes on behind its last tensor: they take {1} bytes, and {2} are there.', file, next, dataBytes),
    );
}

function checkPlace({ name, begin, end }: SafetensorsTensor, expected: number, file: string): void {
  if (end < begin)
    throw new Refused(
      message('Tensor {0} of {1} ends at {2}, before it begins at {3}.', clipped(name), file, end, begin),
    );
  if (begin !== expected)
    throw new Refused(
      message(
        'Tensor {0} of {1} begins at {2} of the data; {3} was expected, since tensors follow each other without holes and overlaps.',
        clipped(name),
        file,
        begin,
        expected,
      ),
    );
}

function checkSize({ name, dtype, shape, begin, end }: SafetensorsTensor, file: string): void {
  const bits = bitsOf(dtype);
  if (bits === null)
    throw new Refused(
      message(
        'Tensor {0} of {1} has the dtype {2}, which safetensors doesn’t know.',
        clipped(name),
        file,
        clipped(dtype),
      ),
    );
  const size = bitsOfShape(shape, bits);
  const shown = clipped(`[${shape.slice(0, MOST_SIZES).join(', ')}]`);
  if (size === null)
    throw new Refused(message('Tensor {0} of {1}: the shape {2} is larger than any file.', clipped(name), file, shown));
  if (size % 8n !== 0n)
    throw new Refused(
      message('Tensor {0} of {1}: {2} of shape {3} ends within a byte.', clipped(name), file, dtype, shown),
    );
  if (size / 8n !== BigInt(end - begin))
    throw new Refused(
      message(
        'Tensor {0} of {1}: {2} of shape {3} takes {4} bytes, but its data_offsets hold {5}.',
        clipped(name),
        file,
        dtype,
        shown,
        String(size / 8n),
        end - begin,
      ),
    );
}

/** More than a sentence shows. */
const MOST_SIZES = 20;
const USIZE = 2n ** 64n;

/** Null where the crate's arithmetic overflows: usize, multiplied in order. */
function bitsOfShape(shape: readonly number[], bits: number): bigint | null {
  let elements = 1;
  for (const size of shape) elements *= size;
  if (Number.isSafeInteger(elements * bits) && shape.every((size) => size > 0)) return BigInt(elements * bits);
  let exact = 1n;
  for (const size of [...shape, bits]) {
    exact *= BigInt(size);
    if (exact >= USIZE) return null;
  }
  return exact;
}
