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
      ${reference === null ? nothing : line(t('hoped for'), reference)}
      ${group.map((asked) => mode(asked, reference, context))}
    </article>
  `;
}

/** `shown`: the reference that stands above it already. */
function mode(asked: ComparedAnswers, shown: string | null, context: ComparisonContext): TemplateResult {
  const { t } = context.words;
  const { reference, base } = asked;
  return html`
    <div class="compared-mode">
      <span class="badge">${asked.mode === 'greedy' ? t('greedy') : t('sampled')}</span>
      ${base === null ? nothing : line(t('Base model'), base.text)}
    </div>
    ${reference === null || reference === shown ? nothing : line(t('hoped for'), reference)}
    <div class="compared-answers">
      ${context.choices.rows === 'differing' && isAgreed(asked) ? agreed(asked, context) : cards(asked, context)}
    </div>
  `;
}

/** All runs said the same, in the same way. */
function isAgreed({ runs }: ComparedAnswers): boolean {
  const said = runs.map(({ base, reference, tuned }) =>
    tuned === null ? null : JSON.stringify([base?.text, reference, tuned.text, tuned.stopReason]),
  );
  return !said.includes(null) && new Set(said).size === 1;
}

function agreed(asked: ComparedAnswers, context: ComparisonContext): TemplateResult | typeof nothing {
  const { words, runs } = context;
  const tuned = asked.runs[0]?.tuned ?? null;
  if (tuned === null) return nothing;
  const name = words.t('All {0} runs', words.integer(runs.length));
  return html`<section class="card compared-answer" aria-label=${name}>
    <h5>${name}</h5>
    ${answer(tuned, asked, 0, context)}
  </section>`;
}

function cards(asked: ComparedAnswers, context: ComparisonContext): readonly TemplateResult[] {
  const { t } = context.words;
  return context.runs.map((run, index) => {
    const { reference = null, base = null, tuned = null } = asked.runs[index] ?? {};
    return html`
      <section class="card compared-answer" aria-label=${run.name}>
        <h5>${runKey(run, index)}</h5>
        ${reference === null ? nothing : line(t('hoped for'), reference)}
        ${base === null ? nothing : line(t('Base model'), base.text)}
        ${tuned === null ? dash(context) : answer(tuned, asked, index, context)}
      </section>
    `;
  });
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
