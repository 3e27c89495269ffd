import { message } from '../../common/message';
import { MOST_INDEX_BYTES, parseIndex, type SafetensorsIndex } from '../../core/model/safetensorsIndex';
import { badIndex, clipped } from '../../core/model/safetensorsTrouble';
import { badConfig } from '../../core/model/trouble';
import { inParallel } from './inParallel';
import type { ModelFiles } from './modelFiles';
import { ModelTroubleError } from './modelTroubleError';
import { noWeights, shardsMissing } from './noWeights';
import { readText } from './readText';

const SINGLE = 'model.safetensors';
const INDEX = 'model.safetensors.index.json';

export interface WeightFile {
  readonly name: string;
  readonly bytes: number;
}

export interface WeightFiles {
  /** In the order in which transformers loads them. */
  readonly files: readonly WeightFile[];
  readonly index: { readonly file: string; readonly value: SafetensorsIndex } | null;
}

/**
 * The files that transformers would load: model.safetensors before the index, both after what config.json names itself
 * (modeling_utils.py, _get_resolved_checkpoint_files; Tunebook asks for no variant). `explicit`: transformers_weights of
 * config.json. Throws ModelTroubleError.
 */
export async function weightFiles(files: ModelFiles, explicit: unknown): Promise<WeightFiles> {
  if (typeof explicit === 'string') return explicitFiles(files, explicit);
  const bytes = await files.sizeOf(SINGLE);
  if (bytes !== null) return { files: [{ name: SINGLE, bytes }], index: null };
  const indexBytes = await files.sizeOf(INDEX);
  if (indexBytes !== null) return indexedFiles(files, INDEX, indexBytes);
  throw new ModelTroubleError(noWeights(files, await files.list()));
}

async function explicitFiles(files: ModelFiles, name: string): Promise<WeightFiles> {
  const config = files.shown('config.json');
  const isIndex = name.endsWith('.safetensors.index.json');
  const leaves = /^[\\/~]|^[a-z]:|\\|\p{Cc}/iu.test(name) || name.split('/').includes('..');
  const bytes = leaves || !(isIndex || name.endsWith('.safetensors')) ? null : await files.sizeOf(name);
  if (bytes === null)
    throw new ModelTroubleError(
      badConfig(
        config,
        message(
          '{0}: transformers_weights is {1}, which is no .safetensors file in the model’s folder.',
          config,
          clipped(name),
        ),
        message('Name a file in the model’s folder there, or take the key out.'),
      ),
    );
  return isIndex ? indexedFiles(files, name, bytes) : { files: [{ name, bytes }], index: null };
}

/** Sizes asked for at once. */
const PARALLEL = 32;

async function indexedFiles(files: ModelFiles, name: string, bytes: number): Promise<WeightFiles> {
  const file = files.shown(name);
  const limit = message('{0} has {1} bytes; no index is larger than {2}.', file, bytes, MOST_INDEX_BYTES);
  if (bytes > MOST_INDEX_BYTES) throw new ModelTroubleError(badIndex(file, limit));
  const text = await readText(files, name, bytes);
  if (text === null) throw new ModelTroubleError(badIndex(file, message('{0} is no UTF-8 text.', file)));
  const index = parseIndex(text, file);
  if (!index.ok) throw new ModelTroubleError(index.error);
  const { shards } = index.value;
  const sizes = await inParallel(shards, PARALLEL, (shard) => files.sizeOf(shard));
  const missing = shards.filter((_, at) => sizes[at] === null);
  if (missing.length > 0) throw new ModelTroubleError(shardsMissing(files, name, missing, shards.length));
  return {
    files: shards.map((shard, at) => ({ name: shard, bytes: sizes[at] ?? 0 })),
    index: { file: name, value: index.value },
  };
}
