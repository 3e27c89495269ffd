import type { Detection, Mapping } from '../../protocol/dataset';
import { METADATA } from './columnNames';
import { systemTemplate } from './recogniseConversation';
import { isText, mostly, type Column, type Table } from './table';
import { TranscriptSplitter, type Marks } from './transcript';
import { FAMILIES } from './transcriptFamilies';

/** Columns of text in which whole conversations are written. */
export function recogniseTranscripts(table: Table): readonly Detection[] {
  return table.columns
    .filter((column) => isText(column) && !METADATA.has(column.plain))
    .flatMap((column) => transcriptIn(column, table) ?? []);
}

export function transcriptIn(column: Column, table: Table): Detection | null {
  const texts = column.values.filter((value) => typeof value === 'string');
  let best: { readonly marks: Required<Marks>; readonly special: boolean; readonly score: number } | null = null;
  for (const { markers, ends = [], leftovers = [], special } of FAMILIES) {
    const marks: Required<Marks> = {
      markers,
      ends: [...ends, ...leftovers.filter((end) => texts.some((text) => text.includes(end)))],
    };
    const score = scoreOf(marks, texts);
    if (score > (best?.score ?? 0)) best = { marks, special, score };
  }
  if (best === null) return null;
  // All markers, not those of the first rows only: a later row may have a system message or a tool.
  const { markers, ends } = best.marks;
  const mapping: Mapping = { kind: 'transcript', column: column.name, markers, ends, system: systemTemplate(table) };
  return { form: 'transcript', mapping, confidence: best.special ? 'certain' : 'likely' };
}

/**
 * How many turns it finds in these texts; 0 unless nearly each has a question followed by an answer. "\n\nHuman: " and
 * "\nHuman: " both fit texts of the first kind: what is more exact stands first and wins a tie.
 */
function scoreOf(marks: Marks, texts: readonly string[]): number {
  const { user = '', assistant = '' } = marks.markers;
  const splitter = new TranscriptSplitter(marks);
  let turns = 0;
  const fits = mostly(texts, (text) => {
    if (!text.includes(user.trim()) || !text.includes(assistant.trim())) return false;
    const { segments, outside } = splitter.split(text);
    const asked = segments.findIndex((segment) => segment.role === 'user');
    const answered = segments.findIndex((segment) => segment.role === 'assistant');
    turns += segments.length;
    return asked !== -1 && answered >= asked && outside === null;
  });
  return fits ? turns : 0;
}
