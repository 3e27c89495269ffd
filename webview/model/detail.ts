import { html, nothing, type TemplateResult } from 'lit';
import { cssVariable } from '../shared/cssVariable';
import type { Words } from '../shared/words';
import type { ViewContext } from './context';
import { explain } from './explain';
import type { Part } from './map/part';
import type { PartState } from './partState';
import { sizeWords, stateWord } from './partWords';
import { weightWords } from './partView';
import type { Reckoning } from './reckon';
import { tick, tickBox } from './targets';

/** What is known of the part that the keys or a click are at: what it does, and what LoRA does to it. */
export function detail(part: Part, state: PartState, reckoning: Reckoning, context: ViewContext): TemplateResult {
  const { words } = context;
  const { t, integer } = words;
  const { title, text } = explain(part.role, words);
  const { lora } = state;
  return html`
    <section class="card part-detail" aria-label=${t('The part that is chosen')}>
      <h2><code>${part.label}</code></h2>
      <p><strong>${title}.</strong> ${text}</p>
      ${boxes(part, reckoning, context)}
      ${part.sides === null || lora === null ? nothing : equation(part, state, words)}
      ${weightWords(part, state, words).map((sentence) => html`<p>${sentence}</p>`)}
      <dl class="facts">
        ${fact(t('Name'), html`<code>${part.name}</code>`)} ${fact(t('Class'), html`<code>${part.type}</code>`)}
        ${part.sides === null && part.length === null ? nothing : fact(t('Size'), sizeWords(part, words))}
        ${part.parameters === 0 ? nothing : fact(t('Parameters'), integer(part.parameters))}
        ${part.sides === null ? nothing : fact(t('State'), stateWord(state, words))}
      </dl>
    </section>
  `;
}

/** Ticks for this layer: with all that have its name, or alone. */
function boxes(part: Part, reckoning: Reckoning, context: ViewContext): TemplateResult | typeof nothing {
  const { t, integer } = context.words;
  const { ticks } = reckoning;
  if (!ticks.tickable.includes(part.name)) return nothing;
  const same = ticks.groups.find(({ group }) => group.kind === 'name' && group.members.includes(part.name));
  return html`
    <ul class="boxes" aria-label=${t('LoRA')}>
      ${
        same === undefined || same.group.members.length < 2
          ? nothing
          : tickBox({
              state: same.state,
              label: t('LoRA on all {0}', part.label),
              note: integer(same.group.members.length),
              tick: (ticked) => tick(same.group.members, ticked, reckoning, context),
            })
      }
      ${tickBox({
        state: ticks.ticked.has(part.name) ? 'all' : 'none',
        label: part.block === null ? t('LoRA here') : t('LoRA here, in block {0}', integer(part.block)),
        note: '',
        tick: (ticked) => tick([part.name], ticked, reckoning, context),
      })}
    </ul>
  `;
}

function fact(name: string, value: unknown): TemplateResult {
  return html`<div>
    <dt>${name}</dt>
    <dd class="number">${value}</dd>
  </div>`;
}

/** y = x·W + α/r · x·A·B, drawn. Not to scale: A and B would be hairs. */
function equation(
  part: Part,
  { lora, storage }: PartState,
  { t, integer, decimal }: Words,
): TemplateResult | typeof nothing {
  if (lora === null || part.sides === null) return nothing;
  const { inFeatures, outFeatures, r, alpha } = lora;
  const ratio = Math.min(2.2, Math.max(0.45, outFeatures / inFeatures));
  const scaling = alpha / r;
  return html`
    <figure
      class="equation"
      role="img"
      aria-label=${t('W, {0} × {1}, plus {2} times A, {0} × {3}, times B, {3} × {1}', integer(inFeatures), integer(outFeatures), decimal(scaling, scaling % 1 === 0 ? 0 : 2), integer(r))}
      ${cssVariable('--ratio', String(ratio))}
    >
      <span class="term big ${storage}"><b>W</b></span>
      <span class="sign">+</span>
      <span class="sign number">${decimal(scaling, scaling % 1 === 0 ? 0 : 2)} ·</span>
      <span class="term tall"><b>A</b></span>
      <span class="sign">·</span>
      <span class="term wide"><b>B</b></span>
    </figure>
  `;
}
