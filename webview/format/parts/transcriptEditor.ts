import { html, type TemplateResult } from 'lit';
import type { Mapping, Role } from '../../../src/protocol/dataset';
import { escapeText, unescapeText } from '../escapes';
import { problemOf } from '../problems';
import type { View } from '../view';
import { columnSelect } from './columnSelect';
import { roleName } from '../../shared/roleName';
import { ROLES } from './role';
import { systemField } from './systemField';
import { textArea, textField, wrong } from './textField';

type Transcript = Extract<Mapping, { kind: 'transcript' }>;

/** A text with the whole conversation in it: what stands before what each role says. */
export function transcriptEditor(mapping: Transcript, view: View): TemplateResult {
  const { words, actions, state } = view;
  const { t } = words;
  const set = (change: Partial<Transcript>): void => actions.change({ ...mapping, ...change });
  const setMarker = (role: Role, marker: string): void => {
    const { [role]: _, ...others } = mapping.markers;
    set({ markers: marker === '' ? others : { ...mapping.markers, [role]: marker } });
  };
  return html`
    ${columnSelect(t('Column with the text'), mapping.column, state.preview?.columns ?? [], (column) => set({ column }))}
    ${wrong(problemOf(mapping, 'column', view))}
    <fieldset>
      <legend>${t('What stands before what each says')}</legend>
      ${ROLES.map((role) =>
        textField({
          id: `marker-${role}`,
          label: roleName(role, words),
          value: escapeText(mapping.markers[role] ?? ''),
          placeholder: t('(none)'),
          mono: true,
          act: (text) => setMarker(role, unescapeText(text)),
        }),
      )}
      ${wrong(problemOf(mapping, 'markers', view))}
      <p class="quiet hint">${t('{0} is a line break.', '\\n')}</p>
    </fieldset>
    <div class="field">
      ${textArea({
        id: 'ends',
        label: t('What ends a turn'),
        value: (mapping.ends ?? []).join('\n'),
        placeholder: t('(none)'),
        hint: t('One a line, such as {0}. Nobody says it.', '<|im_end|>'),
        mono: true,
        act: (text) => set({ ends: text === '' ? [] : text.split('\n') }),
      })}
    </div>
    ${systemField(mapping, view)}
  `;
}
