/** Between the columns and lines of cells, in pixels. */
const GAP = 1;
const LINE_GAP = 3;
const NARROWEST = 8;
const WIDEST = 16;
const TALLEST = 16;

/** How the cells of sequences lie: equal cells in lines of `columns`. Lengths in CSS pixels. */
export class Grid {
  readonly columns: number;
  readonly cellWidth: number;
  readonly cellHeight: number;

  /** As wide as the room allows, so that the longest sequence fits in one line, within what can still be pointed at. */
  constructor(roomWidth: number, longest: number) {
    const pitch = Math.floor(roomWidth / Math.max(1, longest));
    this.cellWidth = Math.max(NARROWEST, Math.min(pitch - GAP, WIDEST));
    this.cellHeight = Math.min(this.cellWidth + 4, TALLEST);
    this.columns = Math.max(1, Math.min(Math.floor(roomWidth / (this.cellWidth + GAP)), Math.max(1, longest)));
  }

  get width(): number {
    return this.columns * (this.cellWidth + GAP);
  }

  heightOf(length: number): number {
    const lines = Math.max(1, Math.ceil(length / this.columns));
    return lines * (this.cellHeight + LINE_GAP);
  }

  cell(index: number): { readonly x: number; readonly y: number } {
    return {
      x: (index % this.columns) * (this.cellWidth + GAP) + GAP,
      y: Math.floor(index / this.columns) * (this.cellHeight + LINE_GAP) + 1,
    };
  }

  /** The cell at a point of the canvas; null beside the cells. */
  indexAt(x: number, y: number, length: number): number | null {
    const column = Math.floor(x / (this.cellWidth + GAP));
    const line = Math.floor(y / (this.cellHeight + LINE_GAP));
    if (column < 0 || column >= this.columns || line < 0) return null;
    const index = line * this.columns + column;
    return index < length ? index : null;
  }
}
