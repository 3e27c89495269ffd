import { html, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { Answer } from '../../../src/protocol/outputs';
import { stopBadge } from '../../shared/stopBadge';
import type { Words } from '../../shared/words';
import type { ViewContext } from '../view';
import { TokenStrip } from './tokenStrip';

/** One answer of one model, and how it came to its end. */
export class AnswerCard {
  readonly #context: ViewContext;
  readonly #strip: TokenStrip;

  constructor(context: ViewContext) {
    this.#context = context;
    this.#strip = new TokenStrip(context);
  }

  render(
    name: string,
    kind: 'base' | 'tuned',
    answer: Answer | null,
    tokens: boolean,
    running: boolean,
  ): TemplateResult {
    const { words } = this.#context;
    return html`
      <section class="card answer ${kind}" aria-label=${name}>
        <h5>${name}</h5>
        ${guard([answer, tokens, running, words], () =>
          answer === null
            ? html`<p class="quiet">${running ? words.t('not asked yet') : words.t('no answer')}</p>`
            : this.#content(answer, tokens),
        )}
      </section>
    `;
  }

  #content(answer: Answer, tokens: boolean): TemplateResult {
    const { words } = this.#context;
    const { t } = words;
    return html`
      ${tokens ? this.#strip.show(answer.tokens, t('Tokens of the answer')) : answerText(answer.text, words)}
      <p class="answer-foot">
        ${stopBadge(answer.stopReason, words)}
        <span class="quiet number"
          >${t('{0} tokens', words.integer(answer.tokens.length))} · ${words.duration(answer.durationMs)}</span
        >
      </p>
    `;
  }
}

function answerText(text: string, { t }: Words): TemplateResult {
  if (text === '') return html`<p class="quiet">${t('empty answer')}</p>`;
  return html`<p class="text" .textContent=${text}></p>`;
}
