import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import { assertNever } from '../../src/common/assertNever';
import type { ModelTrouble } from '../../src/protocol/model';
import type { ModelPicture } from '../../src/protocol/modelPanel';
import { lastPicture, recipeUnread } from '../shared/recipeUnread';
import { sentence } from '../shared/sentence';
import type { ViewContext } from './context';

const CLASS = { error: 'bad', warning: 'warn', information: 'info' } as const;

/** What is under way or in the way. The last model stays below, and is said to be the last. */
export function status({ setting, shown }: ModelPicture, context: ViewContext): TemplateResult | typeof nothing {
  const { state } = setting;
  const { words, ask } = context;
  switch (state.kind) {
    case 'shown':
      return nothing;
    case 'reading':
      return reading(context);
    case 'problems':
      return recipeUnread(
        words.t('The recipe can’t be read, so nothing new can be counted.'),
        state.problems,
        shown !== null,
        {
          words,
          showRecipe: () => ask('showInRecipe', []),
        },
      );
    case 'trouble':
      return trouble(state.trouble, { hub: state.hub, isLast: shown !== null }, context);
    default:
      return assertNever(state);
  }
}

function reading({ words }: ViewContext): TemplateResult {
  const what = words.t('Reading the model’s configuration and the headers of its weights');
  return html`
    <div class="working">
      <p role="status">${what}</p>
      <vscode-progress-bar indeterminate aria-label=${what}></vscode-progress-bar>
    </div>
  `;
}

function trouble(
  { severity, message, remedy, file }: ModelTrouble,
  { hub, isLast }: { readonly hub: boolean; readonly isLast: boolean },
  context: ViewContext,
): TemplateResult {
  const { words, ask } = context;
  const { t } = words;
  const text = sentence(message, words);
  return html`
    <div class="notice ${CLASS[severity]}" role="alert">
      <strong class="notice-title">${text}</strong>
      <p>${sentence(remedy, words)}</p>
      ${file === null || text.includes(file) ? nothing : html`<p class="quiet"><code>${file}</code></p>`}
      <div class="actions">
        ${
          hub
            ? html`<vscode-button @click=${() => ask('readFromHub', null)}>${t('Read from the Hub')}</vscode-button>`
            : nothing
        }
        <vscode-button ?secondary=${hub} @click=${() => ask('tryAgain', null)}>${t('Try again')}</vscode-button>
        <button type="button" class="link" @click=${() => ask('showInRecipe', ['model', 'model_name_or_path'])}>
          ${t('Show in recipe')}
        </button>
      </div>
      ${lastPicture(isLast, words)}
    </div>
  `;
}
