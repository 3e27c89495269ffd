import type { Chart, Point } from 'chart.js';
import type { ChartTheme } from './chartTheme';

/** Axes and the tip in the colours of the theme. */
export function paintScales(chart: Chart<'line', Point[]>, theme: ChartTheme): void {
  const font = { family: theme.fontFamily, size: 12 };
  for (const scale of Object.values(chart.options.scales ?? {})) {
    if (scale === undefined) continue;
    Object.assign(scale, {
      ticks: { ...scale.ticks, color: theme.quiet, font },
      grid: { ...scale.grid, color: theme.grid, tickColor: theme.grid },
      border: { ...scale.border, color: theme.line },
    });
    if ('title' in scale && scale.title !== undefined) Object.assign(scale.title, { color: theme.quiet, font });
  }
  const { tooltip } = chart.options.plugins ?? {};
  if (tooltip === undefined) return;
  Object.assign(tooltip, {
    backgroundColor: theme.tipBackground,
    borderColor: theme.tipBorder,
    borderWidth: 1,
    titleColor: theme.tipText,
    bodyColor: theme.tipText,
    titleFont: { ...font, weight: 'bold' },
    bodyFont: font,
    padding: 8,
    cornerRadius: 4,
    boxWidth: 8,
    boxHeight: 8,
    boxPadding: 4,
  });
}
