import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { TokenFinding, TokenView } from '../../src/protocol/tokenView';
import type { ViewContext } from './context';
import { sentence } from './sentence';

/** What only this renderer can't do: Python may. */
const FOR_THE_TRAINER: ReadonlySet<TokenFinding['kind']> = new Set(['templateUnsupported', 'tokenizerUnreadable']);

/** What a person should know before a run, errors first. */
export function findings(view: TokenView, context: ViewContext): TemplateResult | typeof nothing {
  const { t } = context.words;
  const errorsFirst = view.findings.toSorted((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'));
  if (errorsFirst.length === 0) return nothing;
  return html`
    <ul class="findings" aria-label=${t('Findings')}>
      ${errorsFirst.map((finding) => one(finding, view, context))}
    </ul>
  `;
}

function one(finding: TokenFinding, { source, datasetFile }: TokenView, context: ViewContext): TemplateResult {
  const { words, ask } = context;
  const { t } = words;
  const { kind, severity, message, remedy, fixes, recipePath, line } = finding;
  const askable = source === 'editor' && FOR_THE_TRAINER.has(kind);
  return html`
    <li class="notice finding ${severity === 'error' ? 'bad' : 'warn'}" data-kind=${kind}>
      <p>
        <span class="badge ${severity === 'error' ? 'bad' : 'warn'}"
          >${severity === 'error' ? t('error') : t('warning')}</span
        >
        <strong>${sentence(message, words)}</strong>
      </p>
      <p>${sentence(remedy, words)}</p>
      <div class="actions">
        ${fixes.map(
          ({ title, set }, index) => html`
            <vscode-button ?secondary=${index > 0} @click=${() => ask('setValues', set)}
              >${sentence(title, words)}</vscode-button
            >
          `,
        )}
        ${
          askable
            ? html`<vscode-button @click=${() => ask('askTrainer', null)}>${t('Ask the trainer')}</vscode-button>`
            : nothing
        }
        ${
          recipePath.length === 0
            ? nothing
            : html`<button
                type="button"
                class="link"
                aria-label="${t('Show in recipe')}: ${recipePath.join('.')}"
                @click=${() => ask('showInRecipe', recipePath)}
              >
                ${t('Show in recipe')}
              </button>`
        }
        ${
          line === null || datasetFile === null
            ? nothing
            : html`<button type="button" class="link" @click=${() => ask('showRow', { line, focus: true })}>
                ${t('Show line {0} of the dataset', words.integer(line))}
              </button>`
        }
      </div>
    </li>
  `;
}
