import { message } from '../../common/message';
import type { Mapping } from '../../protocol/dataset';
import { isBlank } from './content';
import { withSystem } from './convertSystem';
import { columnValue, excerpt, textOf } from './piece';
import { RowError } from './rowError';
import type { SourceRow } from './sourceRow';
import { TranscriptSplitter } from './transcript';
import { textTurn, type Turn } from './turn';

type TranscriptMapping = Extract<Mapping, { kind: 'transcript' }>;

export function transcriptConverter(mapping: TranscriptMapping): (row: SourceRow) => readonly Turn[] {
  const splitter = new TranscriptSplitter(mapping);
  const addSystem = withSystem(mapping.system);
  const { column } = mapping;
  return (row) => {
    if (columnValue(row, column) === undefined) throw new RowError(message('There is no {0} in this row.', column));
    const text = textOf(row, column);
    if (isBlank(text)) throw new RowError(message('{0} is empty.', column));
    const { before, segments, outside } = splitter.split(text);
    if (outside !== null) {
      throw new RowError(message('{0} has text that nobody is said to say: {1}', column, excerpt(outside)));
    }
    if (segments.length === 0) {
      throw new RowError(message('{0} holds none of the markers that say who speaks: {1}', column, excerpt(text)));
    }
    const turns = segments.map((segment) => textTurn(segment.role, segment.text));
    // What stands before the first turn instructs ("Below is an instruction that …"), as a system message does.
    return addSystem(row, before === '' ? turns : [textTurn('system', before), ...turns]);
  };
}
