import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { assertNever } from '../../../src/common/assertNever';
import type { TokenizerOutput } from '../../../src/protocol/outputs';
import type { EventOf } from '../../../src/protocol/trainer';
import type { Words } from '../../shared/words';
import { figures } from '../parts/figures';
import { histogram } from '../parts/histogram';
import { specialTokens } from '../parts/specialTokens';
import { toggle } from '../parts/toggle';
import { tokenLegend } from '../parts/tokenLegend';
import { TokenStrip } from '../parts/tokenStrip';
import type { StepView, ViewContext } from '../view';

export function tokenizerView(context: ViewContext): StepView<TokenizerOutput> {
  const strip = new TokenStrip(context);
  let details = false;

  const content = (tokenizer: EventOf<'tokenizer'>, words: Words): TemplateResult => {
    const { t } = words;
    return html`
      ${figures([
        {
          label: t('Vocabulary'),
          value: words.integer(tokenizer.vocabSize),
          note:
            tokenizer.modelVocabSize === tokenizer.vocabSize
              ? undefined
              : t('the model has {0} rows', words.integer(tokenizer.modelVocabSize)),
          big: true,
        },
        { label: t('Class'), value: tokenizer.tokenizerClass },
        { label: 'padding_side', value: tokenizer.paddingSide },
        { label: t('Chat template'), value: templateSource(tokenizer.chatTemplateSource, words) },
      ])}
      <div class="section-head">
        <h4>${t('First training row, as the model reads it')}</h4>
        ${toggle(t('Labels'), details, (checked) => {
          details = checked;
          context.redraw();
        })}
      </div>
      ${tokenLegend(tokenizer.tokens, words)}
      ${strip.show(tokenizer.tokens, t('Tokens of the first training row'), details)}
      ${histogram(tokenizer.lengths, tokenizer.maxLength, tokenizer.truncatedRows, words)}
      ${specialTokens(tokenizer.specialTokens, words)}
      <details>
        <summary>${t('Chat template')}</summary>
        <pre tabindex="0" .textContent=${tokenizer.chatTemplate}></pre>
      </details>
      <details>
        <summary>${t('First training row as text')}</summary>
        <pre tabindex="0" .textContent=${tokenizer.rendered}></pre>
      </details>
    `;
  };

  return {
    render: ({ tokenizer }) =>
      html`${guard([tokenizer, context.words, details], () =>
        tokenizer === null ? nothing : content(tokenizer, context.words),
      )}`,
    dispose() {},
  };
}

function templateSource(source: EventOf<'tokenizer'>['chatTemplateSource'], { t }: Words): string {
  switch (source) {
    case 'tokenizer':
      return t("the tokenizer's own");
    case 'recipe':
      return t('from the recipe');
    case 'tunebook':
      return t('by Tunebook, the same with marks for the answer');
    default:
      return assertNever(source);
  }
}
