import { themeColor } from '../../shared/theme';
import type { Words } from '../../shared/words';
import type { CurveChart } from '../chart/curveChart';
import { fillGlyph } from '../chart/glyphs';
import type { ShownRun } from '../chart/lines';
import type { Charts } from '../charts';
import { curveWords } from '../curveWords';

/** Pixels of the picture for one of the page: sharp on paper and on any screen. */
const SCALE = 2;
const MARGIN = 24;
const TITLE = 30;
const LEGEND = 22;
const NAME = 22;

interface Placed {
  readonly chart: CurveChart;
  readonly box: DOMRect;
}

/** All charts that are shown with title, legend and the theme's background, as a PNG. */
export async function pictureOf(charts: Charts, root: HTMLElement, words: Words): Promise<Blob> {
  const placed = charts.visible.map((chart) => ({ chart, box: chart.plot.getBoundingClientRect() }));
  const left = Math.min(...placed.map(({ box }) => box.left));
  const right = Math.max(...placed.map(({ box }) => box.right));
  const tops = rowTops(placed);
  const legend = charts.runs.length * LEGEND;
  const begin = MARGIN + TITLE + legend + 8;
  const height = [...tops.values()].reduce((sum, row) => sum + row + NAME + 8, begin) + MARGIN;

  const canvas = document.createElement('canvas');
  canvas.width = Math.round((right - left + 2 * MARGIN) * SCALE);
  canvas.height = Math.round(height * SCALE);
  const ctx = canvas.getContext('2d');
  if (ctx === null) throw new Error('The picture can’t be drawn: the browser gives no canvas.');
  ctx.scale(SCALE, SCALE);
  const ink = themeColor(root, '--vscode-foreground', '#808080');
  const font = themeColor(root, '--vscode-font-family', 'sans-serif');
  ctx.fillStyle = themeColor(root, '--vscode-editor-background', '#ffffff');
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.fillStyle = ink;
  ctx.textBaseline = 'middle';
  ctx.font = `600 16px ${font}`;
  ctx.fillText(words.t('Training curves'), MARGIN, MARGIN + 8);
  for (const [row, shown] of charts.runs.entries())
    legendLine(ctx, shown, MARGIN + TITLE + row * LEGEND + 8, { ink, font, several: charts.runs.length > 1 });

  let y = begin;
  for (const [top, rowHeight] of tops) {
    for (const { chart, box } of placed.filter((each) => Math.round(each.box.top) === top)) {
      const x = MARGIN + box.left - left;
      ctx.fillStyle = ink;
      ctx.font = `600 13px ${font}`;
      ctx.fillText(curveWords(chart.curve, words), x, y + NAME / 2);
      const drawn = sharp(chart);
      if (drawn !== null) ctx.drawImage(drawn, x, y + NAME, box.width, box.height);
    }
    y += rowHeight + NAME + 8;
  }
  return blobOf(canvas);
}

/** Charts beside each other form a row: its top, and how high it is. */
function rowTops(placed: readonly Placed[]): ReadonlyMap<number, number> {
  const rows = new Map<number, number>();
  for (const { box } of placed) rows.set(Math.round(box.top), Math.max(rows.get(Math.round(box.top)) ?? 0, box.height));
  return rows;
}

function legendLine(
  ctx: CanvasRenderingContext2D,
  { run, look }: ShownRun,
  y: number,
  { ink, font, several }: { readonly ink: string; readonly font: string; readonly several: boolean },
): void {
  ctx.save();
  ctx.translate(MARGIN, y);
  ctx.strokeStyle = look.color;
  ctx.lineWidth = 2;
  if (several) ctx.setLineDash([...look.dash]);
  ctx.beginPath();
  ctx.moveTo(0, 0);
  ctx.lineTo(28, 0);
  ctx.stroke();
  if (several) {
    ctx.translate(14, 0);
    fillGlyph(ctx, look.glyph, look.color);
    ctx.translate(-14, 0);
  }
  ctx.fillStyle = ink;
  ctx.font = `13px ${font}`;
  ctx.fillText(run.facts.name, 36, 0);
  ctx.restore();
}

/** The chart drawn for the picture's pixels; afterwards it is drawn for the screen's again. */
function sharp({ chart }: CurveChart): HTMLCanvasElement | null {
  if (chart === null) return null;
  const { devicePixelRatio } = chart.options;
  chart.options.devicePixelRatio = SCALE;
  chart.resize();
  const copy = document.createElement('canvas');
  copy.width = chart.canvas.width;
  copy.height = chart.canvas.height;
  copy.getContext('2d')?.drawImage(chart.canvas, 0, 0);
  chart.options.devicePixelRatio = devicePixelRatio;
  chart.resize();
  return copy;
}

function blobOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('The picture is too large for the browser.'));
      else resolve(blob);
    }, 'image/png');
  });
}
