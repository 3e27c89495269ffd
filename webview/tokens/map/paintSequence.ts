import type { TokenSequence } from '../../../src/protocol/tokenView';
import type { BatchModel, Kind } from '../tokenModel';
import type { Grid } from './grid';
import type { Palette } from './palette';

/** Draws one sequence, a cell for each token. The canvas is sized already, one unit is one CSS pixel. */
export function paintSequence(
  context: CanvasRenderingContext2D,
  model: BatchModel,
  sequence: TokenSequence,
  grid: Grid,
  palette: Palette,
): void {
  context.clearRect(0, 0, grid.width, grid.heightOf(sequence.ids.length));
  const joins = new Set(sequence.parts.map(({ start }) => start));
  for (let index = 0; index < sequence.ids.length; index++) {
    const { x, y } = grid.cell(index);
    paintKind(context, model.kindAt(sequence, index), x, y, grid, palette);
    if (model.isSpecial(sequence, index)) paintFrame(context, x, y, grid, palette);
    if (index > 0 && joins.has(index)) {
      // Packing joined two rows here.
      context.fillStyle = palette.ink;
      context.fillRect(x - 1.5, y - 1, 2, grid.cellHeight + 2);
    }
  }
}

function paintKind(
  context: CanvasRenderingContext2D,
  kind: Kind,
  x: number,
  y: number,
  { cellWidth: width, cellHeight: height }: Grid,
  palette: Palette,
): void {
  if (kind === 'padding') {
    context.strokeStyle = palette.padding;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x + 1, y + height - 1);
    context.lineTo(x + width - 1, y + 1);
    context.stroke();
    return;
  }
  if (palette.highContrast && kind === 'masked') {
    context.strokeStyle = palette.masked;
    context.lineWidth = 1;
    context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
    return;
  }
  context.fillStyle = palette[kind];
  context.fillRect(x, y, width, height);
}

/** Special tokens wear a frame, in high contrast with a gap of the ground, so that it shows on a full cell too. */
function paintFrame(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  { cellWidth: width, cellHeight: height }: Grid,
  palette: Palette,
): void {
  if (palette.highContrast) context.clearRect(x + 1, y + 1, width - 2, height - 2);
  context.strokeStyle = palette.special;
  context.lineWidth = 2;
  context.strokeRect(x + 1, y + 1, width - 2, height - 2);
  if (!palette.highContrast) return;
  context.fillStyle = palette.ink;
  context.fillRect(x + width / 2 - 1, y + height / 2 - 1, 2, 2);
}
