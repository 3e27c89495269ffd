import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { LayerGroup } from '../../../src/protocol/outputs';
import { cssVariable } from '../../shared/cssVariable';
import type { Words } from '../../shared/words';

/** Modules grouped by kind, with their share of all parameters. */
export function layersTable(layers: readonly LayerGroup[], total: number | null, words: Words): unknown {
  return guard([layers, total, words], () => (layers.length === 0 ? nothing : table(layers, total, words)));
}

function table(layers: readonly LayerGroup[], total: number | null, words: Words): TemplateResult {
  const { t } = words;
  const all = total ?? layers.reduce((sum, { parameters }) => sum + parameters, 0);
  return html`
    <table class="layers">
      <caption class="hidden">
        ${t('Layers')}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t('Layer')}</th>
          <th scope="col">${t('Shape')}</th>
          <th scope="col" class="right">${t('Count')}</th>
          <th scope="col" class="right">${t('Parameters')}</th>
          <th scope="col" class="share">${t('Share')}</th>
        </tr>
      </thead>
      <tbody>
        ${layers.map((layer) => row(layer, all, words))}
      </tbody>
    </table>
  `;
}

function row(layer: LayerGroup, all: number, words: Words): TemplateResult {
  const fraction = all === 0 ? 0 : layer.parameters / all;
  return html`
    <tr>
      <th scope="row">
        <code>${layer.name}</code>
        <span class="quiet type">${layer.type}</span>
      </th>
      <td>
        <span class="number nowrap">${shape(layer)}</span>
        <span class="quiet type">${layer.dtype ?? ''}</span>
      </td>
      <td class="right number nowrap">× ${words.integer(layer.count)}</td>
      <td class="right number nowrap">${words.integer(layer.parameters)}</td>
      <td class="share">
        <span class="share-row">
          <span class="bar" aria-hidden="true"
            ><span class="fill" ${cssVariable('--share', `${fraction * 100}%`)}></span
          ></span>
          <span class="quiet number">${words.percent(fraction)}</span>
        </span>
      </td>
    </tr>
  `;
}

/** People read from in to out. torch keeps linears as [out_features, in_features], embeddings as [tokens, dimensions]. */
function shape({ shape: sizes, type }: LayerGroup): string {
  if (sizes === null) return '';
  if (sizes.length !== 2) return sizes.join(' × ');
  return (type.includes('Embedding') ? sizes : sizes.toReversed()).join(' → ');
}
