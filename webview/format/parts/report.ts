import { html, nothing, type TemplateResult } from 'lit';
import type { FormatReport, RowProblem } from '../../../src/protocol/dataset';
import type { View } from '../view';
import { link, primary, secondary } from './button';

/** What came of it, and what can be done with it. */
export function report(done: FormatReport, view: View): TemplateResult {
  const { words, actions, state } = view;
  const { t, integer, fileSize, duration } = words;
  return html`
    <section class="card report" aria-labelledby="report-title">
      <h2 id="report-title" tabindex="-1" class=${done.skipped === 0 ? 'good' : 'warn'}>
        ${done.skipped === 0 ? t('All rows are converted') : t('Converted, with rows left out')}
      </h2>
      <dl class="figures">
        <div class="figure big">
          <dt>${t('Written')}</dt>
          <dd class="value number">${integer(done.written)}</dd>
        </div>
        <div class="figure big">
          <dt>${t('Skipped')}</dt>
          <dd class="value number">${integer(done.skipped)}</dd>
        </div>
        <div class="figure">
          <dt>${t('Size')}</dt>
          <dd class="value number">${fileSize(done.bytes)}</dd>
        </div>
        <div class="figure">
          <dt>${t('Time')}</dt>
          <dd class="value number">${duration(done.durationMs)}</dd>
        </div>
      </dl>
      <p class="target"><code>${done.target}</code></p>
      <div class="actions">
        ${primary(t('Open result'), () => actions.openResult('target'))}
        ${secondary(t('Use in recipe'), () => actions.useInRecipe())}
        ${secondary(t('Back to the mapping'), () => actions.back())}
        ${secondary(t('Format another file'), () => actions.formatAnother())}
      </div>
      ${
        state.usedIn === null
          ? nothing
          : html`<p class="notice info" role="status">
              ${t('{0} trains on this file now. Undo takes it back.', state.usedIn)}
            </p>`
      }
    </section>
    ${done.skipped === 0 ? nothing : skipped(done, view)}
  `;
}

function skipped(done: FormatReport, view: View): TemplateResult {
  const { words, actions, state } = view;
  const { t, integer } = words;
  const { problems, problemsFile } = done;
  const lines = state.preview?.gzip !== true;
  return html`
    <section class="skipped-rows" aria-labelledby="skipped-title">
      <h2 id="skipped-title">${t('Rows that were left out')}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">${problems.some(({ line }) => line !== null) ? t('Line') : t('Row')}</th>
            <th scope="col">${t('Reason')}</th>
          </tr>
        </thead>
        <tbody>
          ${problems.map((problem) => skippedRow(problem, lines, view))}
        </tbody>
      </table>
      ${
        problems.length < done.skipped
          ? html`<p class="quiet">
              ${t('{0} more are in the list of all that were left out.', integer(done.skipped - problems.length))}
            </p>`
          : nothing
      }
      ${
        problemsFile === null
          ? nothing
          : html`<p>${link(t('Open the list of all that were left out'), () => actions.openResult('problems'))}</p>`
      }
    </section>
  `;
}

function skippedRow({ line, row, reason }: RowProblem, lines: boolean, { words, actions }: View): TemplateResult {
  const { t, integer } = words;
  return html`
    <tr>
      <th scope="row" class="number">
        ${
          line === null || !lines
            ? integer(line ?? row + 1)
            : link(integer(line), () => actions.openLine(line), t('Open in the editor'))
        }
      </th>
      <td>${t(reason.text, ...reason.args.map(String))}</td>
    </tr>
  `;
}
