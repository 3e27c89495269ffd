import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { LoraOutput } from '../../../src/protocol/outputs';
import { cssVariable } from '../../shared/cssVariable';
import type { Words } from '../../shared/words';
import { figures } from '../parts/figures';
import { layersTable } from '../parts/layersTable';
import { predictedNote } from '../parts/predicted';
import type { StepView, ViewContext } from '../view';

export function loraView(context: ViewContext): StepView<LoraOutput> {
  return {
    render(output) {
      const { words } = context;
      const { t } = words;
      const { trainable } = output;
      return html`
        ${figures(
          trainable === null
            ? []
            : [
                {
                  label: t('Trainable'),
                  value: words.percent(trainable.total === 0 ? 0 : trainable.trainable / trainable.total),
                  note: t('{0} of {1} parameters', words.integer(trainable.trainable), words.integer(trainable.total)),
                  big: true,
                },
                { label: t('Adapter file, about'), value: words.fileSize(trainable.adapterBytes), big: true },
                {
                  label: t('Layers that get an adapter'),
                  value: words.integer(trainable.targetedLayers),
                  note: trainable.targetModules.join(', '),
                },
              ],
        )}
        ${footprint(output, words)} ${layers(output, words)}
      `;
    },
    dispose() {},
  };
}

/** Preparing the model for training costs memory: layer norms and the head go to float32. */
function footprint(output: LoraOutput, words: Words): TemplateResult | typeof nothing {
  const { footprintBeforeBytes: before, footprintAfterBytes: after } = output;
  if (before === null && after === null) return nothing;
  const most = Math.max(before ?? 0, after ?? 0, 1);
  const { t } = words;
  const predicted = after === null ? null : predictedNote(after, output.predictedAfterBytes, words);
  const bar = (label: string, bytes: number | null, kind: string): TemplateResult | typeof nothing =>
    bytes === null
      ? nothing
      : html`
          <div class="compare-row">
            <dt>${label}</dt>
            <dd>
              <span class="bar thick" aria-hidden="true">
                <span class="fill ${kind}" ${cssVariable('--share', `${(bytes / most) * 100}%`)}></span>
              </span>
              <span class="number value">${words.megabytes(bytes)}</span>
            </dd>
          </div>
        `;
  return html`
    <h4>${t('Memory')} <code class="quiet">get_memory_footprint()</code></h4>
    <dl class="compare">
      ${bar(t('loaded'), before, 'pale')} ${bar(t('prepared for training, with adapter'), after, '')}
    </dl>
    ${predicted === null ? nothing : html`<p class="quiet">${predicted}</p>`}
  `;
}

function layers(output: LoraOutput, words: Words): unknown {
  return guard([output.layers, output.trainable, words], () => {
    const targets = output.layers.filter(({ target }) => target);
    const others = output.layers.filter(({ target }) => !target);
    const total = output.trainable?.total ?? null;
    return html`
      ${targets.length === 0 ? nothing : html`<h4>${words.t('Target layers')}</h4>`}
      ${layersTable(targets, total, words)}
      ${
        others.length === 0
          ? nothing
          : html`<details>
              <summary>${words.t('Layers left as they are')}</summary>
              ${layersTable(others, total, words)}
            </details>`
      }
    `;
  });
}
