import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { GenerateOutput } from '../../../src/protocol/outputs';
import { AnswerCard } from '../parts/answerCard';
import { toggle } from '../parts/toggle';
import type { StepView, ViewContext } from '../view';

type Row = GenerateOutput['rows'][number];

export function generateView(context: ViewContext): StepView<GenerateOutput> {
  const cards = new Map<string, AnswerCard>();
  let showTokens = false;

  const card = (key: string): AnswerCard => {
    const known = cards.get(key);
    if (known !== undefined) return known;
    const made = new AnswerCard(context);
    cards.set(key, made);
    return made;
  };

  const modeRow = (row: Row, key: string, running: boolean): TemplateResult => {
    const { t } = context.words;
    return html`
      <div class="mode">
        <span class="badge mode-name">${row.mode === 'greedy' ? t('greedy') : t('sampled')}</span>
        <div class="pair">
          ${card(`${key} base`).render(t('Base model'), 'base', row.base, showTokens, running)}
          ${card(`${key} tuned`).render(t('Fine-tuned'), 'tuned', row.tuned, showTokens, running)}
        </div>
      </div>
    `;
  };

  return {
    render(output) {
      const { t } = context.words;
      const running = output.status === 'running';
      if (output.rows.length === 0) return html``;
      return html`
        <div class="section-head">
          <p class="quiet">${t('The same prompts, without and with the adapter.')}</p>
          ${toggle(t('Show tokens'), showTokens, (checked) => {
            showTokens = checked;
            context.redraw();
          })}
        </div>
        ${repeat(
          byPrompt(output.rows),
          ({ key }) => key,
          ({ key, first, rows }) => html`
            <article class="question" aria-label=${first.prompt}>
              <h4 class="prompt" .textContent=${first.prompt}></h4>
              ${
                first.reference === null
                  ? nothing
                  : html`<p class="reference">
                      <span class="quiet">${t('hoped for')}</span> <q .textContent=${first.reference}></q>
                    </p>`
              }
              ${rows.map((row) => modeRow(row, `${key} ${row.mode}`, running))}
              <details>
                <summary>${t('The prompt as the model saw it')}</summary>
                <pre tabindex="0" .textContent=${first.promptText}></pre>
              </details>
            </article>
          `,
        )}
      `;
    },
    dispose() {},
  };
}

interface Question {
  readonly key: string;
  readonly first: Row;
  readonly rows: readonly Row[];
}

/** Modes of one prompt belong together. The same prompt asked twice is two questions: modes repeat then. */
function byPrompt(rows: readonly Row[]): Question[] {
  const questions: { key: string; first: Row; rows: Row[] }[] = [];
  for (const row of rows) {
    const open = questions.find(
      ({ first, rows: others }) => first.prompt === row.prompt && others.every(({ mode }) => mode !== row.mode),
    );
    if (open === undefined) questions.push({ key: `${questions.length}`, first: row, rows: [row] });
    else open.rows.push(row);
  }
  return questions;
}
