import { nearestIndex } from '../readout';
import type { CurveChart } from './curveChart';
import { valuesOf } from './lines';

/** What follows the pointer above a chart, so that the chart itself needn't be drawn again: a hair, a point on each line, the selection. */
export class Overlay {
  readonly element = document.createElement('div');
  readonly #hair = part('hair');
  readonly #selection = part('selection');
  #dots: HTMLElement[] = [];
  #x: number | null = null;

  constructor() {
    this.element.className = 'overlay';
    this.element.append(this.#selection, this.#hair);
    this.#hair.hidden = this.#selection.hidden = true;
  }

  /** Where all charts are looked at; null: nowhere. */
  point(x: number | null, chart: CurveChart): void {
    this.#x = x;
    this.draw(chart);
  }

  draw(chart: CurveChart): void {
    const area = chart.chart?.chartArea;
    const x = this.#x;
    const pixel = x === null ? Number.NaN : chart.pixelOf(x);
    const isThere = area !== undefined && pixel >= area.left - 0.5 && pixel <= area.right + 0.5;
    this.#hair.hidden = !isThere;
    if (isThere) {
      place(this.#hair, pixel, area.top);
      this.#hair.style.setProperty('--height', `${area.height}px`);
    }
    this.#drawDots(chart, isThere ? x : null);
  }

  select(from: number, to: number): void {
    this.#selection.hidden = from === to;
    place(this.#selection, Math.min(from, to), 0);
    this.#selection.style.setProperty('--width', `${Math.abs(to - from)}px`);
  }

  #drawDots(chart: CurveChart, x: number | null): void {
    const { view } = chart;
    const lines = view === null || x === null ? [] : chart.lines.filter(({ role }) => role !== 'raw');
    const dots = lines.flatMap((line) => {
      const { run, look } = line.shown;
      if (x === null || view === null || run.length === 0) return [];
      const index = nearestIndex(run.x(view.xAxis), x);
      const value = valuesOf(line, view.smoothing)[index] ?? Number.NaN;
      const left = chart.pixelOf(run.x(view.xAxis)[index] ?? Number.NaN);
      const top = chart.yPixelOf(value);
      if (!Number.isFinite(value) || !Number.isFinite(top) || Math.abs(left - chart.pixelOf(x)) > NEAR_PIXELS)
        return [];
      return [{ left, top, color: look.color }];
    });
    while (this.#dots.length > dots.length) this.#dots.pop()?.remove();
    while (this.#dots.length < dots.length) {
      const dot = part('dot');
      this.#dots.push(dot);
      this.element.append(dot);
    }
    for (const [index, { left, top, color }] of dots.entries()) {
      const dot = this.#dots[index];
      if (dot === undefined) continue;
      place(dot, left, top);
      dot.style.setProperty('--color', color);
    }
  }
}

/** A dot further away would be of another moment: a run that ended earlier, an evaluation long ago. */
const NEAR_PIXELS = 12;

function part(name: string): HTMLElement {
  const element = document.createElement('div');
  element.className = name;
  return element;
}

function place(element: HTMLElement, left: number, top: number): void {
  element.style.setProperty('--left', `${left}px`);
  element.style.setProperty('--top', `${top}px`);
}
