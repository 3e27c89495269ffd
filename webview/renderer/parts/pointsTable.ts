import { html, type TemplateResult } from 'lit';
import type { CurvePoint } from '../../../src/protocol/outputs';
import type { Words } from '../../shared/words';

const MOST_ROWS = 100;

/** The curve as numbers, for eyes, copying and screen readers. Long trainings are thinned out evenly; the last point stays. */
export function pointsTable(points: readonly CurvePoint[], words: Words): TemplateResult {
  const { t } = words;
  const every = Math.ceil(points.length / MOST_ROWS);
  const rows = points.filter((_, index) => index % every === 0 || index === points.length - 1);
  const number = (value: number | null, digits: number): string => (value === null ? '' : words.decimal(value, digits));
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${t('Logged values')}>
      <table class="points">
        <thead>
          <tr>
            <th scope="col" class="right">${t('Step')}</th>
            <th scope="col" class="right">${t('Loss')}</th>
            <th scope="col" class="right">${t('Eval loss')}</th>
            <th scope="col" class="right">${t('Learning rate')}</th>
            <th scope="col" class="right">${t('Gradient norm')}</th>
            <th scope="col" class="right">${t('Tokens per second')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (point) => html`
              <tr class="number">
                <th scope="row" class="right">${words.integer(point.trainStep)}</th>
                <td class="right">${number(point.loss, 4)}</td>
                <td class="right">${number(point.evalLoss, 4)}</td>
                <td class="right">${point.learningRate === null ? '' : point.learningRate.toExponential(2)}</td>
                <td class="right">${number(point.gradNorm, 3)}</td>
                <td class="right">${point.tokensPerSecond === null ? '' : words.integer(point.tokensPerSecond)}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
  `;
}
