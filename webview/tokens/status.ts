import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import { assertNever } from '../../src/common/assertNever';
import type { TokensPicture } from '../../src/protocol/tokenPanel';
import { lastPicture, recipeUnread } from '../shared/recipeUnread';
import type { ViewContext } from './context';
import { findings } from './findings';

/** What is under way or in the way. The last picture stays below, and is said to be the last. */
export function status({ state, view }: TokensPicture, context: ViewContext): TemplateResult | typeof nothing {
  const { words, ask } = context;
  switch (state.kind) {
    case 'shown':
      return nothing;
    case 'working':
      return working(state, context);
    case 'problems':
      return recipeUnread(
        words.t('The recipe can’t be read, so its tokens can’t be shown.'),
        state.problems,
        view !== null,
        {
          words,
          showRecipe: () => ask('showInRecipe', []),
        },
      );
    case 'failed':
      return failed(state, view !== null, context);
    default:
      return assertNever(state);
  }
}

function working(
  { by, rows }: Extract<TokensPicture['state'], { kind: 'working' }>,
  { words, ask }: ViewContext,
): TemplateResult {
  const { t, integer } = words;
  const what = by === 'editor' ? t('Turning rows into tokens') : t('The trainer turns rows into tokens');
  return html`
    <div class="working">
      <div class="working-words">
        <span role="status">${what}</span>
        ${rows === null ? nothing : html`<span class="quiet number">${t('{0} rows', integer(rows))}</span>`}
        <button type="button" class="link" @click=${() => ask('stop', null)}>${t('Stop')}</button>
      </div>
      <vscode-progress-bar indeterminate aria-label=${what}></vscode-progress-bar>
    </div>
  `;
}

function failed(
  { reason, findings: known }: Extract<TokensPicture['state'], { kind: 'failed' }>,
  hasPicture: boolean,
  context: ViewContext,
): TemplateResult {
  const { t } = context.words;
  const explained = known.length > 0;
  return html`
    <div class="notice bad" role="alert">
      <strong class="notice-title">${t('The tokens can’t be shown.')}</strong>
      ${explained ? nothing : html`<p class="reason" .textContent=${reason}></p>`}
      <div class="actions">
        <vscode-button ?secondary=${explained} @click=${() => context.ask('tryAgain', null)}
          >${t('Try again')}</vscode-button
        >
        ${
          explained
            ? nothing
            : html`<vscode-button secondary @click=${() => context.ask('askTrainer', null)}
                >${t('Ask the trainer')}</vscode-button
              >`
        }
      </div>
      ${lastPicture(hasPicture, context.words)}
    </div>
    ${findings(known, true, context)}
  `;
}
