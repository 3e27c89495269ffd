import { html, nothing, type TemplateResult } from 'lit';
import { cssVariable } from '../../shared/cssVariable';
import { formatX } from '../chart/axes';
import type { CurveChart } from '../chart/curveChart';
import { curvesOfChart } from '../charts';
import { toggled } from '../choices';
import type { ViewContext } from '../context';
import { curveWords } from '../curveWords';
import { readoutAt } from '../readout';
import { runVariable } from '../runLook';
import { keySign } from './icons';
import { markerLane } from './markerLane';
import { valueWords } from './values';

/** More don't fit beside a chart's name; the table above has them all. */
const MOST_VALUES = 4;

export function chartCard(chart: CurveChart, context: ViewContext): TemplateResult {
  const { words, choices, choose } = context;
  const { curve } = chart;
  const name = curveWords(curve, words);
  const isLoss = curve === 'loss';
  return html`
    <figure class="chart-card ${isLoss ? 'main' : ''}">
      <figcaption>
        <span class="chart-name">${name}</span>
        ${isLoss && context.charts.cursor === null ? key(context) : nothing} ${cursorValues(chart, context)}
        <button
          type="button"
          class="toggle small"
          aria-pressed=${choices.log.includes(curve)}
          aria-label=${words.t('Logarithmic axis: {0}', name)}
          title=${words.t('Logarithmic axis: {0}', name)}
          @click=${() => choose({ log: toggled(choices.log, curve) })}
        >
          log
        </button>
      </figcaption>
      ${chart.plot} ${isLoss ? markerLane(chart.plot.clientWidth, context) : nothing}
    </figure>
  `;
}

/** What the kinds of line mean. */
function key({ words, choices, charts }: ViewContext): TemplateResult {
  const { t } = words;
  const evaluated = charts.runs.some(({ run }) => run.has('evalLoss')) && !choices.hiddenCurves.includes('evalLoss');
  const smoothed = choices.smoothing > 0 && !choices.hiddenCurves.includes('loss');
  return html`<span class="key quiet">
    ${smoothed ? html`<span>${keySign('strong')}${t('smoothed')}</span><span>${keySign('raw')}${t('as logged')}</span>` : nothing}
    ${evaluated ? html`<span>${keySign('sparse')}${t('Eval loss')}</span>` : nothing}
  </span>`;
}

/** What is seen at the hair, beside the name of what it is. */
function cursorValues({ curve }: CurveChart, { words, charts, choices }: ViewContext): TemplateResult | typeof nothing {
  if (charts.cursor === null) return nothing;
  const { cursor, runs } = charts;
  const at = formatX(choices.xAxis, cursor, words);
  const where = choices.xAxis === 'step' ? words.t('At step {0}', at) : words.t('After {0}', at);
  return html`<span class="cursor-values" aria-hidden="true">
    ${curve === 'loss' ? html`<span class="quiet number">${where}</span>` : nothing}
    ${runs.slice(0, MOST_VALUES).map(({ run, index }) => {
      const { values } = readoutAt(run, choices.xAxis, cursor);
      const shown = curvesOfChart(curve)
        .filter((own) => !choices.hiddenCurves.includes(own))
        .map((own) => valueWords(own, values[own], words))
        .filter((text) => text !== '');
      return html`<span class="cursor-value number"
        ><span class="dot-sign" ${cssVariable('--color', `var(${runVariable(index)})`)}></span
        >${shown.join(' · ')}</span
      >`;
    })}
  </span>`;
}
