import { compiledTemplate } from './compiledTemplate';
import { isBlank } from './content';
import { textOf } from './piece';
import type { SourceRow } from './sourceRow';
import { renderTemplate } from './templateString';
import { textTurn, type Turn } from './turn';

/** Puts the system message of a mapping before conversations that have none; '' is none. */
export function withSystem(template: string | null): (row: SourceRow, turns: readonly Turn[]) => readonly Turn[] {
  if (template === null || template === '') return (_, turns) => turns;
  const parts = compiledTemplate(template);
  return (row, turns) => {
    if (turns.some((turn) => turn.role === 'system')) return turns;
    const text = renderTemplate(parts, (column) => textOf(row, column));
    return isBlank(text) ? turns : [textTurn('system', text), ...turns];
  };
}
