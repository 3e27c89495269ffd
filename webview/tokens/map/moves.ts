import type { BatchModel, TokenPlace } from '../tokenModel';
import type { Cells } from './cells';

/** Where a key leads from a token; null for a key that leads nowhere. */
export function moved(
  { key, ctrlKey }: KeyboardEvent,
  place: TokenPlace,
  model: BatchModel,
  cells: Cells,
): TokenPlace | null {
  const { sequence, index } = place;
  const last = model.lengthOf(sequence) - 1;
  const lastSequence = model.sequences.length - 1;
  switch (key) {
    case 'ArrowRight':
      if (ctrlKey) return null;
      if (index < last) return { sequence, index: index + 1 };
      return sequence < lastSequence ? { sequence: sequence + 1, index: 0 } : place;
    case 'ArrowLeft':
      if (ctrlKey) return null;
      if (index > 0) return { sequence, index: index - 1 };
      return sequence > 0 ? { sequence: sequence - 1, index: model.lengthOf(sequence - 1) - 1 } : place;
    case 'ArrowDown':
      return ctrlKey ? null : cells.vertical(place, 1);
    case 'ArrowUp':
      return ctrlKey ? null : cells.vertical(place, -1);
    case 'PageDown':
      return { sequence: Math.min(sequence + 1, lastSequence), index: 0 };
    case 'PageUp':
      return { sequence: Math.max(sequence - 1, 0), index: 0 };
    case 'Home':
      return ctrlKey ? { sequence: 0, index: 0 } : { sequence, index: 0 };
    case 'End':
      return ctrlKey ? { sequence: lastSequence, index: model.lengthOf(lastSequence) - 1 } : { sequence, index: last };
    default:
      return null;
  }
}
