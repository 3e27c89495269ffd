import { message } from '../../common/message';
import { err, ok, type Result } from '../../common/result';
import type { ModelTrouble } from '../../protocol/model';
import { BrokenJson, JsonReader } from './safetensorsJson';
import { checkLayout } from './safetensorsLayout';
import { readTensor, type SafetensorsTensor } from './safetensorsTensor';
import { badHeader, clipped, Refused } from './safetensorsTrouble';

/** Bytes that tell how long the header is. */
export const LENGTH_BYTES = 8;
/** MAX_HEADER_SIZE of the Rust crate, safetensors/src/tensor.rs. */
export const MOST_HEADER_BYTES = 100_000_000;
/** PyTorch's names of parameters have some fifty characters; one of megabytes is there to do harm. */
const MOST_NAME = 1000;

/**
 * How long the header behind the first eight bytes is. `start`: the file's first bytes, eight or, of a shorter file, all.
 * `fileBytes`: of the whole file; `file`: its name in messages. Nothing is to be read or allocated before this.
 */
export function headerLength(start: Uint8Array, fileBytes: number, file: string): Result<number, ModelTrouble> {
  if (startsAsPointer(start)) return err(lfsPointer(file));
  if (fileBytes < LENGTH_BYTES || start.length < LENGTH_BYTES)
    return err(badHeader(file, message('{0} has {1} bytes: too few for a header.', file, fileBytes)));
  const length = new DataView(start.buffer, start.byteOffset, LENGTH_BYTES).getBigUint64(0, true);
  if (length > BigInt(MOST_HEADER_BYTES))
    return err(
      badHeader(
        file,
        message(
          '{0} says that its header has {1} bytes; safetensors takes {2} at most.',
          file,
          String(length),
          MOST_HEADER_BYTES,
        ),
      ),
    );
  if (Number(length) > fileBytes - LENGTH_BYTES)
    return err(
      badHeader(
        file,
        message(
          '{0} says that its header has {1} bytes, but the file ends after {2}.',
          file,
          String(length),
          fileBytes,
        ),
      ),
    );
  return ok(Number(length));
}

/** The tensors of a header, in the order in which it lists them. `header`: the bytes that headerLength counted. */
export function parseHeader(
  header: Uint8Array,
  fileBytes: number,
  file: string,
): Result<readonly SafetensorsTensor[], ModelTrouble> {
  const text = utf8(header);
  if (text === null) return err(badHeader(file, message('The header of {0} is no UTF-8 text.', file)));
  try {
    const tensors = readTensors(text, file);
    checkLayout(tensors, fileBytes - LENGTH_BYTES - header.length, file);
    return ok(tensors);
  } catch (error) {
    if (error instanceof Refused) return err(badHeader(file, error.words));
    if (error instanceof BrokenJson)
      return err(
        badHeader(
          file,
          message(
            'The header of {0} is broken at character {1}: {2} was expected.',
            file,
            error.at + 1,
            error.expected,
          ),
        ),
      );
    throw error;
  }
}

function readTensors(text: string, file: string): SafetensorsTensor[] {
  const reader = new JsonReader(text);
  // "the header data MUST begin with a { character": safetensors' README, Format
  if (!text.startsWith('{')) throw reader.broken('{');
  const tensors = new Map<string, SafetensorsTensor | null>();
  reader.object((name) => {
    if (tensors.has(name)) throw new Refused(message('The header of {0} names {1} twice.', file, clipped(name)));
    if (name.length > MOST_NAME)
      throw new Refused(
        message('The header of {0} names a tensor with {1} characters: {2}', file, name.length, clipped(name)),
      );
    tensors.set(name, name === METADATA ? readMetadata(reader, file) : readTensor(reader, name, file));
  });
  reader.end();
  return [...tensors.values()].filter((tensor) => tensor !== null);
}

const METADATA = '__metadata__';

/** Texts alone; null stands for none. */
function readMetadata(reader: JsonReader, file: string): null {
  if (reader.takeNull()) return null;
  const keys = new Set<string>();
  reader.object((key) => {
    if (keys.has(key))
      throw new Refused(message('The header of {0} names {1} twice.', file, `${METADATA}.${clipped(key)}`));
    keys.add(key);
    if (reader.peek() !== '"')
      throw new Refused(
        message('The header of {0}: {1} holds something else than text.', file, `${METADATA}.${clipped(key)}`),
      );
    reader.string();
  });
  return null;
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** "version https://git-lfs.github.com/spec/v1": what git leaves in a folder that was cloned without Git LFS. */
function startsAsPointer(start: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(start.subarray(0, LENGTH_BYTES)) === 'version ';
}

function lfsPointer(file: string): ModelTrouble {
  return {
    ...badHeader(file, message('{0} holds no weights but a pointer of Git LFS.', file)),
    remedy: message('Fetch the weights in the model’s folder with: git lfs pull'),
  };
}
