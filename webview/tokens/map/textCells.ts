import type { Words } from '../../shared/words';
import type { Anchor } from '../../shared/tip';
import type { BatchModel, TokenPlace } from '../tokenModel';
import { type Cells, sequenceNumber } from './cells';
import { type Chunk, chunksOf, fillChunk } from './textChunk';

/** Of a frame, for making tokens: layout needs the rest. */
const FRAME_MS = 4;

/** Tokens as they read, wrapped. Made for what is in view and a little around it: the rest is room of about its height. */
export class TextCells implements Cells {
  readonly element = document.createElement('div');
  readonly #words: Words;
  readonly #seen: IntersectionObserver;
  /** In view, to be made: as many in a frame as leave it fluid. */
  readonly #wanted = new Set<Chunk>();
  #frame = 0;
  #chunks: Chunk[] = [];
  #model: BatchModel | null = null;
  #marked: HTMLElement | null = null;
  #pointed: HTMLElement | null = null;

  constructor(words: Words) {
    this.#words = words;
    this.element.className = 'texts';
    this.#seen = new IntersectionObserver((entries) => this.#onSeen(entries), { rootMargin: '600px' });
  }

  show(model: BatchModel): void {
    this.#model = model;
    this.#seen.disconnect();
    this.#wanted.clear();
    this.#marked = this.#pointed = null;
    this.#chunks = [];
    const sequences = model.sequences.map((sequence, number) => {
      const element = document.createElement('div');
      element.className = 'sequence';
      const text = document.createElement('div');
      text.className = 'text';
      const chunks = chunksOf(sequence, number);
      text.append(...chunks.map((chunk) => chunk.element));
      this.#chunks.push(...chunks);
      element.append(sequenceNumber(number), text);
      return element;
    });
    this.element.replaceChildren(...sequences);
    for (const { element } of this.#chunks) this.#seen.observe(element);
  }

  placeAt({ target }: MouseEvent): TokenPlace | null {
    const token = target instanceof Element ? target.closest<HTMLElement>('.token') : null;
    if (token === null) return null;
    const chunk = this.#chunks.find(({ element }) => element.contains(token));
    return chunk === undefined ? null : { sequence: chunk.sequence, index: Number(token.dataset['index']) };
  }

  anchorOf(place: TokenPlace): Anchor | null {
    return this.#tokenAt(place);
  }

  mark(place: TokenPlace | null): void {
    this.#marked?.classList.remove('current');
    this.#marked = place === null ? null : this.#tokenAt(place);
    this.#marked?.classList.add('current');
  }

  point(place: TokenPlace | null): void {
    this.#pointed?.classList.remove('pointed');
    this.#pointed = place === null ? null : this.#tokenAt(place);
    this.#pointed?.classList.add('pointed');
  }

  scrollToMark(): void {
    this.#marked?.scrollIntoView({ block: 'nearest' });
  }

  vertical(place: TokenPlace, direction: 1 | -1): TokenPlace {
    const from = this.#tokenAt(place)?.getBoundingClientRect();
    if (from === undefined) return place;
    let best: TokenPlace = place;
    let bestTop: number | null = null;
    let distance = Infinity;
    for (const next of this.#from(place, direction)) {
      const box = this.#tokenAt(next)?.getClientRects()[0];
      if (box === undefined || Math.abs(box.top - from.top) < 2) continue;
      bestTop ??= box.top;
      if (Math.abs(box.top - bestTop) >= 2) break;
      const away = Math.abs(box.left - from.left);
      if (away < distance) [best, distance] = [next, away];
    }
    return best;
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    this.#seen.disconnect();
  }

  /** The places after or before one, through all sequences. */
  *#from({ sequence, index }: TokenPlace, direction: 1 | -1): Generator<TokenPlace> {
    const model = this.#model;
    if (model === null) return;
    let at = index + direction;
    for (let number = sequence; number >= 0 && number < model.sequences.length; number += direction) {
      const length = model.lengthOf(number);
      if (number !== sequence) at = direction === 1 ? 0 : length - 1;
      for (; at >= 0 && at < length; at += direction) yield { sequence: number, index: at };
    }
  }

  #onSeen(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const chunk = this.#chunks.find(({ element }) => element === target);
      if (chunk === undefined || chunk.filled) continue;
      if (isIntersecting) this.#wanted.add(chunk);
      else this.#wanted.delete(chunk);
    }
    if (this.#wanted.size > 0 && this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#fillWanted());
  }

  #fillWanted(): void {
    this.#frame = 0;
    const end = performance.now() + FRAME_MS;
    for (const chunk of this.#wanted) {
      this.#wanted.delete(chunk);
      this.#fill(chunk);
      if (performance.now() > end) break;
    }
    if (this.#wanted.size > 0) this.#frame = requestAnimationFrame(() => this.#fillWanted());
  }

  #fill(chunk: Chunk): void {
    if (chunk.filled || this.#model === null) return;
    chunk.filled = true;
    this.#seen.unobserve(chunk.element);
    fillChunk(chunk, this.#model, this.#words);
  }

  #tokenAt({ sequence, index }: TokenPlace): HTMLElement | null {
    const chunk = this.#chunks.find((one) => one.sequence === sequence && index >= one.from && index < one.to);
    if (chunk === undefined) return null;
    this.#fill(chunk);
    return chunk.tokens[index - chunk.from] ?? null;
  }
}
