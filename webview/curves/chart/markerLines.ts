import type { Plugin } from 'chart.js';
import type { CurveMarker } from '../../../src/protocol/curvesPanel';

export interface PlacedMarker {
  readonly marker: CurveMarker;
  /** Name of its run. */
  readonly run: string;
  /** On the x axis as it is. */
  readonly x: number;
}

export interface MarkerColors {
  readonly good: string;
  readonly warn: string;
  readonly bad: string;
  readonly accent: string;
}

/** A line through the plot for what changed the training, a stroke at its foot for what was only kept. */
export function markerLinesPlugin(
  world: () => { readonly placed: readonly PlacedMarker[]; readonly colors: MarkerColors },
): Plugin<'line'> {
  return {
    id: 'tunebookMarkerLines',
    beforeDatasetsDraw(chart) {
      const { placed, colors } = world();
      const { ctx, chartArea } = chart;
      for (const { marker, x: at } of placed) {
        const x = chart.scales['x']?.getPixelForValue(at);
        if (x === undefined || x < chartArea.left - 0.5 || x > chartArea.right + 0.5) continue;
        const { color, dash, height } = strokeOf(marker.kind, colors);
        ctx.save();
        ctx.strokeStyle = color;
        ctx.lineWidth = 1;
        ctx.setLineDash(dash);
        ctx.beginPath();
        ctx.moveTo(Math.round(x) + 0.5, height === null ? chartArea.top : chartArea.bottom - height);
        ctx.lineTo(Math.round(x) + 0.5, chartArea.bottom);
        ctx.stroke();
        ctx.restore();
      }
    },
  };
}

interface Stroke {
  readonly color: string;
  readonly dash: number[];
  readonly height: number | null;
}

function strokeOf(kind: CurveMarker['kind'], { good, warn, bad, accent }: MarkerColors): Stroke {
  switch (kind) {
    case 'checkpoint':
      return { color: good, dash: [], height: 7 };
    case 'batchSizeReduced':
      return { color: warn, dash: [6, 3], height: null };
    case 'nonFinite':
      return { color: bad, dash: [3, 3], height: null };
    case 'resumed':
      return { color: accent, dash: [], height: null };
  }
}
