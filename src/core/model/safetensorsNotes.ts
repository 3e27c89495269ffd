import { type Message, message } from '../../common/message';
import type { StructureNote, StructureNoteKind } from '../../protocol/model';
import type { SafetensorsIndex } from './safetensorsIndex';
import type { SafetensorsTensor } from './safetensorsTensor';
import { clipped } from './safetensorsTrouble';

export interface Shard {
  readonly file: string;
  readonly tensors: readonly SafetensorsTensor[];
}

/** Of each kind; what follows would say the same again. */
const MOST_NOTES = 20;

/**
 * Where an index and the headers of its files disagree. transformers loads all the same, each tensor that any of the files has
 * (modeling_utils.py, _load_pretrained_model) and makes up what is in none of them: so these are notes, no troubles.
 */
export function indexNotes({ weightMap }: SafetensorsIndex, shards: readonly Shard[], index: string): StructureNote[] {
  const places = new Map<string, string>();
  const notes = new Notes();
  for (const { file, tensors } of shards)
    for (const { name } of tensors) {
      const other = places.get(name);
      if (other !== undefined)
        notes.add(
          'unexpectedTensor',
          name,
          message('{0} is in {1} and in {2}: the second counts.', clipped(name), other, file),
        );
      places.set(name, file);
    }
  for (const [name, file] of weightMap) {
    const place = places.get(name);
    if (place === file) continue;
    notes.add(
      place === undefined ? 'missingTensor' : 'unexpectedTensor',
      name,
      place === undefined
        ? message('{0} names {1} in {2}, which lacks it.', index, clipped(name), file)
        : message('{0} names {1} in {2}, but it is in {3}.', index, clipped(name), file, place),
    );
  }
  for (const [name, file] of places)
    if (!weightMap.has(name))
      notes.add(
        'unexpectedTensor',
        name,
        message('{0} is in {1}, but {2} doesn’t name it.', clipped(name), file, index),
      );
  return notes.all;
}

class Notes {
  readonly all: StructureNote[] = [];
  readonly #counts = new Map<StructureNoteKind, number>();

  add(kind: StructureNoteKind, tensor: string, words: Message): void {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    if (count <= MOST_NOTES) this.all.push({ kind, tensor, message: words });
  }
}
