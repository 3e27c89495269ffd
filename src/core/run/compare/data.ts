import { message } from '../../../common/message';
import type { ComparedRow } from '../../../protocol/curvesPanel';
import type { EventOf } from '../../../protocol/trainer';
import type { ComparableRun } from '../compareRuns';
import { fileRows } from './dataFiles';
import { type Cell, present, row } from './row';
import type { Speech } from './speech';

/** What the runs learnt from. */
export function compareData(runs: readonly ComparableRun[], speech: Speech): ComparedRow[] {
  const { say, count, percent } = speech;
  const datasets = runs.map(({ state }) => state.steps.data?.dataset ?? null);
  const tokens = runs.map(({ state }) => state.steps.tokenizer?.tokenizer ?? null);
  const counted = (amounts: readonly (number | null)[]): (Cell | null)[] =>
    amounts.map((amount) => (amount === null ? null : { text: count(amount), exact: amount }));
  const lengths = tokens.map((event) => (event?.lengths ?? []).toSorted((a, b) => a - b));
  const files = runs.map(({ state }) => state.steps.data?.dataFiles?.files ?? []);
  return present([
    row({ path: ['source'], label: say(message('Source')) }, texts(datasets.map((event) => event?.source ?? null))),
    ...fileRows(files, speech),
    row({ path: ['rows'], label: say(message('Rows')) }, counted(datasets.map((event) => event?.rows ?? null))),
    row(
      { path: ['trainRows'], label: say(message('Training rows')) },
      counted(datasets.map((event) => event?.trainRows ?? null)),
    ),
    row(
      { path: ['evalRows'], label: say(message('Eval rows')) },
      counted(datasets.map((event) => event?.evalRows ?? null)),
    ),
    row({ path: ['form'], label: say(message('Form')) }, texts(datasets.map((event) => event?.format ?? null))),
    row(
      {
        path: ['truncatedRows'],
        label: say(message('Truncated rows')),
        about: say(message('Rows longer than max_length lose their end: the model never learns how they end.')),
      },
      tokens.map((event): Cell | null => {
        if (event === null) return null;
        const { truncatedRows } = event;
        const all = event.lengths.length;
        const share = truncatedRows > 0 && all > 0 ? percent(Math.min(1, truncatedRows / all)) : null;
        return { text: count(truncatedRows), exact: truncatedRows, note: share };
      }),
    ),
    row(
      { path: ['medianTokens'], label: say(message('Median length in tokens')) },
      counted(lengths.map((sorted) => sorted[Math.floor(sorted.length / 2)] ?? null)),
    ),
    row(
      { path: ['longestTokens'], label: say(message('Longest row in tokens')) },
      counted(lengths.map((sorted) => sorted.at(-1) ?? null)),
    ),
    row(
      { path: ['tokenizer'], label: say(message('Tokenizer')) },
      tokens.map((event): Cell | null => {
        if (event === null) return null;
        const { tokenizerClass, vocabSize } = event;
        return {
          text: say(message('{0}, {1} tokens', tokenizerClass, count(vocabSize))),
          exact: { tokenizerClass, vocabSize },
        };
      }),
    ),
    row(
      {
        path: ['chatTemplate'],
        label: say(message('Chat template')),
        about: say(message('How a conversation becomes one text: another template is another task.')),
      },
      templates(tokens),
    ),
  ]);
}

function texts(values: readonly (string | null)[]): (Cell | null)[] {
  return values.map((value) => (value === null ? null : { text: value, exact: value }));
}

/** Templates are pages long: equal ones get the same letter. */
function templates(events: readonly (EventOf<'tokenizer'> | null)[]): (Cell | null)[] {
  const kinds = [...new Set(events.flatMap((event) => event?.chatTemplate ?? []))];
  return events.map((event) => {
    if (event === null) return null;
    const { chatTemplate, chatTemplateSource } = event;
    const letter = String.fromCharCode(65 + (kinds.indexOf(chatTemplate) % 26));
    return { text: letter, exact: chatTemplate, key: chatTemplate, note: chatTemplateSource };
  });
}
