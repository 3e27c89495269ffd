import { html, nothing, type TemplateResult } from 'lit';
import { assertNever } from '../../src/common/assertNever';
import type { SpecialTokenInfo, TokenView } from '../../src/protocol/tokenView';
import type { Words } from '../shared/words';
import type { ViewContext } from './context';
import { sentence } from '../shared/sentence';

/** Whose tokens these are, who made them, and by which of the recipe's values. */
export function header(name: string, view: TokenView | null, context: ViewContext): TemplateResult {
  const { t } = context.words;
  return html`
    <header>
      <h1>${t('Tokens and labels')} <span class="quiet">${name}</span></h1>
      ${view === null ? nothing : origin(view, context)}
    </header>
  `;
}

function origin(view: TokenView, context: ViewContext): TemplateResult {
  const { words } = context;
  const { t, integer } = words;
  const { model, vocabSize, modelVocabSize, special, chatTemplateSource, chatTemplateFile } = view.tokenizer;
  const sizes =
    modelVocabSize === null
      ? t('{0} tokens', integer(vocabSize))
      : t('{0} tokens, the model has room for {1}', integer(vocabSize), integer(modelVocabSize));
  return html`
    <dl class="origin">
      ${
        view.datasetFile === null
          ? nothing
          : html`<div>
              <dt>${t('Dataset')}</dt>
              <dd title=${view.datasetFile}>${baseName(view.datasetFile)}</dd>
            </div>`
      }
      <div>
        <dt>${t('Tokenizer')}</dt>
        <dd>${model}, <span class="number">${sizes}</span></dd>
      </div>
      <div>
        <dt>${t('Chat template')}</dt>
        <dd title=${chatTemplateFile ?? ''}>${templateWords(chatTemplateSource, chatTemplateFile, words)}</dd>
      </div>
      <div>
        <dt>${t('Rendered by')}</dt>
        <dd>
          ${view.source === 'editor' ? t('the editor, without Python') : t('the trainer')}
          ${view.fallback === null ? nothing : html`<span class="quiet">${sentence(view.fallback, words)}</span>`}
        </dd>
      </div>
    </dl>
    <ul class="chips" aria-label=${t('What the recipe says')}>
      ${[
        ['max_length', view.maxLength === null ? t('none') : integer(view.maxLength)],
        ['packing', view.packing === 'no' ? t('no') : view.packing],
        ['assistant_only_loss', view.assistantOnly ? t('yes') : t('no')],
      ].map(([key, value]) => html`<li class="chip"><code>${key}</code> <strong>${value}</strong></li>`)}
      ${special.map((token) => specialChip(token, words))}
    </ul>
  `;
}

function specialChip({ name, token, id }: SpecialTokenInfo, { t }: Words): TemplateResult {
  const label = name === 'end_of_turn' ? t('end of turn') : html`<code>${name}</code>`;
  return html`<li class="chip">
    ${label}
    ${
      token === null
        ? html`<span class="quiet">${t('none')}</span>`
        : html`<strong><code>${token}</code></strong> <span class="quiet number">${id ?? ''}</span>`
    }
  </li>`;
}

function templateWords(
  source: TokenView['tokenizer']['chatTemplateSource'],
  file: string | null,
  { t }: Words,
): string {
  switch (source) {
    case 'tokenizer':
      return file === null ? t('the tokenizer’s own') : t('the tokenizer’s own, in {0}', baseName(file));
    case 'recipe':
      return file === null ? t('from the recipe') : t('from the recipe, in {0}', baseName(file));
    case 'tunebook':
      return t('Tunebook’s own, with generation marks');
    default:
      return assertNever(source);
  }
}

function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
