import { columnsOf } from '../../core/data/columns';
import { convertRow } from '../../core/data/convert';
import { recognise } from '../../core/data/recognise';
import type { ReadItem } from '../../core/data/sourceRow';
import type { DatasetCalls, DatasetPreview, Mapping, PreviewRow, RowProblem } from '../../protocol/dataset';
import { datasetFile } from './datasetFile';
import { ReadError } from './readError';
import { readRows } from './readRows';
import { sourceText } from './sourceText';

const SOURCE_CHARACTERS = 4000;
/** What the form is recognised by, however few are shown: the first rows may lack a column. */
const RECOGNISED_ROWS = 100;

/** Looks at the first rows of a file, and at nothing behind them. */
export async function previewDataset(
  { path, mapping: wanted, rows: count }: DatasetCalls['previewDataset']['params'],
  { signal }: { readonly signal: AbortSignal },
): Promise<DatasetPreview> {
  const { format, gzip, bytes } = await datasetFile(path);
  const { items, problem } = await firstItems(path, Math.max(count, RECOGNISED_ROWS), signal);
  const values = items.flatMap((item) => (item.kind === 'row' ? [item.row.value] : []));
  const detections = recognise(values);
  const mapping = wanted ?? detections[0]?.mapping ?? null;
  return {
    path,
    format,
    gzip,
    bytes,
    columns: columnsOf(values),
    detections,
    mapping,
    rows: items.slice(0, count).map((item) => previewRow(item, mapping)),
    problem,
  };
}

interface FirstItems {
  readonly items: readonly ReadItem[];
  /** Why reading ended before that many rows. */
  readonly problem: RowProblem | null;
}

async function firstItems(path: string, count: number, signal: AbortSignal): Promise<FirstItems> {
  const items: ReadItem[] = [];
  try {
    for await (const batch of readRows(path, { signal })) {
      items.push(...batch.slice(0, count - items.length));
      if (items.length === count) break;
    }
    return { items, problem: null };
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return { items, problem: error.problem };
  }
}

function previewRow(item: ReadItem, mapping: Mapping | null): PreviewRow {
  const empty = { messages: null, tools: null, problem: null };
  if (item.kind === 'problem') {
    const { row, line, reason } = item.problem;
    return { ...empty, row, line, source: item.source.slice(0, SOURCE_CHARACTERS), problem: reason };
  }
  const { row, line } = item.row;
  const source = sourceText(item.row).slice(0, SOURCE_CHARACTERS);
  if (mapping === null) return { ...empty, row, line, source };
  const made = convertRow(item.row, mapping);
  return made.ok
    ? { ...empty, row, line, source, ...made.value }
    : { ...empty, row, line, source, problem: made.error };
}
