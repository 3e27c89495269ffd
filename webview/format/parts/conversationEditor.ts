import { html, type TemplateResult } from 'lit';
import type { Mapping, Role } from '../../../src/protocol/dataset';
import { problemOf } from '../problems';
import { roleNames } from '../roleNames';
import type { View } from '../view';
import { columnSelect, optionalColumnSelect } from './columnSelect';
import { roleSelect } from './role';
import { systemField } from './systemField';
import { textField, wrong } from './textField';

type Conversation = Extract<Mapping, { kind: 'conversation' }>;

/** A column of messages: where it is, what its keys are called, what its roles are here. */
export function conversationEditor(mapping: Conversation, view: View): TemplateResult {
  const { words, actions, state } = view;
  const { t } = words;
  const columns = state.preview?.columns ?? [];
  const set = (change: Partial<Conversation>): void => actions.change({ ...mapping, ...change });
  return html`
    ${columnSelect(t('Column with the messages'), mapping.column, columns, (column) => set({ column }))}
    ${wrong(problemOf(mapping, 'column', view))}
    <div class="two">
      ${textField({
        id: 'role-key',
        label: t('Key of the role'),
        value: mapping.roleKey,
        problem: problemOf(mapping, 'roleKey', view),
        mono: true,
        act: (roleKey) => set({ roleKey }),
      })}
      ${textField({
        id: 'content-key',
        label: t('Key of the text'),
        value: mapping.contentKey,
        problem: problemOf(mapping, 'contentKey', view),
        mono: true,
        act: (contentKey) => set({ contentKey }),
      })}
    </div>
    ${rolesTable(mapping, view, set)}
    ${optionalColumnSelect(t('Column with tool definitions'), mapping.tools, columns, words, (tools) => set({ tools }))}
    ${systemField(mapping, view)}
  `;
}

function rolesTable(mapping: Conversation, view: View, set: (change: Partial<Conversation>) => void): TemplateResult {
  const { words, state } = view;
  const { t } = words;
  const found = roleNames(mapping, state.preview?.rows ?? []);
  // What the rows say comes first; what only the mapping knows may stand in rows below.
  const names = [...new Set([...found, ...Object.keys(mapping.roles)])];
  const act = (name: string, role: Role | null): void => {
    const { [name]: _, ...others } = mapping.roles;
    set({ roles: role === null ? others : { ...mapping.roles, [name]: role } });
  };
  return html`
    <table class="roles">
      <caption>
        ${t('Roles')}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t('In the file')}</th>
          <th scope="col">${t('Becomes')}</th>
        </tr>
      </thead>
      <tbody>
        ${names.map(
          (name) => html`
            <tr>
              <th scope="row">
                <code>${name}</code>
                ${found.includes(name) ? '' : html`<span class="quiet note">${t('not in the first rows')}</span>`}
              </th>
              <td>${roleSelect(name, mapping.roles[name], words, (role) => act(name, role))}</td>
            </tr>
          `,
        )}
      </tbody>
    </table>
  `;
}
