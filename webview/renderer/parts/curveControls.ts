import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { TrainOutput } from '../../../src/protocol/outputs';
import type { Words } from '../../shared/words';
import type { Shown } from './lossChart';
import { SECOND_AXES, secondAxisName } from './secondAxis';
import { toggle } from './toggle';

/** Legend and switches of the curve in one: what a line means, and whether it is drawn. */
export function curveControls(
  output: TrainOutput,
  shown: Shown,
  words: Words,
  act: (shown: Shown) => void,
): TemplateResult {
  const { t } = words;
  const hasEval = output.points.some(({ evalLoss }) => evalLoss !== null);
  return html`
    <div class="curve-controls">
      <span class="series loss"
        ><span class="stroke" aria-hidden="true"></span
        >${toggle(t('Loss'), shown.loss, (loss) => act({ ...shown, loss }))}</span
      >
      ${
        hasEval
          ? html`<span class="series eval"
              ><span class="stroke" aria-hidden="true"></span
              >${toggle(t('Eval loss'), shown.evalLoss, (evalLoss) => act({ ...shown, evalLoss }))}</span
            >`
          : nothing
      }
      ${
        output.checkpoints.length === 0
          ? nothing
          : html`<span class="series mark"><span class="flag" aria-hidden="true"></span>${t('checkpoint')}</span>`
      }
      <span class="series second">
        <span class="stroke" aria-hidden="true"></span>
        <vscode-single-select
          label=${t('Right axis')}
          .value=${shown.second}
          @change=${({ target }: Event) => {
            if (!(target instanceof Element) || !('value' in target)) return;
            act({ ...shown, second: SECOND_AXES.find((axis) => axis === target.value) ?? 'none' });
          }}
        >
          ${SECOND_AXES.map((axis) => html`<vscode-option value=${axis}>${secondAxisName(axis, words)}</vscode-option>`)}
        </vscode-single-select>
      </span>
    </div>
  `;
}
