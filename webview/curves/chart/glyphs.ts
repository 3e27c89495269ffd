import type { Chart, Plugin } from 'chart.js';
import { type Glyph, GLYPH_PATHS } from '../runLook';
import type { Line } from './lines';

/** Between two glyphs of one line, in pixels. */
const APART = 130;
const OFFSET = 37;
/** Closer than this, the glyphs of measured points would lie on each other. */
const CROWDED = 12;

export interface GlyphWorld {
  /** In the order of the chart's data sets. */
  readonly lines: readonly Line[];
  /** Behind the plot. */
  readonly background: string;
}

/** Tells runs apart by shape, here and there along their lines; an evaluation is a hollow one. */
export function glyphsPlugin(world: () => GlyphWorld): Plugin<'line'> {
  return {
    id: 'tunebookGlyphs',
    afterDatasetsDraw(chart) {
      const { lines, background } = world();
      const several = new Set(lines.map(({ shown }) => shown.run)).size > 1;
      for (const [index, line] of lines.entries()) {
        if (line.role === 'raw' || (line.role === 'strong' && !several)) continue;
        const places = placesOf(chart, index);
        const crowded = places.length > (chart.chartArea.right - chart.chartArea.left) / CROWDED;
        const sparse = line.role === 'sparse';
        for (const place of sparse && !crowded ? places : spread(places, line.shown.index * OFFSET))
          paintGlyph(chart.ctx, line, place, sparse ? background : null);
      }
    },
  };
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function placesOf(chart: Chart, index: number): Place[] {
  const { left, right } = chart.chartArea;
  return chart
    .getDatasetMeta(index)
    .data.map(({ x, y }) => ({ x, y }))
    .filter(({ x, y }) => x >= left - 1 && x <= right + 1 && !Number.isNaN(y));
}

function spread(places: readonly Place[], offset: number): Place[] {
  const [first] = places;
  if (first === undefined) return [];
  const kept: Place[] = [];
  let next = first.x + 12 + (offset % APART);
  for (const place of places) {
    if (place.x < next) continue;
    kept.push(place);
    next = place.x + APART;
  }
  return kept;
}

/** At the canvas' origin. */
export function fillGlyph(ctx: CanvasRenderingContext2D, glyph: Glyph, color: string): Path2D {
  const path = new Path2D(GLYPH_PATHS[glyph]);
  ctx.fillStyle = color;
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas, no array
  ctx.fill(path);
  return path;
}

function paintGlyph(ctx: CanvasRenderingContext2D, line: Line, { x, y }: Place, hollow: string | null): void {
  const { color, glyph } = line.shown.look;
  ctx.save();
  ctx.translate(x, y);
  const path = fillGlyph(ctx, glyph, hollow ?? color);
  if (hollow !== null) {
    ctx.strokeStyle = color;
    ctx.lineWidth = 1.5;
    ctx.stroke(path);
  }
  ctx.restore();
}
