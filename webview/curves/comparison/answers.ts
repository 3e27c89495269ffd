import { html, nothing, type TemplateResult } from 'lit';
import type { ComparedAnswer, ComparedAnswers } from '../../../src/protocol/curvesPanel';
import { segments } from '../../shared/segments';
import { stopBadge } from '../../shared/stopBadge';
import { answerText } from './answerText';
import type { ComparisonContext } from './context';
import { runKey } from './runKey';

/** What the runs' models said, side by side. */
export function answers(context: ComparisonContext): TemplateResult | typeof nothing {
  const { comparison, words } = context;
  const { t } = words;
  return html`
    <section class="compared-section answers" aria-labelledby="compared-answers">
      <div class="compared-title">
        <h3 id="compared-answers">${t('Answers')}</h3>
        ${comparison.answers.length === 0 ? html`<span class="quiet">${t('none of these runs has generated yet')}</span>` : nothing}
      </div>
      ${comparison.answers.length === 0 ? nothing : html`${marks(context)}${byPrompt(comparison.answers).map((group) => question(group, context))}`}
    </section>
  `;
}

function marks({ comparison, words: { t }, choices, choose }: ComparisonContext): TemplateResult {
  const hasReference = comparison.answers.some(
    ({ reference, runs }) => reference !== null || runs.some((run) => run.reference !== null),
  );
  const chosen = choices.marks === 'reference' && !hasReference ? 'first' : choices.marks;
  return html`
    <div class="comparison-controls">
      <span class="quiet">${t('Mark what differs from')}</span>
      ${segments(
        t('Mark what differs from'),
        [
          ['first', t('the first run')],
          ...(hasReference ? [['reference', t('the answer hoped for')] as const] : []),
          ['none', t('nothing')],
        ],
        chosen,
        (value) => choose({ marks: value }),
      )}
      ${
        chosen === 'none'
          ? nothing
          : html`<span class="quiet"><ins>${t('added')}</ins> <del>${t('left out')}</del></span>`
      }
    </div>
  `;
}

/** The modes of one prompt belong together. */
function byPrompt(all: readonly ComparedAnswers[]): readonly (readonly [ComparedAnswers, ...ComparedAnswers[]])[] {
  const groups: [ComparedAnswers, ...ComparedAnswers[]][] = [];
  for (const asked of all) {
    const last = groups.at(-1);
    if (last !== undefined && last[0].prompt === asked.prompt && last.every((other) => other.mode !== asked.mode))
      last.push(asked);
    else groups.push([asked]);
  }
  return groups;
}

function question(group: readonly [ComparedAnswers, ...ComparedAnswers[]], context: ComparisonContext): TemplateResult {
  const { words } = context;
  const { t } = words;
  const [{ prompt, reference }] = group;
  return html`
    <article class="compared-question" aria-label=${prompt}>
      <h4 class="compared-prompt" .textContent=${prompt}></h4>
      ${reference === null ? nothing : line(t('hoped for'), reference)} ${group.map((asked) => mode(asked, context))}
    </article>
  `;
}

function mode(asked: ComparedAnswers, context: ComparisonContext): TemplateResult {
  const { words, runs } = context;
  const { t } = words;
  return html`
    <div class="compared-mode">
      <span class="badge">${asked.mode === 'greedy' ? t('greedy') : t('sampled')}</span>
      ${asked.base === null ? nothing : line(t('Base model'), asked.base.text)}
    </div>
    <div class="compared-answers">
      ${runs.map((run, index) => {
        const own = asked.runs[index];
        return html`
          <section class="card compared-answer" aria-label=${run.name}>
            <h5>${runKey(run, index)}</h5>
            ${own == null || own.reference === null ? nothing : line(t('hoped for'), own.reference)}
            ${own == null || own.base === null ? nothing : line(t('Base model'), own.base.text)}
            ${own == null || own.tuned === null ? dash(context) : answer(own.tuned, asked, index, context)}
          </section>
        `;
      })}
    </div>
  `;
}

function line(name: string, text: string): TemplateResult {
  return html`<p class="compared-line">
    <span class="quiet">${name}</span> <span class="text" .textContent=${text}></span>
  </p>`;
}

function dash({ words: { t } }: ComparisonContext): TemplateResult {
  return html`<p class="quiet"><span aria-hidden="true">–</span><span class="hidden">${t('not asked')}</span></p>`;
}

function answer(
  { text, stopReason, tokens, durationMs }: ComparedAnswer,
  asked: ComparedAnswers,
  index: number,
  context: ComparisonContext,
): TemplateResult {
  const { words, choices } = context;
  const { t, integer, duration } = words;
  const own = asked.runs[index];
  const reference = asked.reference ?? own?.reference ?? null;
  const first = index === 0 ? null : (asked.runs[0]?.tuned?.text ?? null);
  const against = choices.marks === 'none' ? null : choices.marks === 'reference' ? (reference ?? first) : first;
  return html`
    ${answerText(text, against, words)}
    <p class="answer-foot">
      ${stopBadge(stopReason, words)}
      <span class="quiet number">${t('{0} tokens', integer(tokens))} · ${duration(durationMs)}</span>
    </p>
  `;
}
