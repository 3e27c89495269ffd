import type { Disposable } from '../../../src/common/disposable';
import type { BatchModel, TokenPlace } from '../tokenModel';
import type { Anchor } from '../../shared/tip';

/** One way to draw the sequences of a batch. */
export interface Cells extends Disposable {
  readonly element: HTMLElement;
  show(model: BatchModel): void;
  /** The token under the pointer, or null between tokens. */
  placeAt(event: MouseEvent): TokenPlace | null;
  /** Where a tip of this token stands; null where it isn't drawn yet. */
  anchorOf(place: TokenPlace): Anchor | null;
  /** The one that the keys are at; null: none. */
  mark(place: TokenPlace | null): void;
  /** The one under the pointer. */
  point(place: TokenPlace | null): void;
  /** Brings the marked one into view. */
  scrollToMark(): void;
  /** The token in the line above (-1) or below (1), in the next sequence at the border; the same where there is none. */
  vertical(place: TokenPlace, direction: 1 | -1): TokenPlace;
}

/** The number of a sequence beside its tokens. */
export function sequenceNumber(number: number): HTMLElement {
  const element = document.createElement('span');
  element.className = 'sequence-number number';
  element.textContent = String(number + 1);
  return element;
}
