import { html, nothing, type TemplateResult } from 'lit';
import { assertNever } from '../../src/common/assertNever';
import type { ModelSource } from '../../src/protocol/model';
import type { ModelPicture, ModelShown } from '../../src/protocol/modelPanel';
import type { Words } from '../shared/words';
import { compact } from './compact';
import type { ViewContext } from './context';

/** Whose model this is, where it was read, and what it is in a few words. */
export function header({ recipeName, shown }: ModelPicture, { words }: ViewContext): TemplateResult {
  const { t } = words;
  return html`
    <header>
      <h1>${t('Model and memory')} <span class="quiet">${recipeName}</span></h1>
      ${shown === null ? nothing : about(shown, words)}
    </header>
  `;
}

function about({ structure, source }: ModelShown, words: Words): TemplateResult {
  const { t, integer } = words;
  const { sizes, architecture, modelType, dtype, tied, quantMethod } = structure;
  const facts: (readonly [string, string])[] = [
    [t('parameters'), compact(parametersOf(structure), words)],
    [t('blocks'), integer(sizes.layers)],
    [t('width'), integer(sizes.hiddenSize)],
    [t('heads'), heads(structure, words)],
    [t('vocabulary'), integer(sizes.vocabSize)],
    ['dtype', dtype],
  ];
  if (sizes.maxLength !== null) facts.push([t('longest text'), t('{0} tokens', integer(sizes.maxLength))]);
  if (sizes.experts !== null) facts.push([t('experts'), integer(sizes.experts)]);
  if (tied) facts.push([t('output head'), t('shares its weights with the embeddings')]);
  if (quantMethod !== null) facts.push([t('quantised by its makers'), quantMethod]);
  return html`
    <p class="model-name">
      <strong>${source.place}</strong>
      <span class="quiet">${architecture ?? modelType} · ${sourceWords(source, words)}</span>
    </p>
    <ul class="chips" aria-label=${t('What the model is')}>
      ${facts.map(([name, value]) => html`<li class="chip"><span class="quiet">${name}</span> <strong class="number">${value}</strong></li>`)}
    </ul>
    ${
      structure.basis === 'headers'
        ? html`<p class="notice info">
            ${t('The kind of this model ({0}) isn’t known here: its parts are guessed from the names of its weights. Classes and what is quantised may differ.', modelType)}
          </p>`
        : nothing
    }
  `;
}

function heads({ sizes: { heads: all, keyValueHeads } }: ModelShown['structure'], { t, integer }: Words): string {
  return all === keyValueHeads ? integer(all) : t('{0}, which share {1} keys', integer(all), integer(keyValueHeads));
}

function sourceWords({ kind, durationMs }: ModelSource, { t, duration }: Words): string {
  switch (kind) {
    case 'folder':
      return t('read from its folder in {0}', duration(durationMs));
    case 'cache':
      return t('read from the Hub’s cache on this machine in {0}', duration(durationMs));
    case 'hub':
      return t('read from the Hub in {0}: headers only, no weights', duration(durationMs));
    default:
      return assertNever(kind);
  }
}

/** Weights that are shared count once. */
function parametersOf({ modules }: ModelShown['structure']): number {
  return modules
    .flatMap(({ parameters }) => parameters)
    .filter(({ tiedTo }) => tiedTo === null)
    .reduce((sum, { shape }) => sum + shape.reduce((product, side) => product * side, 1), 0);
}
