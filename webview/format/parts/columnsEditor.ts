import { html, type TemplateResult } from 'lit';
import type { Mapping } from '../../../src/protocol/dataset';
import { problemOf } from '../problems';
import type { View } from '../view';
import { optionalColumnSelect } from './columnSelect';
import { systemField } from './systemField';
import { templateField } from './templateField';

type Columns = Extract<Mapping, { kind: 'columns' }>;

/** Templates of what each role says. */
export function columnsEditor(mapping: Columns, view: View): TemplateResult {
  const { words, actions, state } = view;
  const { t } = words;
  const columns = state.preview?.columns ?? [];
  const set = (change: Partial<Columns>): void => actions.change({ ...mapping, ...change });
  return html`
    ${templateField(
      {
        id: 'user',
        label: t('The user says'),
        value: mapping.user,
        problem: problemOf(mapping, 'user', view),
        hint: t('[[ ]] around a part leaves it out where its columns are empty. Empty: plain text without a user.'),
        act: (user) => set({ user }),
      },
      columns,
      words,
    )}
    ${templateField(
      {
        id: 'assistant',
        label: t('The assistant answers'),
        value: mapping.assistant,
        problem: problemOf(mapping, 'assistant', view),
        act: (assistant) => set({ assistant }),
      },
      columns,
      words,
    )}
    ${systemField(mapping, view)}
    <div class="two">
      ${optionalColumnSelect(t('Column with earlier turns'), mapping.history, columns, words, (history) => set({ history }))}
      ${optionalColumnSelect(t('Column with tool definitions'), mapping.tools, columns, words, (tools) => set({ tools }))}
    </div>
  `;
}
