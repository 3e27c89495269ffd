import { elementsOf } from '../elements';

export interface AdapterTensor {
  readonly name: string;
  readonly dtype: string; // as safetensors writes it: "F32"
  readonly shape: readonly number[];
}

const BYTES: Readonly<Record<string, number>> = { F32: 4, F16: 2, BF16: 2 };

/**
 * Size of adapter_model.safetensors, to the byte: 8 bytes of length, a JSON header filled up to 8, the tensors. Larger
 * types come first, then by name (safetensors/src/tensor.rs, serialize): the header's length depends on the digits of the
 * offsets. The trainer counts the same in adapter_size.py.
 */
export function adapterFileBytes(tensors: readonly AdapterTensor[]): number {
  const sized = tensors.map((tensor) => ({ ...tensor, width: BYTES[tensor.dtype] ?? 1 }));
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  let offset = 0;
  for (const { name, dtype, shape, width } of sized.sort(order)) {
    const end = offset + width * elementsOf(shape);
    header[name] = { dtype, shape, data_offsets: [offset, end] };
    offset = end;
  }
  const { length } = new TextEncoder().encode(JSON.stringify(header));
  return tensors.length === 0 ? 0 : 8 + Math.ceil(length / 8) * 8 + offset;
}

function order(
  a: { readonly width: number; readonly name: string },
  b: { readonly width: number; readonly name: string },
): number {
  return b.width - a.width || (a.name < b.name ? -1 : 1);
}
