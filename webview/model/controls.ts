import { html, nothing, type TemplateResult } from 'lit';
import type { ModelPicture } from '../../src/protocol/modelPanel';
import type { ViewContext } from './context';
import { rank } from './rank';
import type { Reckoning } from './reckon';
import { targets } from './targets';

/** The lora section of the recipe, to try: counted at once, written a moment later. */
export function controls(reckoning: Reckoning, picture: ModelPicture, context: ViewContext): TemplateResult {
  const { t } = context.words;
  return html`
    <section class="card controls" aria-label=${t('LoRA')}>
      <h2>${t('LoRA')}</h2>
      ${hasLora(picture, context)} ${rank(reckoning, context)} ${targets(reckoning, context)}
      ${nothingMatched(reckoning, context)}
    </section>
  `;
}

function hasLora({ setting }: ModelPicture, { words }: ViewContext): TemplateResult | typeof nothing {
  return setting.hasLora
    ? nothing
    : html`<p class="notice info">
        ${words.t('The recipe has no lora section yet: these are the values it would have. Change one, and it is written.')}
      </p>`;
}

function nothingMatched({ plan, refused }: Reckoning, { words, ask }: ViewContext): TemplateResult | typeof nothing {
  const { t } = words;
  if (plan.targets.length > 0) return nothing;
  return html`
    <div class="notice warn">
      <p>
        ${
          refused
            ? t(
                'PEFT would refuse this lora section, so nothing would be trained. The problem that is marked in the recipe says why.',
              )
            : t('No layer gets an adapter, so nothing would be trained. Tick what LoRA shall stand beside.')
        }
      </p>
      <button type="button" class="link" @click=${() => ask('showInRecipe', ['lora', 'target_modules'])}>
        ${t('Show in recipe')}
      </button>
    </div>
  `;
}
