import { html, type TemplateResult } from 'lit';
import type { ColumnInfo } from '../../../src/protocol/dataset';
import { select, type SelectOption } from '../../shared/select';
import type { Words } from '../../shared/words';

/** A column by name; `none`: what it is called when there is none. A column that the file doesn't have stays visible. */
export function columnSelect(
  label: string,
  value: string | null,
  columns: readonly ColumnInfo[],
  act: (column: string) => void,
): TemplateResult {
  return labelled(label, select(label, value ?? '', options(value, columns), act));
}

export function optionalColumnSelect(
  label: string,
  value: string | null,
  columns: readonly ColumnInfo[],
  words: Words,
  act: (column: string | null) => void,
): TemplateResult {
  const none: SelectOption = { value: '', label: words.t('(none)') };
  return labelled(
    label,
    select(label, value ?? '', [none, ...options(value, columns)], (column) => act(column === '' ? null : column)),
  );
}

function labelled(label: string, control: unknown): TemplateResult {
  return html`<div class="field"><span class="label" aria-hidden="true">${label}</span>${control}</div>`;
}

function options(value: string | null, columns: readonly ColumnInfo[]): SelectOption[] {
  const names = columns.map(({ name }) => name);
  if (value !== null && value !== '' && !names.includes(value)) names.unshift(value);
  return names.map((name) => ({ value: name, label: name }));
}
