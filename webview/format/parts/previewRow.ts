import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { PreviewRow } from '../../../src/protocol/dataset';
import type { View } from '../view';
import { bubbles } from './bubbles';
import { link } from './button';
import { longText } from './longText';
import { pretty } from './pretty';

/** One row: what the file has, and beside it the conversation or why there is none. */
export function previewRow(row: PreviewRow, lines: boolean, view: View): unknown {
  return guard([row, lines, view.state.unfolded, view.words], () => template(row, lines, view));
}

function template(row: PreviewRow, lines: boolean, view: View): TemplateResult {
  const { words, actions } = view;
  const { t, integer } = words;
  const { line, problem, messages, tools } = row;
  const name = line === null ? t('Row {0}', integer(row.row + 1)) : t('Line {0}', integer(line));
  return html`
    <li class=${problem === null ? 'row' : 'row skipped'}>
      <div class="source">
        <p class="where">
          ${
            line === null || !lines
              ? html`<span class="quiet number">${name}</span>`
              : link(name, () => actions.openLine(line), t('Open in the editor'))
          }
        </p>
        ${longText(`source-${row.row}`, row.source, 'source-text', view)}
      </div>
      <div class="result">
        ${
          problem === null
            ? nothing
            : html`<p class="notice bad">
                <strong class="notice-title">${t('Can’t be converted')}</strong>
                <span>${t(problem.text, ...problem.args.map(String))}</span>
              </p>`
        }
        ${messages === null ? nothing : bubbles(messages, String(row.row), view)}
        ${
          tools === null
            ? nothing
            : html`<details class="tools">
                <summary>${t('Tool definitions')}</summary>
                <pre tabindex="0" .textContent=${pretty(tools)}></pre>
              </details>`
        }
      </div>
    </li>
  `;
}
