import type { Detection, Form } from '../../protocol/dataset';
import { isPlainObject } from '../../protocol/shape';
import { CONTEXTS, HISTORIES, INPUTS, METADATA, PAIRS, SYSTEMS, TOOLS } from './columnNames';
import { systemTemplate, toolsColumn } from './recogniseConversation';
import { roleNamed } from './roleNames';
import { isMessageLists, isText, isTextOrNumber, listIn, mayBeText, mostly, type Column, type Table } from './table';

/** What neither the user nor the assistant says. */
const ASIDE: ReadonlySet<string> = new Set([...METADATA, ...SYSTEMS, ...TOOLS, ...HISTORIES]);

/** Who says which column. */
export interface Pair {
  readonly prompt: Column;
  readonly completion: Column;
  readonly form: Form;
}

/** Pairs by their names, the surest first. */
export function namedPairs(table: Table): readonly Pair[] {
  return PAIRS.flatMap(({ prompt: promptName, completion: completionName, form }) => {
    const prompt = table.find([promptName], (column) => isText(column) || isMessageLists(column));
    const completion = table.find([completionName], (column) => isTextOrNumber(column) || isAnswers(column));
    return prompt === null || completion === null ? [] : [{ prompt, completion, form }];
  });
}

/** Two columns of text and no other that could be meant: first the question, then the answer. */
export function freePair(table: Table): Pair | null {
  const texts = table.columns.filter((column) => isText(column) && !ASIDE.has(column.plain));
  const [prompt, completion] = texts;
  return prompt === undefined || completion === undefined || texts.length > 2
    ? null
    : { prompt, completion, form: 'pair' };
}

export function pairDetection(pair: Pair, table: Table, confidence: Detection['confidence']): Detection {
  return {
    form: pair.form,
    mapping: {
      kind: 'columns',
      system: systemTemplate(table),
      history: historyColumn(table)?.name ?? null,
      user: userTemplate(pair, table),
      assistant: pair.completion.template,
      tools: toolsColumn(table),
    },
    confidence,
  };
}

/** A column of earlier turns: pairs of texts, or messages. */
export function historyColumn(table: Table): Column | null {
  return table.find(HISTORIES, ({ values }) => {
    const lists = values.map(listIn);
    return mostly(lists, (list) => list?.every((item) => isPlainObject(item) || isPairOfTexts(item)) ?? false);
  });
}

function isPairOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every((side) => side === null || typeof side === 'string');
}

function userTemplate({ prompt, completion, form }: Pair, table: Table): string {
  if (!isText(prompt)) return prompt.template;
  const about = (names: readonly string[]): string | null => {
    const found = table.find(names, mayBeText);
    return found === null || found === prompt || found === completion ? null : found.template;
  };
  if (form === 'alpaca') {
    const input = about(INPUTS);
    return input === null ? prompt.template : `${prompt.template}[[\n\n${input}]]`;
  }
  const context = form === 'questionAnswer' ? about(CONTEXTS) : null;
  return context === null ? prompt.template : `[[${context}\n\n]]${prompt.template}`;
}

/** Lists of what is said after a prompt: no whole conversations, such as UltraFeedback's `chosen`, which begins with it. */
export function isAnswers(column: Column): boolean {
  return (
    isMessageLists(column) &&
    mostly(column.values, (value) => {
      const [first] = listIn(value) ?? [];
      const said = isPlainObject(first) ? (first['role'] ?? first['from']) : null;
      return typeof said === 'string' && ['assistant', 'tool'].includes(roleNamed(said) ?? '');
    })
  );
}
