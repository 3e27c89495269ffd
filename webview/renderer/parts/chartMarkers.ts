import type { Chart, Plugin } from 'chart.js';

export interface Markers {
  readonly checkpoints: readonly number[];
  readonly nonFinite: readonly number[];
  readonly checkpointColor: string;
  readonly nonFiniteColor: string;
}

/** Draws checkpoints as small flags on the axis and steps without a finite loss as lines through the plot. */
export function markersPlugin(markers: () => Markers): Plugin<'line'> {
  return {
    id: 'tunebookMarkers',
    afterDatasetsDraw(chart) {
      const { checkpoints, nonFinite, checkpointColor, nonFiniteColor } = markers();
      for (const step of nonFinite) line(chart, step, nonFiniteColor, [4, 3], false);
      for (const step of checkpoints) line(chart, step, checkpointColor, [2, 4], true);
    },
  };
}

function line(chart: Chart<'line'>, step: number, color: string, dash: number[], flag: boolean): void {
  const { ctx, chartArea } = chart;
  const x = chart.scales['x']?.getPixelForValue(step);
  if (x === undefined || x < chartArea.left || x > chartArea.right) return;
  ctx.save();
  ctx.strokeStyle = color;
  ctx.fillStyle = color;
  ctx.lineWidth = 1;
  ctx.setLineDash(dash);
  ctx.beginPath();
  ctx.moveTo(x, chartArea.top);
  ctx.lineTo(x, chartArea.bottom);
  ctx.stroke();
  if (flag) {
    ctx.beginPath();
    ctx.moveTo(x, chartArea.bottom - 8);
    ctx.lineTo(x + 4, chartArea.bottom);
    ctx.lineTo(x - 4, chartArea.bottom);
    ctx.fill();
  }
  ctx.restore();
}
