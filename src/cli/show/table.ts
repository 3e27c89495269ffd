import type { Message } from '../../common/message';
import type { Terminal } from '../terminal';
import { printable } from '../text/printable';
import { padEnd, width } from '../text/width';

/** Columns as wide as their widest cell. */
export function printTable(header: readonly Message[], rows: readonly (readonly string[])[], terminal: Terminal): void {
  const titles = header.map((title) => terminal.text(title));
  const cells = rows.map((row) => row.map(printable));
  const widths = titles.map((title, column) => Math.max(width(title), ...cells.map((row) => width(row[column] ?? ''))));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => padEnd(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  terminal.line(terminal.bold(line(titles)));
  for (const row of cells) terminal.line(line(row));
}
