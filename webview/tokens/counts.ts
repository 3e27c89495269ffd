import { html, nothing, type TemplateResult } from 'lit';
import type { TokenView } from '../../src/protocol/tokenView';
import type { ViewContext } from './context';
import { fraction } from './fraction';

interface Count {
  readonly name: string;
  readonly value: string;
  readonly note: string | null;
  /** One sentence: what it means and what a bad value costs. */
  readonly explanation: string;
  readonly bad: boolean;
}

/** The figures of all rows that were looked at, each with its explanation under pointer and focus. */
export function counts(view: TokenView, context: ViewContext): TemplateResult {
  const { words, tip, ask } = context;
  const { t, integer } = words;
  const { rows, complete } = view.counts;
  return html`
    <section aria-label=${t('Figures')}>
      <ul class="counts">
        ${all(view, context).map(
          ({ name, value, note, explanation, bad }) => html`
            <li>
              <button
                type="button"
                class="count ${bad ? 'warn' : ''}"
                aria-description=${explanation}
                @focus=${({ currentTarget }: Event) => currentTarget instanceof Element && tip.say(currentTarget, explanation)}
                @pointerenter=${({ currentTarget }: Event) => currentTarget instanceof Element && tip.say(currentTarget, explanation)}
                @pointerleave=${() => tip.hide()}
                @blur=${() => tip.hide()}
              >
                <span class="count-name">${name}</span>
                <span class="count-value number">${value}</span>
                ${note === null ? nothing : html`<span class="quiet number">${note}</span>`}
              </button>
            </li>
          `,
        )}
      </ul>
      ${
        complete
          ? nothing
          : html`<p class="quiet partial">
              ${t('Of the first {0} rows.', integer(rows))}
              <button type="button" class="link" @click=${() => ask('readAllRows', null)}>${t('Read all rows')}</button>
            </p>`
      }
    </section>
  `;
}

function all({ counts: count, packing }: TokenView, { words }: ViewContext): Count[] {
  const { t, integer } = words;
  const positions = count.efficiency > 0 ? Math.round(count.totalTokens / count.efficiency) : 0;
  const padding = Math.max(0, positions - count.totalTokens);
  const share = (part: number, whole: number): string => fraction(whole === 0 ? 0 : part / whole, words);
  return [
    {
      name: t('Trained tokens'),
      value: integer(count.trainedTokens),
      note: t('{0} of {1}', share(count.trainedTokens, count.totalTokens), integer(count.totalTokens)),
      explanation: t(
        'Tokens that the model learns to write: only they count in the loss. The others are what it reads before it answers.',
      ),
      bad: count.trainedTokens === 0,
    },
    {
      name: t('Truncated rows'),
      value: integer(count.truncatedRows),
      note: t('{0} of {1}', share(count.truncatedRows, count.rows), integer(count.rows)),
      explanation: t(
        'Rows longer than max_length lose their end, {0} tokens in all. The model never learns how those answers end, nor that they end.',
        integer(count.truncatedTokens),
      ),
      bad: count.truncatedRows > 0,
    },
    {
      name: t('Fully masked rows'),
      value: integer(count.maskedRows),
      note: t('{0} of {1}', share(count.maskedRows, count.rows), integer(count.rows)),
      explanation: t('Rows of which nothing is trained: the trainer drops them without a word.'),
      bad: count.maskedRows > 0,
    },
    {
      name: packing === 'no' ? t('Efficiency') : t('Packing efficiency'),
      value: fraction(count.efficiency, words),
      note: t('{0} sequences', integer(count.sequences)),
      explanation: t(
        'The share of positions that hold tokens and not padding. Every position costs time and memory; packing brings it near 100%.',
      ),
      bad: false,
    },
    {
      name: t('Padding'),
      value: integer(padding),
      note: share(padding, positions),
      explanation: t('Positions that only fill rows up to the longest of their batch. Nothing is learned from them.'),
      bad: false,
    },
  ];
}
