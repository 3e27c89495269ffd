import { message } from '../../common/message';
import type { JsonReader } from './safetensorsJson';
import { clipped, Refused } from './safetensorsTrouble';

/** One tensor as a header lists it. */
export interface SafetensorsTensor {
  readonly name: string;
  readonly dtype: string; // "BF16"
  readonly shape: readonly number[];
  /** First byte, and the byte behind the last, counted from the end of the header. */
  readonly begin: number;
  readonly end: number;
}

type Field = 'dtype' | 'shape' | 'data_offsets';

/** The value of a tensor's key. Fields of later versions are passed over, as serde does. Throws Refused or BrokenJson. */
export function readTensor(reader: JsonReader, name: string, file: string): SafetensorsTensor {
  const found: { dtype?: string; shape?: number[]; data_offsets?: number[] } = {};
  reader.object((key) => {
    if (key !== 'dtype' && key !== 'shape' && key !== 'data_offsets') return reader.skip();
    if (found[key] !== undefined)
      throw new Refused(message('Tensor {0} of {1}: {2} stands there twice.', clipped(name), file, key));
    if (key === 'dtype') found.dtype = reader.string();
    else found[key] = wholeNumbers(reader, key, name, file);
  });
  const lacking = (['dtype', 'shape', 'data_offsets'] as const).find((key) => found[key] === undefined);
  if (lacking !== undefined) throw new Refused(message('Tensor {0} of {1} has no {2}.', clipped(name), file, lacking));
  const { dtype = '', shape = [], data_offsets: offsets = [] } = found;
  const [begin, end] = offsets;
  if (begin === undefined || end === undefined || offsets.length > 2)
    throw new Refused(
      message(
        'Tensor {0} of {1}: data_offsets holds {2} numbers; it must be two.',
        clipped(name),
        file,
        offsets.length,
      ),
    );
  return { name, dtype, shape, begin, end };
}

function wholeNumbers(reader: JsonReader, field: Field, name: string, file: string): number[] {
  const numbers: number[] = [];
  reader.array(() => {
    const written = reader.number();
    if (!/^\d+$/.test(written))
      throw new Refused(
        message(
          'Tensor {0} of {1}: {2} holds {3}, which is no whole number from 0 up.',
          clipped(name),
          file,
          field,
          clipped(written),
        ),
      );
    const value = Number(written);
    if (!Number.isSafeInteger(value))
      throw new Refused(
        message(
          'Tensor {0} of {1}: {2} holds {3}, more than any file has.',
          clipped(name),
          file,
          field,
          clipped(written),
        ),
      );
    numbers.push(value);
  });
  return numbers;
}
