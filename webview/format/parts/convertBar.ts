import { html, nothing, type TemplateResult } from 'lit';
import { mappingProblems } from '../problems';
import type { View } from '../view';
import { primary, secondary } from './button';
import { textField } from './textField';

/** Where the result goes, and the button that makes it. */
export function convertBar(view: View): TemplateResult {
  const { state, words, actions } = view;
  const { t } = words;
  const { mapping, target, job } = state;
  const empty = target.trim() === '';
  const ready = mapping !== null && !empty && mappingProblems(state).length === 0;
  const onSubmit = (event: Event): void => {
    event.preventDefault();
    if (ready) actions.convert(false);
  };
  return html`
    <form class="convert" aria-label=${t('Convert')} @submit=${onSubmit}>
      ${job?.kind === 'exists' ? taken(job, view) : nothing}
      <div class="convert-row">
        ${textField({
          id: 'target',
          label: t('Write to'),
          value: target,
          problem: empty ? t('Name the file to write.') : null,
          mono: true,
          act: (value) => actions.setTarget(value),
        })}
        ${secondary(t('Choose…'), () => actions.chooseTarget())}
        ${primary(t('Convert'), () => actions.convert(false), !ready)}
      </div>
    </form>
  `;
}

function taken(
  { target, free }: { readonly target: string; readonly free: string },
  { words, actions }: View,
): TemplateResult {
  const { t } = words;
  return html`
    <div class="notice warn" role="alert">
      <p>${t('{0} exists already.', target)}</p>
      <div class="actions">
        ${secondary(t('Overwrite it'), () => actions.convert(true))}
        ${secondary(t('Use {0}', free), () => {
          actions.setTarget(free);
          actions.convert(false);
        })}
      </div>
    </div>
  `;
}
