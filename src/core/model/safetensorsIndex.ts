import { message } from '../../common/message';
import { err, ok, type Result } from '../../common/result';
import type { ModelTrouble } from '../../protocol/model';
import { BrokenJson, JsonReader } from './safetensorsJson';
import { shardPath } from './safetensorsShardPath';
import { badIndex, clipped, Refused } from './safetensorsTrouble';

/** model.safetensors.index.json */
export interface SafetensorsIndex {
  /** Tensor → its file, relative to the model's folder, with "/". */
  readonly weightMap: ReadonlyMap<string, string>;
  /** Each file once, sorted as transformers loads them (get_checkpoint_shard_files). */
  readonly shards: readonly string[];
}

/** The largest published, of models with thousands of experts, take some 20 MB. */
export const MOST_INDEX_BYTES = 100_000_000;
const MOST_SHARDS = 10_000;

/** `file`: the index's name in messages. */
export function parseIndex(text: string, file: string): Result<SafetensorsIndex, ModelTrouble> {
  try {
    return ok(readIndex(text, file));
  } catch (error) {
    if (error instanceof Refused) return err(badIndex(file, error.words));
    if (error instanceof BrokenJson)
      return err(
        badIndex(
          file,
          message('{0} is broken at character {1}: {2} was expected.', file, error.at + 1, error.expected),
        ),
      );
    throw error;
  }
}

function readIndex(text: string, file: string): SafetensorsIndex {
  const reader = new JsonReader(text);
  const seen = new Set<string>();
  let weightMap: ReadonlyMap<string, string> | null = null;
  reader.object((key) => {
    if (seen.has(key)) throw twice(file, key);
    seen.add(key);
    if (key === 'weight_map') weightMap = readWeightMap(reader, file);
    else if (key === 'metadata' && reader.peek() !== '{')
      throw new Refused(message('{0}: {1} must be an object; transformers adds keys to it.', file, key));
    else reader.skip();
  });
  reader.end();
  // transformers reads both without asking whether they are there: utils/hub.py, get_checkpoint_shard_files
  const lacking = ['metadata', 'weight_map'].find((key) => !seen.has(key));
  if (lacking !== undefined || weightMap === null)
    throw new Refused(
      message('{0} has no {1}, without which transformers can’t load it.', file, lacking ?? 'weight_map'),
    );
  return { weightMap, shards: shardsOf(weightMap, file) };
}

function readWeightMap(reader: JsonReader, file: string): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  // Thousands of tensors name few files: each name is looked at once.
  const paths = new Map<string, string>();
  reader.object((tensor) => {
    if (map.has(tensor)) throw twice(file, tensor);
    if (reader.peek() !== '"')
      throw new Refused(message('{0}: the tensor {1} is given no name of a file.', file, clipped(tensor)));
    const written = reader.string();
    let path = paths.get(written);
    if (path === undefined) {
      path = shardPath(written, tensor, file);
      paths.set(written, path);
      if (paths.size > MOST_SHARDS) throw new Refused(message('{0} names more than {1} files.', file, MOST_SHARDS));
    }
    map.set(tensor, path);
  });
  return map;
}

function shardsOf(map: ReadonlyMap<string, string>, file: string): readonly string[] {
  if (map.size === 0) throw new Refused(message('The weight_map of {0} is empty.', file));
  return [...new Set(map.values())].sort();
}

function twice(file: string, key: string): Refused {
  return new Refused(message('{0} names {1} twice.', file, clipped(key)));
}
