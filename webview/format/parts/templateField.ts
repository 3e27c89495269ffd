import { html, nothing, type TemplateResult } from 'lit';
import { columnTemplate } from '../../../src/core/data/templateString';
import type { ColumnInfo } from '../../../src/protocol/dataset';
import type { Words } from '../../shared/words';
import { type Field, textArea } from './textField';

/** A template of a message, with a button for each column that puts it where the cursor stands. */
export function templateField(field: Field, columns: readonly ColumnInfo[], words: Words): TemplateResult {
  const { t } = words;
  const placeholders = columns.flatMap(({ name, example }) => {
    const placeholder = columnTemplate(name);
    return placeholder === null ? [] : [{ name, example, placeholder }];
  });
  return html`
    <div class="field">
      ${textArea({ ...field, mono: true })}
      ${
        placeholders.length === 0
          ? nothing
          : html`<div class="chips" role="group" aria-label=${t('Insert a column into {0}', field.label)}>
              ${placeholders.map(
                ({ name, example, placeholder }) =>
                  html`<button
                    type="button"
                    class="chip insert"
                    title=${example}
                    @click=${(event: Event) => insert(event, field, placeholder)}
                  >
                    ${name}
                  </button>`,
              )}
            </div>`
      }
    </div>
  `;
}

function insert({ currentTarget }: Event, { id, act }: Field, placeholder: string): void {
  if (!(currentTarget instanceof Element)) return;
  const root = currentTarget.getRootNode();
  const area = root instanceof ShadowRoot ? root.getElementById(id) : null;
  if (!(area instanceof HTMLTextAreaElement)) return;
  // setRangeText keeps the rest as it is and puts the cursor behind; the browser's own undo goes on from there
  area.setRangeText(placeholder, area.selectionStart, area.selectionEnd, 'end');
  act(area.value);
  area.focus();
}
