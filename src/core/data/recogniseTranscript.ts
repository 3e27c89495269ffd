import type { Detection, Mapping } from '../../protocol/dataset';
import { METADATA } from './columnNames';
import { systemTemplate } from './recogniseConversation';
import { isText, type Column, type Table } from './table';
import { TranscriptSplitter } from './transcript';
import { FAMILIES, type Family } from './transcriptFamilies';

/** Of rows that must be written in a way for it to be a column's way. */
const SHARE = 0.8;

/** Columns of text in which whole conversations are written. */
export function recogniseTranscripts(table: Table): readonly Detection[] {
  return table.columns
    .filter((column) => isText(column) && !METADATA.has(column.plain))
    .flatMap((column) => transcriptIn(column, table) ?? []);
}

export function transcriptIn(column: Column, table: Table): Detection | null {
  const texts = column.values.filter((value) => typeof value === 'string');
  let best: { readonly family: Family; readonly score: number } | null = null;
  for (const family of FAMILIES) {
    const score = scoreOf(family, texts);
    if (score > (best?.score ?? 0)) best = { family, score };
  }
  if (best === null) return null;
  const { markers, ends, special } = best.family;
  const seen = Object.entries(markers).filter(([, marker]) => texts.some((text) => text.includes(marker.trim())));
  const mapping: Mapping = {
    kind: 'transcript',
    column: column.name,
    markers: Object.fromEntries(seen),
    ...(ends === undefined ? {} : { ends: ends.filter((end) => texts.some((text) => text.includes(end))) }),
    system: systemTemplate(table),
  };
  return { form: 'transcript', mapping, confidence: special ? 'certain' : 'likely' };
}

/**
 * How many turns it finds in these texts; 0 unless nearly each has a question followed by an answer. "\n\nHuman: " and
 * "\nHuman: " both fit texts of the first kind: what is more exact stands first and wins a tie.
 */
function scoreOf(family: Family, texts: readonly string[]): number {
  const { user = '', assistant = '' } = family.markers;
  const splitter = new TranscriptSplitter(family);
  let fitting = 0;
  let turns = 0;
  for (const text of texts) {
    if (!text.includes(user.trim()) || !text.includes(assistant.trim())) continue;
    const { segments, outside } = splitter.split(text);
    const asked = segments.findIndex((segment) => segment.role === 'user');
    const answered = segments.findIndex((segment) => segment.role === 'assistant');
    if (asked === -1 || answered < asked || outside !== null) continue;
    fitting++;
    turns += segments.length;
  }
  return texts.length > 0 && fitting >= texts.length * SHARE ? turns : 0;
}
