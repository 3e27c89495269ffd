import { message } from '../../../common/message';
import { foreignRoles, readTurns, wholeFindings } from './conversation';
import type { Finding } from './finding';
import type { RowForm } from './form';
import { likelyRole } from './roles';
import { toolDefinitionFindings } from './toolCalls';
import type { Turn } from './turns';

type Row = Readonly<Record<string, unknown>>;

/** What is wrong with a row's values, as the trainer will see them. */
export function rowFindings(row: Row, form: RowForm): readonly Finding[] {
  const findings: Finding[] = [];
  const system = systemTurn(row, form.system, findings);
  findings.push(...toolDefinitionFindings(row['tools'], ['tools']));
  if (form.kind === 'conversation') {
    const value = row[form.column];
    const turns = readTurns(value, [form.column], findings);
    const whole = turns === null ? [] : wholeFindings([...system, ...turns], [form.column]);
    const foreign = foreignRoles(value, [form.column]);
    return [...findings, ...whole, ...(foreign === null ? [] : [foreign])];
  }
  const prompt = turnsOf(row, form.prompt, 'user', findings);
  const completion = turnsOf(row, form.completion, 'assistant', findings);
  if (prompt === null || completion === null) return findings;
  return [...findings, ...wholeFindings([...system, ...prompt, ...completion], [form.completion])];
}

/** `_turn` of conversations.py: a text is what this role says; a list is a piece of a conversation. */
function turnsOf(row: Row, column: string, role: 'user' | 'assistant', findings: Finding[]): readonly Turn[] | null {
  const value = row[column];
  if (Array.isArray(value)) return readTurns(value, [column], findings);
  const text = columnText(row, column, findings);
  if (text === null) return null;
  return [{ at: [column], role, roleAt: [column], contentAt: [column], text, calls: false, plain: false }];
}

function systemTurn(row: Row, column: string | null, findings: Finding[]): readonly Turn[] {
  if (column === null || row[column] === undefined || row[column] === null || row[column] === '') return [];
  const text = columnText(row, column, findings);
  if (text === null) return [];
  return [{ at: [column], role: 'system', roleAt: [column], contentAt: [column], text, calls: false, plain: false }];
}

/** `_text` of conversations.py. */
function columnText(row: Row, column: string, findings: Finding[]): string | null {
  const value = row[column];
  const at = [column];
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string' && value.trim() !== '') return value;
  if (value === undefined)
    findings.push({
      kind: 'missingColumn',
      severity: 'error',
      at: [],
      message: message('The row has no column {0}.', column),
    });
  else if (value === null || value === '' || typeof value === 'string')
    findings.push({
      kind: 'emptyContent',
      severity: 'error',
      at,
      message: message('The column {0} is empty here.', column),
    });
  else
    findings.push({
      kind: 'wrongShape',
      severity: 'error',
      at,
      message: message('The column {0} holds no text here.', column),
      fixes:
        typeof value === 'boolean'
          ? [{ title: message('Put it in quotes'), changes: [{ change: 'surround', at, before: '"', after: '"' }] }]
          : [],
    });
  return null;
}

/**
 * What makes two rows the same to the trainer: the words and who says them, whatever the columns beside. Null where the row
 * has none.
 */
export function conversationKey(row: Row, form: RowForm): string | null {
  const system = form.system === null ? null : row[form.system];
  if (form.kind === 'columns') {
    const parts = [system ?? null, row[form.prompt], row[form.completion]];
    return parts[1] === undefined || parts[2] === undefined ? null : JSON.stringify(parts);
  }
  const value = row[form.column];
  if (!Array.isArray(value) || value.length === 0) return null;
  return JSON.stringify([system ?? null, value.map(normalised)]);
}

function normalised(item: unknown): unknown {
  if (typeof item !== 'object' || item === null) return item;
  const { role, from, content, value, ...rest } = item as Record<string, unknown>; // SAFETY: an object has such keys or not
  const name = role ?? from;
  return [typeof name === 'string' ? (likelyRole(name, 'role') ?? name) : name, content ?? value, rest];
}
