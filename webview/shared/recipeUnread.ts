import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { RecipeTrouble } from '../../src/protocol/tokenPanel';
import type { Words } from './words';

interface Context {
  readonly words: Words;
  showRecipe(): void;
}

/** Why a recipe can't be read, line by line. `isLast`: what the panel showed before stays below. */
export function recipeUnread(
  title: string,
  all: readonly RecipeTrouble[],
  isLast: boolean,
  { words, showRecipe }: Context,
): TemplateResult {
  const { t, integer } = words;
  return html`
    <div class="notice bad" role="alert">
      <strong class="notice-title">${title}</strong>
      <ul class="remedies">
        ${all.map(({ line, message, remedy }) => html`<li>${t('Line {0}:', integer(line))} ${message} ${remedy}</li>`)}
      </ul>
      <div class="actions">
        <vscode-button secondary @click=${showRecipe}>${t('Show in recipe')}</vscode-button>
      </div>
      ${lastPicture(isLast, words)}
    </div>
  `;
}

export function lastPicture(isLast: boolean, { t }: Words): TemplateResult | typeof nothing {
  return isLast ? html`<p class="quiet">${t('What stands below is from before.')}</p>` : nothing;
}
