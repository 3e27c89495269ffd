import { message } from '../../common/message';
import type { Answer, GenerateOutput } from '../../protocol/outputs';
import type { Terminal } from '../terminal';
import { printable } from '../text/printable';
import { padEnd, wrap } from '../text/width';

const GAP = '  │ ';
/** Below this a column holds too little to be read beside another. */
const NARROWEST = 24;

/** Base against tuned, side by side; one below the other where the terminal is narrow. */
export function printComparison(rows: GenerateOutput['rows'], terminal: Terminal): void {
  const cells = Math.floor((Math.min(terminal.columns, 140) - 2 - GAP.length) / 2);
  const base = terminal.text(message('Base model'));
  const tuned = terminal.text(message('Fine-tuned'));
  for (const row of rows) {
    const mode = row.mode === 'greedy' ? message('greedy') : message('sampled');
    terminal.line();
    terminal.line(`${terminal.bold(`› ${printable(row.prompt)}`)}  ${terminal.dim(terminal.text(mode))}`);
    const left = linesOf(row.base, terminal, cells);
    const right = linesOf(row.tuned, terminal, cells);
    if (row.tuned === null || row.base === null || cells < NARROWEST) {
      for (const [title, lines] of [
        [base, row.base === null ? [] : left],
        [tuned, row.tuned === null ? [] : right],
      ] as const) {
        if (lines.length === 0) continue;
        terminal.line(`  ${terminal.dim(title)}`);
        for (const line of lines) terminal.line(`  ${line}`);
      }
    } else {
      terminal.line(terminal.dim(`  ${padEnd(base, cells)}${GAP}${tuned}`));
      for (let index = 0; index < Math.max(left.length, right.length); index++) {
        const tunedLine = right[index] ?? '';
        terminal.line(`  ${padEnd(left[index] ?? '', cells)}${terminal.dim(GAP)}${terminal.green(tunedLine)}`);
      }
    }
    if (row.reference !== null)
      for (const line of wrap(
        `${terminal.text(message('Hoped for'))}: ${printable(row.reference)}`,
        terminal.columns - 2,
      ))
        terminal.line(terminal.dim(`  ${line}`));
  }
}

function linesOf(answer: Answer | null, terminal: Terminal, cells: number): string[] {
  if (answer === null) return [];
  const text = printable(answer.text).trim() || terminal.text(message('(nothing)'));
  const ending = endingOf(answer);
  return wrap(ending === null ? text : `${text} ${terminal.text(ending)}`, Math.max(cells, NARROWEST));
}

/** An answer that ended by itself needs no word. */
function endingOf({ stopReason, tokens }: Answer) {
  if (stopReason === 'maxNewTokens') return message('[cut after {0} tokens: the model did not stop]', tokens.length);
  if (stopReason === 'interrupted') return message('[interrupted]');
  return null;
}
