import type { Detection } from '../../protocol/dataset';
import { CHOSEN, METADATA, REJECTED, TEXTS } from './columnNames';
import { recogniseConversation } from './recogniseConversation';
import { freePair, historyColumn, namedPairs, pairDetection, type Pair } from './recognisePairs';
import { recognisePreference } from './recognisePreference';
import { recogniseTranscripts } from './recogniseTranscript';
import type { Row } from './rows';
import { isText, Table } from './table';

/** More than these nobody looks through. */
const MOST = 6;
const CONFIDENCES: readonly Detection['confidence'][] = ['certain', 'likely', 'guess'];

/** What the first rows of a file are: the best first, then what they could be instead; empty where nothing fits. */
export function recognise(rows: readonly Row[]): readonly Detection[] {
  const table = new Table(rows);
  const pairs = namedPairs(table);
  const free = pairs.length === 0 ? freePair(table) : null;
  const preference = recognisePreference(table);
  const conversations = recogniseConversation(table, partsOf(table, pairs, preference));
  const found = [
    ...conversations.named,
    ...(preference === null ? [] : [preference]),
    ...pairs.map((pair) => pairDetection(pair, table, pair.form === 'pair' ? 'likely' : 'certain')),
    ...conversations.others,
    ...recogniseTranscripts(table),
    ...(free === null ? [] : [pairDetection(free, table, 'guess')]),
  ];
  return [...different(found), ...plainText(table, found.length > 0)]
    .toSorted((a, b) => CONFIDENCES.indexOf(a.confidence) - CONFIDENCES.indexOf(b.confidence))
    .slice(0, MOST);
}

/** Columns with lists of messages that are no whole conversations. */
function partsOf(table: Table, pairs: readonly Pair[], preference: Detection | null): ReadonlySet<string> {
  const parts = new Set(pairs.flatMap(({ prompt, completion }) => [prompt.name, completion.name]));
  const history = historyColumn(table);
  if (history !== null && pairs.length > 0) parts.add(history.name);
  if (preference !== null) {
    for (const column of table.columns) if ([...CHOSEN, ...REJECTED].includes(column.plain)) parts.add(column.name);
  }
  return parts;
}

/** The same mapping found twice is one. */
function different(detections: readonly Detection[]): readonly Detection[] {
  const seen = new Set<string>();
  return detections.filter(({ mapping }) => {
    const key = JSON.stringify(mapping);
    return seen.size !== seen.add(key).size;
  });
}

/** The one column of text there is. `known`: something else was found, which is more likely. */
function plainText(table: Table, known: boolean): readonly Detection[] {
  const texts = table.columns.filter((column) => isText(column) && !METADATA.has(column.plain));
  const column = texts.length === 1 ? texts[0] : texts.find(({ plain }) => TEXTS.includes(plain));
  if (column === undefined) return [];
  const certain = !known && texts.length === 1 && TEXTS.includes(column.plain);
  return [
    {
      form: 'text',
      mapping: { kind: 'columns', system: null, history: null, user: '', assistant: column.template, tools: null },
      confidence: certain ? 'certain' : 'guess',
    },
  ];
}
