import { assertNever } from '../../common/assertNever';
import type { Detection, Mapping } from '../../protocol/dataset';
import { recognise } from './recognise';
import type { Row } from './rows';
import { onlyColumn, parseTemplate, type Template } from './templateString';

/** Which column is which role, in the words of the recipe's data.columns. */
export type Columns =
  | { readonly messages: string }
  | { readonly prompt: string; readonly completion: string; readonly system?: string };

/** Guesses the columns from a few rows; null where the trainer can't read them as they are. A person confirms the guess. */
export function detectColumns(rows: readonly Row[]): Columns | null {
  for (const detection of recognise(rows)) {
    const columns = columnsFor(detection, rows);
    if (columns !== null) return columns;
  }
  return null;
}

function columnsFor({ mapping }: Detection, rows: readonly Row[]): Columns | null {
  switch (mapping.kind) {
    case 'conversation':
      return isReadByTrainer(mapping, rows) ? { messages: mapping.column } : null;
    case 'columns':
      return pairFor(mapping);
    case 'transcript':
      return null;
    default:
      return assertNever(mapping);
  }
}

/** OpenAI's keys, or ShareGPT's, in lists: not in the JSON text of one (trainer, conversations.py, _conversation). */
function isReadByTrainer(mapping: Extract<Mapping, { kind: 'conversation' }>, rows: readonly Row[]): boolean {
  const keys = `${mapping.roleKey} ${mapping.contentKey}`;
  return (keys === 'role content' || keys === 'from value') && rows.some((row) => Array.isArray(row[mapping.column]));
}

function pairFor(mapping: Extract<Mapping, { kind: 'columns' }>): Columns | null {
  const prompt = mainColumn(mapping.user);
  const completion = mainColumn(mapping.assistant);
  if (prompt === null || completion === null) return null;
  const system = mapping.system === null ? null : mainColumn(mapping.system);
  return system === null ? { prompt, completion } : { prompt, completion, system };
}

/** A recipe names one column for a role: the one that isn't optional. */
function mainColumn(template: string): string | null {
  const parsed = parseTemplate(template);
  if (!parsed.ok) return null;
  const needed: Template = parsed.value.filter((part) => part.kind !== 'optional');
  return onlyColumn(needed);
}
