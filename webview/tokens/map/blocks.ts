import { onThemeChange } from '../../shared/theme';
import { DisposableStore } from '../../../src/common/disposable';
import type { Anchor } from '../../shared/tip';
import type { BatchModel, TokenPlace } from '../tokenModel';
import { type Cells, sequenceNumber } from './cells';
import { Grid } from './grid';
import { paintSequence } from './paintSequence';
import { type Palette, PaletteProbe } from './palette';

/** Room for the number of a sequence. */
const GUTTER_PX = 34;

interface Row {
  readonly element: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  visible: boolean;
}

/** Each sequence is a canvas with a small cell for each token. Only canvases in view hold their pixels. */
export class Blocks implements Cells {
  readonly element = document.createElement('div');
  readonly #probe = new PaletteProbe();
  readonly #list = document.createElement('div');
  readonly #cursor = overlay('cursor');
  readonly #hover = overlay('pointed');
  readonly #store = new DisposableStore();
  readonly #seen: IntersectionObserver;
  #rows: Row[] = [];
  #model: BatchModel | null = null;
  #grid = new Grid(600, 1);
  #palette: Palette | null = null;
  #roomWidth = 0;
  #marked: TokenPlace | null = null;

  constructor() {
    this.element.className = 'blocks';
    this.element.append(this.#probe.element, this.#list, this.#hover, this.#cursor);
    this.#seen = new IntersectionObserver((entries) => this.#onSeen(entries), { rootMargin: '400px' });
    const resized = new ResizeObserver(([entry]) => this.#onWidth(entry?.contentRect.width ?? 0));
    resized.observe(this.element);
    this.#store.add({ dispose: () => resized.disconnect() });
    this.#store.add({ dispose: () => this.#seen.disconnect() });
    this.#store.add(
      onThemeChange(() => {
        this.#palette = null;
        this.#paintAll();
      }),
    );
  }

  show(model: BatchModel): void {
    this.#model = model;
    this.#seen.disconnect();
    this.#rows = model.sequences.map((_, number) => {
      const canvas = document.createElement('canvas');
      canvas.dataset['sequence'] = String(number);
      const element = document.createElement('div');
      element.className = 'sequence';
      element.append(sequenceNumber(number), canvas);
      return { element, canvas, visible: false };
    });
    this.#list.replaceChildren(...this.#rows.map(({ element }) => element));
    for (const { canvas } of this.#rows) this.#seen.observe(canvas);
    this.#layOut();
  }

  placeAt({ target, offsetX, offsetY }: MouseEvent): TokenPlace | null {
    if (!(target instanceof HTMLCanvasElement)) return null;
    const sequence = Number(target.dataset['sequence']);
    const index = this.#grid.indexAt(offsetX, offsetY, this.#model?.lengthOf(sequence) ?? 0);
    return index === null ? null : { sequence, index };
  }

  anchorOf(place: TokenPlace): Anchor | null {
    const rect = this.#rectOf(place);
    return rect === null ? null : { getClientRects: () => [rect], getBoundingClientRect: () => rect };
  }

  mark(place: TokenPlace | null): void {
    this.#marked = place;
    this.#cover(this.#cursor, place);
  }

  point(place: TokenPlace | null): void {
    this.#cover(this.#hover, place);
  }

  scrollToMark(): void {
    if (this.#marked !== null) this.#cursor.scrollIntoView({ block: 'nearest' });
  }

  vertical({ sequence, index }: TokenPlace, direction: 1 | -1): TokenPlace {
    const { columns } = this.#grid;
    const length = this.#model?.lengthOf(sequence) ?? 0;
    const next = index + direction * columns;
    if (next >= 0 && next < length) return { sequence, index: next };
    const column = index % columns;
    const lastLine = Math.floor((length - 1) / columns);
    // the last line may be shorter than this column
    if (direction === 1 && Math.floor(index / columns) < lastLine) return { sequence, index: length - 1 };
    const otherLength = this.#model?.lengthOf(sequence + direction) ?? 0;
    if (otherLength === 0) return { sequence, index };
    const line = direction === 1 ? 0 : Math.floor((otherLength - 1) / columns);
    return { sequence: sequence + direction, index: Math.min(line * columns + column, otherLength - 1) };
  }

  dispose(): void {
    this.#store.dispose();
  }

  #onWidth(width: number): void {
    if (width === 0 || width === this.#roomWidth) return;
    this.#roomWidth = width;
    this.#layOut();
  }

  #layOut(): void {
    const model = this.#model;
    if (model === null || this.#roomWidth === 0) return;
    this.#grid = new Grid(this.#roomWidth - GUTTER_PX, model.longest);
    for (const [number, { canvas }] of this.#rows.entries()) {
      canvas.style.width = `${this.#grid.width}px`;
      canvas.style.height = `${this.#grid.heightOf(model.lengthOf(number))}px`;
    }
    this.#paintAll();
    this.#cover(this.#hover, null);
    this.#cover(this.#cursor, this.#marked);
  }

  #onSeen(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const number = this.#rows.findIndex(({ canvas }) => canvas === target);
      const row = this.#rows[number];
      if (row === undefined) continue;
      row.visible = isIntersecting;
      if (isIntersecting) this.#paint(number);
      else row.canvas.width = row.canvas.height = 0;
    }
  }

  #paintAll(): void {
    for (const [number, { visible }] of this.#rows.entries()) if (visible) this.#paint(number);
  }

  #paint(number: number): void {
    const sequence = this.#model?.sequences[number];
    const canvas = this.#rows[number]?.canvas;
    if (this.#model === null || sequence === undefined || canvas === undefined || this.#roomWidth === 0) return;
    const scale = window.devicePixelRatio;
    canvas.width = Math.round(this.#grid.width * scale);
    canvas.height = Math.round(this.#grid.heightOf(sequence.ids.length) * scale);
    const context = canvas.getContext('2d');
    if (context === null) return;
    context.scale(scale, scale);
    this.#palette ??= this.#probe.read();
    paintSequence(context, this.#model, sequence, this.#grid, this.#palette);
  }

  #rectOf({ sequence, index }: TokenPlace): DOMRect | null {
    const canvas = this.#rows[sequence]?.canvas;
    if (canvas === undefined) return null;
    const { x, y } = this.#grid.cell(index);
    const { left, top } = canvas.getBoundingClientRect();
    return new DOMRect(left + x, top + y, this.#grid.cellWidth, this.#grid.cellHeight);
  }

  #cover(cover: HTMLElement, place: TokenPlace | null): void {
    const rect = place === null ? null : this.#rectOf(place);
    cover.hidden = rect === null;
    if (rect === null) return;
    const { left, top } = this.element.getBoundingClientRect();
    cover.style.left = `${rect.left - left}px`;
    cover.style.top = `${rect.top - top}px`;
    cover.style.width = `${rect.width}px`;
    cover.style.height = `${rect.height}px`;
  }
}

function overlay(name: string): HTMLElement {
  const element = document.createElement('div');
  element.className = `cover ${name}`;
  element.hidden = true;
  return element;
}
