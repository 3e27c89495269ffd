import { message, type Message } from '../../common/message';
import { STATUS_WORDS } from '../../core/run/statusWords';
import type { RunStatus } from '../../core/run/summary';
import type { ComparedRow, RunComparison } from '../../protocol/curvesPanel';
import type { Terminal } from '../terminal';
import { printable } from '../text/printable';
import { padEnd, width } from '../text/width';
import { printAnswers } from './runAnswers';
import { printColumns } from './runColumns';

export interface ShownRun {
  readonly id: string;
  readonly name: string;
  readonly status: RunStatus;
}

/** Runs have numbers, that columns stay narrow; `all`: also what is the same. */
export function printRunComparison(
  runs: readonly ShownRun[],
  comparison: RunComparison,
  { all }: { readonly all: boolean },
  terminal: Terminal,
): void {
  printRuns(runs, terminal);
  const sections: readonly (readonly [Message, readonly ComparedRow[]])[] = [
    [message('Results'), comparison.results],
    [message('Recipe'), comparison.recipe],
    [message('Data'), comparison.data],
    [message('Versions'), comparison.versions],
  ];
  for (const [title, rows] of sections) {
    const shown = all ? rows : rows.filter(({ same }) => !same);
    terminal.line();
    terminal.line(`${terminal.bold(terminal.text(title))}  ${terminal.dim(terminal.text(summary(rows)))}`);
    for (const caution of new Set(shown.flatMap((row) => row.caution ?? [])))
      terminal.line(terminal.yellow(`! ${caution}`));
    printColumns(shown, terminal);
  }
  printAnswers(comparison.answers, terminal);
}

function printRuns(runs: readonly ShownRun[], terminal: Terminal): void {
  const names = runs.map(({ name }) => printable(name));
  const widest = Math.max(...names.map(width));
  for (const [index, { id, name, status }] of runs.entries()) {
    const words = terminal.text(STATUS_WORDS[status]);
    const where = id === name ? '' : `  ${terminal.dim(printable(id))}`;
    terminal.line(`${terminal.bold(String(index + 1))}  ${padEnd(names[index] ?? '', widest)}  ${words}${where}`);
  }
}

function summary(rows: readonly ComparedRow[]): Message {
  if (rows.length === 0) return message('nothing is known yet');
  const differing = rows.filter(({ same }) => !same).length;
  if (differing === 0) return message('no difference in {0} rows', rows.length);
  return message('differing rows: {0} of {1}', differing, rows.length);
}
