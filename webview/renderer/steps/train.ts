import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { TrainOutput } from '../../../src/protocol/outputs';
import { action } from '../parts/actions';
import { BatchesView } from '../parts/batches';
import { curveControls } from '../parts/curveControls';
import { figures } from '../parts/figures';
import { fixLinks } from '../parts/fixes';
import { LossChart, type Shown } from '../parts/lossChart';
import { pointsTable } from '../parts/pointsTable';
import { trainFigures } from '../parts/trainFigures';
import type { StepView, ViewContext } from '../view';

export function trainView(context: ViewContext): StepView<TrainOutput> {
  const chart = new LossChart(context);
  const batches = new BatchesView(context);
  let shown: Shown = { loss: true, evalLoss: true, second: 'learningRate' };
  let tableOpen = false;

  const curve = (output: TrainOutput): TemplateResult | typeof nothing => {
    if (output.points.length === 0) return nothing;
    // The chart measures its place: it is drawn once the template below has put it there.
    queueMicrotask(() => {
      if (chart.element.isConnected) chart.show({ ...output, totalSteps: stepsAhead(output) }, shown);
    });
    const { points } = output;
    return html`
      ${curveControls(output, shown, context.words, (changed) => {
        shown = changed;
        context.redraw();
      })}
      ${chart.element}
      <details
        @toggle=${({ target }: Event) => {
          tableOpen = target instanceof HTMLDetailsElement && target.open;
          context.redraw();
        }}
      >
        <summary>${context.words.t('Logged values')}</summary>
        ${guard([tableOpen, points, context.words], () => (tableOpen ? pointsTable(points, context.words) : nothing))}
      </details>
    `;
  };

  return {
    render: (output) => html`
      ${figures(trainFigures(output, context.words))} ${notes(output, context)} ${curve(output)}
      ${
        context.post === null || (output.points.length === 0 && output.finished === null)
          ? nothing
          : html`<div class="actions">
              ${action(context.words.t('Open curves'), { type: 'openCurves' }, context)}
              ${
                output.finished === null
                  ? nothing
                  : action(context.words.t('Open run folder'), { type: 'openRunFolder' }, context)
              }
            </div>`
      }
      ${batches.render(output.batches)}
    `,
    dispose: () => chart.dispose(),
  };
}

/** What the trainer changed on its own while it trained. */
function notes(output: TrainOutput, context: ViewContext): TemplateResult | typeof nothing {
  const { t, integer } = context.words;
  const { batchSizeReductions, nonFiniteAt, started } = output;
  const resumed = started?.resumedFrom ?? null;
  if (batchSizeReductions.length === 0 && nonFiniteAt.length === 0 && resumed === null) return nothing;
  return html`
    <ul class="warnings">
      ${resumed === null ? nothing : html`<li class="notice info">${t('Resumed from {0}', resumed)}</li>`}
      ${batchSizes(output, context)}
      ${
        nonFiniteAt.length === 0
          ? nothing
          : html`<li class="notice bad">
              ${t('The loss was not a number at step {0}.', nonFiniteAt.slice(0, 5).map(integer).join(', '))}
            </li>`
      }
    </ul>
  `;
}

/** One line for all tries of auto_find_batch_size, which takes nine tenths each time: fifteen of them from 64 to 9. */
function batchSizes(output: TrainOutput, context: ViewContext): TemplateResult | typeof nothing {
  const { t, integer } = context.words;
  const { batchSizeReductions, batchSizeFix = null } = output;
  const found = batchSizeReductions.at(-1)?.to;
  if (found === undefined) return nothing;
  const tried = batchSizeReductions.map(({ from }) => integer(from));
  const [first = '', ...others] = tried;
  return html`
    <li class="notice warn">
      <span>
        ${
          others.length === 0
            ? t(
                'Out of memory with batch size {0}: started again with {1} (auto_find_batch_size).',
                first,
                integer(found),
              )
            : t(
                'Out of memory with the batch sizes {0}: started again with {1} (auto_find_batch_size).',
                tried.join(', '),
                integer(found),
              )
        }
      </span>
      ${batchSizeFix === null || output.status === 'running' ? nothing : fixLinks([batchSizeFix], context)}
    </li>
  `;
}

/** While it runs the axis shows how far there is to go; afterwards the curve has it all. */
function stepsAhead({ status, started }: TrainOutput): number | null {
  return status === 'running' ? (started?.totalSteps ?? null) : null;
}
