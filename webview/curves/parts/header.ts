import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import { CURVES } from '../../../src/protocol/curvesPanel';
import { segments } from '../../shared/segments';
import { MOST_SMOOTHING, toggled } from '../choices';
import type { ViewContext } from '../context';
import { curveWords } from '../curveWords';
import { measuredCurves } from '../readout';

/** What the panel is, and what can be done with all of it. */
export function header({ words, ask, exportAs, charts }: ViewContext): TemplateResult {
  const { t } = words;
  const empty = charts.visible.length === 0;
  return html`
    <header>
      <h1>${t('Training curves')}</h1>
      <div class="actions">
        <vscode-button secondary @click=${() => ask('chooseRuns', null)}>${t('Choose runs…')}</vscode-button>
        <vscode-button secondary ?disabled=${empty} @click=${() => exportAs('png')}
          >${t('Save picture…')}</vscode-button
        >
        <vscode-button secondary ?disabled=${empty} @click=${() => exportAs('csv')}>${t('Save CSV…')}</vscode-button>
      </div>
    </header>
  `;
}

/** How the charts are looked at, and which of them. */
export function controls(context: ViewContext): TemplateResult {
  const { words, choices, choose, charts, redraw } = context;
  const { t } = words;
  const { smoothing, xAxis } = choices;
  return html`
    <div class="controls">
      <div class="control">
        <span class="quiet" aria-hidden="true">${t('Over')}</span>
        ${segments(
          t('Over'),
          [
            ['step', t('Step')],
            ['time', t('Time')],
          ] as const,
          xAxis,
          (chosen) => choose({ xAxis: chosen }),
        )}
      </div>
      <label class="control">
        <span class="quiet">${t('Smoothing')}</span>
        <input
          type="range"
          min="0"
          max=${MOST_SMOOTHING}
          step="0.01"
          .value=${String(smoothing)}
          @input=${({ target }: Event) => {
            if (target instanceof HTMLInputElement) choose({ smoothing: target.valueAsNumber });
          }}
        />
        <output class="number">${words.decimal(smoothing, 2)}</output>
      </label>
      ${curveToggles(context)}
      ${
        charts.span === null
          ? nothing
          : html`<vscode-button
              secondary
              @click=${() => {
                charts.showAll();
                redraw();
              }}
              >${t('Show all')}</vscode-button
            >`
      }
    </div>
  `;
}

function curveToggles({ words, runs, choices, choose }: ViewContext): TemplateResult {
  const measured = measuredCurves(runs);
  return html`
    <div class="toggles" role="group" aria-label=${words.t('Curves')}>
      ${CURVES.filter((curve) => measured.has(curve)).map(
        (curve) => html`
          <button
            type="button"
            class="toggle"
            aria-pressed=${!choices.hiddenCurves.includes(curve)}
            @click=${() => choose({ hiddenCurves: toggled(choices.hiddenCurves, curve) })}
          >
            ${curveWords(curve, words)}
          </button>
        `,
      )}
    </div>
  `;
}
