import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { StepOutput } from '../../../src/protocol/outputs';
import type { ViewContext } from '../view';
import { linkAction } from './actions';
import { fixLinks } from './fixes';

/** What was changed on its own, or deserves a look. */
export function warningList(warnings: StepOutput['warnings'], context: ViewContext): unknown {
  return guard([warnings, context.words], () => (warnings.length === 0 ? nothing : list(warnings, context)));
}

function list(warnings: StepOutput['warnings'], context: ViewContext): TemplateResult {
  const { t } = context.words;
  return html`
    <ul class="warnings" aria-label=${t('Warnings')}>
      ${warnings.map(({ message, args, recipePath, fixes = [] }) => {
        const text = t(message, ...args);
        return html`
          <li class="notice warn">
            <span>${text}</span>
            <span class="warning-actions">
              ${fixLinks(fixes, context)}
              ${
                recipePath.length === 0
                  ? nothing
                  : linkAction(
                      t('Show in recipe'),
                      { type: 'revealRecipeKey', recipePath },
                      context,
                      recipePath.join('.'),
                    )
              }
            </span>
          </li>
        `;
      })}
    </ul>
  `;
}
