import { columnTemplate } from '../../src/core/data/templateString';
import type { ColumnInfo, Detection, Mapping } from '../../src/protocol/dataset';
import type { Choice } from './state';

/** The mapping that a choice begins with; a system prompt that was typed comes along. */
export function mappingOf(
  choice: Choice,
  detections: readonly Detection[],
  columns: readonly ColumnInfo[],
  current: Mapping | null,
): Mapping | null {
  if (typeof choice !== 'number') return blankMapping(choice, columns, current?.system ?? null);
  return detections[choice]?.mapping ?? null;
}

/** Something to begin with where nothing was recognised: the person says the rest. */
export function blankMapping(kind: Mapping['kind'], columns: readonly ColumnInfo[], system: string | null): Mapping {
  const [first, second] = columns.filter(({ types }) => types.includes('string'));
  switch (kind) {
    case 'conversation':
      return {
        kind,
        column: (columns.find(({ types }) => types.includes('array')) ?? columns[0])?.name ?? '',
        roleKey: 'role',
        contentKey: 'content',
        roles: { system: 'system', user: 'user', assistant: 'assistant', tool: 'tool' },
        tools: null,
        system,
      };
    case 'columns':
      return {
        kind,
        system,
        history: null,
        user: templateOf(first),
        assistant: templateOf(second),
        tools: null,
      };
    case 'transcript':
      return {
        kind,
        column: (first ?? columns[0])?.name ?? '',
        markers: { user: '\n\nHuman: ', assistant: '\n\nAssistant: ' },
        system,
      };
  }
}

function templateOf(column: ColumnInfo | undefined): string {
  return column === undefined ? '' : (columnTemplate(column.name) ?? '');
}
