import { message } from '../../common/message';
import type { Mapping, Role } from '../../protocol/dataset';
import { isBlank } from './content';
import { historyTurns } from './history';
import { commonKeys, listTurns } from './listTurns';
import { columnValue, textOf } from './piece';
import { RowError } from './rowError';
import type { SourceRow } from './sourceRow';
import { withSystem } from './convertSystem';
import { compiledTemplate } from './compiledTemplate';
import { onlyColumn, renderTemplate, templateColumns, type Template } from './templateString';
import { textTurn, type Turn } from './turn';

type ColumnsMapping = Extract<Mapping, { kind: 'columns' }>;

export function columnsConverter(mapping: ColumnsMapping): (row: SourceRow) => readonly Turn[] {
  const addSystem = withSystem(mapping.system);
  const user = mapping.user === '' ? null : compiledTemplate(mapping.user);
  const assistant = compiledTemplate(mapping.assistant);
  const { history } = mapping;
  return (row) =>
    addSystem(row, [
      ...(history === null ? [] : historyTurns(row, history)),
      ...(user === null ? [] : said(row, user, 'user')),
      ...said(row, assistant, 'assistant'),
    ]);
}

/** A text is what this role says; a list is a piece of a conversation, as in TRL's prompt-completion data sets. */
function said(row: SourceRow, template: Template, role: Role): readonly Turn[] {
  const only = onlyColumn(template);
  const value = only === null ? null : columnValue(row, only);
  if (only !== null && Array.isArray(value)) return listTurns(row, only, commonKeys(value));
  const text = renderTemplate(template, (column) => textOf(row, column));
  if (!isBlank(text)) return [textTurn(role, text)];
  throw new RowError(nothingSaid(row, template, role));
}

function nothingSaid(row: SourceRow, template: Template, role: Role): ReturnType<typeof message> {
  const columns = templateColumns(template);
  const missing = columns.find((column) => columnValue(row, column) === undefined);
  if (missing !== undefined) return message('There is no {0} in this row.', missing);
  return message('{0} is empty: {1} says nothing.', columns.join(', '), role);
}
