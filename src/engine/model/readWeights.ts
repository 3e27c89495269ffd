import { indexNotes } from '../../core/model/safetensorsNotes';
import type { ModelWeights, TensorHeader } from '../../core/model/structure';
import type { StructureNote } from '../../protocol/model';
import { inParallel } from './inParallel';
import type { ModelFiles } from './modelFiles';
import { HeaderBudget, readShard, type ReadShard } from './readShard';
import { weightFiles, type WeightFiles } from './weightFiles';

/** Files open, or requests under way, at once. */
const PARALLEL = 16;
/** A header whose tensors nobody has named before: enough for most models in one file. */
const GUESS_BYTES = 64 * 1024;
/** What a tensor takes in a header beside its name: {"dtype":"BF16","shape":[8192,28672],"data_offsets":[…,…]}, */
const TENSOR_BYTES = 110;

/** The headers of a model's weights. Throws ModelTroubleError, and the signal's reason. */
export async function readWeights(
  files: ModelFiles,
  explicit: unknown,
  signal: AbortSignal,
): Promise<{ readonly weights: ModelWeights; readonly notes: readonly StructureNote[] }> {
  const found = await weightFiles(files, explicit);
  const guess = guesses(found);
  const budget = new HeaderBudget();
  const shards = await inParallel(found.files, PARALLEL, async ({ name, bytes }) => {
    signal.throwIfAborted();
    return readShard(files, { name, bytes, guess: guess.get(name) ?? GUESS_BYTES }, budget);
  });
  return {
    weights: { tensors: merged(shards), files: shards.map(({ file, bytes }) => ({ name: file, bytes })) },
    notes: found.index === null ? [] : indexNotes(found.index.value, shards, found.index.file),
  };
}

/** How long each file's header may be, by the tensors that the index names: one read a file, and little more than it needs. */
function guesses({ index }: WeightFiles): ReadonlyMap<string, number> {
  const bytes = new Map<string, number>();
  for (const [tensor, file] of index?.value.weightMap ?? [])
    bytes.set(file, (bytes.get(file) ?? 1024) + tensor.length + TENSOR_BYTES);
  return new Map([...bytes].map(([file, guess]) => [file, Math.min(guess, MOST_GUESS_BYTES)]));
}

/** A hostile index could name a tensor a million times longer than its header has. */
const MOST_GUESS_BYTES = 4 * 1024 * 1024;

/** A tensor that several files have counts once: transformers takes the last. */
function merged(shards: readonly ReadShard[]): readonly TensorHeader[] {
  const tensors = new Map<string, TensorHeader>();
  for (const shard of shards)
    for (const { name, dtype, shape } of shard.tensors) tensors.set(name, { name, dtype, shape });
  return [...tensors.values()];
}
