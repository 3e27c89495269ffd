import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import { assertNever } from '../../src/common/assertNever';
import type { TokenFinding } from '../../src/protocol/tokenView';
import type { ViewContext } from './context';
import { sentence } from '../shared/sentence';

/** What only this renderer can't do: Python may. */
const FOR_THE_TRAINER: ReadonlySet<TokenFinding['kind']> = new Set(['templateUnsupported', 'tokenizerUnreadable']);

const ORDER: readonly TokenFinding['severity'][] = ['error', 'warning', 'information'];
const CLASS = { error: 'bad', warning: 'warn', information: 'info' } as const;

/** What a person should know before a run, errors first. `askable`: the trainer was not asked yet. */
export function findings(
  all: readonly TokenFinding[],
  askable: boolean,
  context: ViewContext,
): TemplateResult | typeof nothing {
  const { t } = context.words;
  const errorsFirst = all.toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
  if (errorsFirst.length === 0) return nothing;
  return html`
    <ul class="findings" aria-label=${t('Findings')}>
      ${errorsFirst.map((finding) => one(finding, askable && FOR_THE_TRAINER.has(finding.kind), context))}
    </ul>
  `;
}

function severityWord(severity: TokenFinding['severity'], { t }: ViewContext['words']): string {
  switch (severity) {
    case 'error':
      return t('error');
    case 'warning':
      return t('warning');
    case 'information':
      return t('note');
    default:
      return assertNever(severity);
  }
}

function one(finding: TokenFinding, askable: boolean, context: ViewContext): TemplateResult {
  const { words, ask } = context;
  const { t } = words;
  const { kind, severity, message, remedy, fixes, recipePath, line } = finding;
  return html`
    <li class="notice finding ${CLASS[severity]}" data-kind=${kind}>
      <p>
        <span class="badge ${CLASS[severity]}">${severityWord(severity, words)}</span>
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
          line === null
            ? nothing
            : html`<button type="button" class="link" @click=${() => ask('showRow', { line, focus: true })}>
                ${t('Show line {0} of the dataset', words.integer(line))}
              </button>`
        }
      </div>
    </li>
  `;
}
