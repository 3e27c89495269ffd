import { message } from '../../common/message';
import type { ComparedRow } from '../../protocol/curvesPanel';
import type { Terminal } from '../terminal';
import { printable } from '../text/printable';
import { padEnd, width, wrap } from '../text/width';

const GAP = '  ';
/** Below this a column holds too little to be read: then a row is a list. */
const NARROWEST = 14;
const WIDEST_LABEL = 40;

/** A column a run; nothing is cut, long values go on in the next line. */
export function printColumns(rows: readonly ComparedRow[], terminal: Terminal): void {
  const [first] = rows;
  if (first === undefined) return;
  const runs = first.values.length;
  const labels = rows.map((row) => printable(row.label));
  const cells = rows.map((row) => row.values.map((_, run) => cellText(row, run, terminal)));
  const labelCells = Math.min(WIDEST_LABEL, Math.max(...labels.map(width)));
  const left = Math.floor((terminal.columns - 2 - labelCells - runs * GAP.length) / runs);
  if (left < NARROWEST) {
    printLists(rows, labels, cells, terminal);
    return;
  }
  const columns = Array.from({ length: runs }, (_, run) =>
    Math.min(left, Math.max(1, ...cells.map((row) => Math.max(...(row[run] ?? '').split('\n').map(width))))),
  );
  const print = (texts: readonly string[], style: (text: string, run: number) => string): void => {
    const lines = texts.map((text, column) => wrap(text, column === 0 ? labelCells : (columns[column - 1] ?? left)));
    for (let line = 0; line < Math.max(...lines.map(({ length }) => length)); line++) {
      const padded = lines.map((own, column) => {
        const text = own[line] ?? '';
        const fill = ' '.repeat(
          width(padEnd(text, column === 0 ? labelCells : (columns[column - 1] ?? left))) - width(text),
        );
        return `${style(text, column - 1)}${fill}`;
      });
      terminal.line(`  ${padded.join(GAP).trimEnd()}`);
    }
  };
  print(['', ...columns.map((_, run) => String(run + 1))], (text) => (text === '' ? text : terminal.bold(text)));
  for (const [index, row] of rows.entries())
    print([labels[index] ?? '', ...(cells[index] ?? [])], (text, run) => styled(text, row, run, terminal));
}

function printLists(
  rows: readonly ComparedRow[],
  labels: readonly string[],
  cells: readonly (readonly string[])[],
  terminal: Terminal,
): void {
  for (const [index, row] of rows.entries()) {
    terminal.line(`  ${styled(labels[index] ?? '', row, -1, terminal)}`);
    for (const [run, text] of (cells[index] ?? []).entries())
      for (const [line, part] of wrap(text, terminal.columns - 8).entries())
        terminal.line(`    ${terminal.bold(line === 0 ? String(run + 1) : ' ')}  ${styled(part, row, run, terminal)}`);
  }
}

/** "0.05 (default)", "3.4922 (−38.0%, best)" */
function cellText({ values, notes, best }: ComparedRow, run: number, terminal: Terminal): string {
  const value = values[run] ?? null;
  if (value === null) return '–';
  const asides = [notes[run] ?? null, best.includes(run) ? terminal.text(message('best')) : null];
  const told = asides.filter((aside) => aside !== null).join(', ');
  return printable(told === '' ? value : `${value} (${told})`);
}

function styled(text: string, { best, same }: ComparedRow, run: number, terminal: Terminal): string {
  if (text === '') return text;
  if (best.includes(run)) return terminal.green(text);
  return same ? terminal.dim(text) : text;
}
