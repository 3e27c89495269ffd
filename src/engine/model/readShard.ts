import { message } from '../../common/message';
import { headerLength, LENGTH_BYTES, MOST_HEADER_BYTES, parseHeader } from '../../core/model/safetensorsHeader';
import type { SafetensorsTensor } from '../../core/model/safetensorsTensor';
import { badHeader } from '../../core/model/safetensorsTrouble';
import type { ModelFiles } from './modelFiles';
import { ModelTroubleError } from './modelTroubleError';

/**
 * What all headers of a model may take together. Those of a trillion parameters in thousands of experts take some 20 MB; a
 * thousand files that each claim what one may have would fill the memory.
 */
export class HeaderBudget {
  #left = MOST_HEADER_BYTES;

  take(bytes: number, file: string): void {
    this.#left -= bytes;
    if (this.#left >= 0) return;
    throw new ModelTroubleError(
      badHeader(
        file,
        message('With {0} the headers of this model’s files take more than {1} bytes.', file, MOST_HEADER_BYTES),
      ),
    );
  }
}

export interface ReadShard {
  readonly file: string;
  readonly bytes: number;
  readonly tensors: readonly SafetensorsTensor[];
}

/**
 * The tensors of one file, by its first bytes. `guess`: how many its header may take; a longer one is fetched in a second go.
 * Throws ModelTroubleError.
 */
export async function readShard(
  files: ModelFiles,
  { name, bytes, guess }: { readonly name: string; readonly bytes: number; readonly guess: number },
  budget: HeaderBudget,
): Promise<ReadShard> {
  const shown = files.shown(name);
  const first = await files.read(name, 0, Math.min(bytes, LENGTH_BYTES + guess));
  const length = headerLength(first, first.length < LENGTH_BYTES ? first.length : bytes, shown);
  if (!length.ok) throw new ModelTroubleError(length.error);
  budget.take(length.value, shown);
  const end = LENGTH_BYTES + length.value;
  const header = first.length >= end ? first.subarray(LENGTH_BYTES, end) : await longer(files, name, first, end);
  const tensors = parseHeader(header, bytes, shown);
  if (!tensors.ok) throw new ModelTroubleError(tensors.error);
  return { file: name, bytes, tensors: tensors.value };
}

async function longer(files: ModelFiles, name: string, first: Uint8Array, end: number): Promise<Uint8Array> {
  const rest = await files.read(name, first.length, end);
  if (first.length + rest.length < end) {
    const shown = files.shown(name);
    throw new ModelTroubleError(
      badHeader(shown, message('{0} ended after {1} bytes, within its header.', shown, first.length + rest.length)),
    );
  }
  const header = new Uint8Array(end - LENGTH_BYTES);
  header.set(first.subarray(LENGTH_BYTES));
  header.set(rest, first.length - LENGTH_BYTES);
  return header;
}
