import { message } from '../../common/message';
import type { ComparedAnswer, ComparedAnswers } from '../../protocol/curvesPanel';
import type { Terminal } from '../terminal';
import { printable } from '../text/printable';
import { padEnd, width, wrap } from '../text/width';

/** What each run's model said, one below the other; what all share stands once. */
export function printAnswers(answers: readonly ComparedAnswers[], terminal: Terminal): void {
  if (answers.length === 0) return;
  terminal.line();
  terminal.line(terminal.bold(terminal.text(message('Answers'))));
  const reference = terminal.text(message('Hoped for'));
  const base = terminal.text(message('Base model'));
  for (const asked of answers) {
    const mode = asked.mode === 'greedy' ? message('greedy') : message('sampled');
    const lines: (readonly [name: string, text: string | null, quiet: boolean])[] = [];
    if (asked.reference !== null) lines.push([reference, asked.reference, true]);
    if (asked.base !== null) lines.push([base, textOf(asked.base, terminal), true]);
    for (const [index, run] of asked.runs.entries()) {
      const number = String(index + 1);
      if (run.reference !== null) lines.push([`${number} ${reference}`, run.reference, true]);
      if (run.base !== null) lines.push([`${number} ${base}`, textOf(run.base, terminal), true]);
      lines.push([number, run.tuned === null ? null : textOf(run.tuned, terminal), false]);
    }
    terminal.line();
    terminal.line(`  ${terminal.bold(`› ${printable(asked.prompt)}`)}  ${terminal.dim(terminal.text(mode))}`);
    const names = Math.max(...lines.map(([name]) => width(name)));
    for (const [name, text, quiet] of lines)
      for (const [line, part] of wrap(text ?? '–', terminal.columns - names - 6).entries()) {
        const left = padEnd(line === 0 ? name : '', names);
        terminal.line(`    ${terminal.dim(left)}  ${quiet ? terminal.dim(part) : part}`.trimEnd());
      }
  }
}

function textOf({ text, stopReason, tokens }: ComparedAnswer, terminal: Terminal): string {
  const said = printable(text).trim() || terminal.text(message('(nothing)'));
  if (stopReason === 'maxNewTokens')
    return `${said} ${terminal.text(message('[cut after {0} tokens: the model did not stop]', tokens))}`;
  return stopReason === 'interrupted' ? `${said} ${terminal.text(message('[interrupted]'))}` : said;
}
