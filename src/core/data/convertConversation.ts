import type { Mapping } from '../../protocol/dataset';
import { withSystem } from './convertSystem';
import { listTurns } from './listTurns';
import type { SourceRow } from './sourceRow';
import type { Turn } from './turn';

type ConversationMapping = Extract<Mapping, { kind: 'conversation' }>;

export function conversationConverter(mapping: ConversationMapping): (row: SourceRow) => readonly Turn[] {
  const addSystem = withSystem(mapping.system);
  return (row) => addSystem(row, listTurns(row, mapping.column, mapping));
}
