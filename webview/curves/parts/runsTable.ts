import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import { STATUS_WORDS } from '../../../src/core/run/statusWords';
import { CURVES, type CurveName, type CurveRunStatus } from '../../../src/protocol/curvesPanel';
import { cssVariable } from '../../shared/cssVariable';
import { sentence } from '../../shared/sentence';
import { formatX } from '../chart/axes';
import { toggled } from '../choices';
import type { ViewContext } from '../context';
import { curveWords } from '../curveWords';
import type { PanelRun } from '../panelRun';
import { measuredCurves, readoutAt } from '../readout';
import { runLook } from '../runLook';
import { iconButton, swatch } from './icons';
import { valueWords } from './values';

const TONES: Readonly<Record<CurveRunStatus, string>> = {
  running: 'info',
  idle: 'info',
  done: 'good',
  failed: 'bad',
  stopped: 'warn',
  lost: 'bad',
};

/** Legend and readout in one: which line is whose, how far it is, and its values at the place that is looked at. */
export function runsTable(context: ViewContext, element: Element): TemplateResult {
  const { words, charts, choices, runs } = context;
  const { t } = words;
  const measured = measuredCurves(runs);
  const curves = CURVES.filter((curve) => measured.has(curve) && !choices.hiddenCurves.includes(curve));
  const at = charts.cursor === null ? null : formatX(choices.xAxis, charts.cursor, words);
  const where = choices.xAxis === 'step' ? t('At step {0}', at ?? '') : t('After {0}', at ?? '');
  return html`
    <div class="scroll runs-scroll">
      <table class="runs">
        <thead>
          <tr>
            <th scope="col">${t('Run')}</th>
            <th scope="col">${t('State')}</th>
            <th scope="col" class="reached">${at === null ? t('Step') : where}</th>
            ${curves.map((curve) => html`<th scope="col" class="right">${curveWords(curve, words)}</th>`)}
            <th scope="col"><span class="hidden">${t('Actions')}</span></th>
          </tr>
        </thead>
        <tbody>
          ${runs.map((run, index) => row(run, index, curves, context, element))}
        </tbody>
      </table>
    </div>
  `;
}

function row(
  run: PanelRun,
  index: number,
  curves: readonly CurveName[],
  context: ViewContext,
  element: Element,
): TemplateResult {
  const { words, charts, choices, choose, runs, showRuns, ask } = context;
  const { t } = words;
  const { directory, name, status } = run.facts;
  const hidden = choices.hiddenRuns.includes(directory);
  const { values, trainStep } = readoutAt(run, choices.xAxis, charts.cursor);
  const others = runs.map(({ facts }) => facts.directory).filter((other) => other !== directory);
  return html`
    <tr class=${hidden ? 'off' : ''}>
      <th scope="row">
        <button
          type="button"
          class="run-toggle"
          aria-pressed=${!hidden}
          title=${directory}
          @click=${() => choose({ hiddenRuns: toggled(choices.hiddenRuns, directory) })}
        >
          ${swatch({ index, look: runLook(index, element) }, runs.length > 1)}<span class="run-name">${name}</span>
        </button>
      </th>
      <td><span class="badge ${TONES[status]}">${sentence(STATUS_WORDS[status], words)}</span></td>
      <td class="reached">${progress(run, trainStep, context)}</td>
      ${curves.map((curve) => {
        const text = valueWords(curve, values[curve], words);
        const label = curveWords(curve, words);
        return html`<td class="right number" data-curve=${curve} data-name=${label} ?data-empty=${text === ''}>
          ${text}
        </td>`;
      })}
      <td class="row-actions">
        ${
          status === 'running'
            ? iconButton('stop', t('Stop {0}: a checkpoint is saved first', name), () => ask('stop', directory))
            : nothing
        }
        ${iconButton('open', t('Open the recipe of {0}', name), () => ask('openRun', directory))}
        ${iconButton('reveal', t('Show the folder of {0}', name), () => ask('revealRun', directory))}
        ${
          others.length === 0
            ? nothing
            : iconButton('remove', t('Take {0} out of this view', name), () => showRuns(others))
        }
      </td>
    </tr>
  `;
}

function progress({ facts }: PanelRun, at: number | null, { words, charts }: ViewContext): TemplateResult {
  const { t, integer } = words;
  const { trainStep, totalSteps, etaSeconds } = facts;
  const step = charts.cursor === null ? trainStep : at;
  if (step === null && charts.cursor !== null) return html`<span class="quiet">–</span>`;
  if (step === null) return html`<span class="quiet">${t('no step yet')}</span>`;
  const share = totalSteps === null || totalSteps === 0 ? 0 : Math.min(1, step / totalSteps);
  return html`
    <span class="number">${totalSteps === null ? integer(step) : `${integer(step)} / ${integer(totalSteps)}`}</span>
    ${
      etaSeconds === null || charts.cursor !== null
        ? nothing
        : html`<span class="quiet eta">${t('about {0} left', words.duration(Math.round(etaSeconds) * 1000))}</span>`
    }
    <span class="track" aria-hidden="true"><span ${cssVariable('--share', String(share))}></span></span>
  `;
}
