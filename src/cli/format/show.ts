import { message, type Message } from '../../common/message';
import { confidenceWords, formWords } from '../../core/data/formWords';
import type { FormatProgress, FormatReport, Mapping, PreviewRow, RowProblem } from '../../protocol/dataset';
import { bar } from '../show/bar';
import type { Terminal } from '../terminal';
import { bytes, count } from '../text/amounts';
import { printable } from '../text/printable';
import { cut, wrap } from '../text/width';
import type { Chosen } from './mapping';

const BAR_CELLS = 24;
const ERASE_LINE = '\r\u001B[2K';
const LISTED_PROBLEMS = 10;

/** What the rows were taken for, and why. */
export function showChosen({ mapping, detection }: Chosen, terminal: Terminal): void {
  if (detection !== null) {
    const { label, explanation } = formWords(detection.form);
    const sure = terminal.text(confidenceWords(detection.confidence));
    const marked = detection.confidence === 'certain' ? sure : terminal.yellow(sure);
    terminal.line(`${terminal.bold(terminal.text(label))}: ${marked}`);
    terminal.line(`  ${terminal.dim(terminal.text(explanation))}`);
  }
  for (const [name, value] of partsOf(mapping))
    terminal.line(`  ${name}: ${cut(printable(value.replaceAll('\n', '\\n')), terminal.columns - name.length - 4)}`);
}

function partsOf(mapping: Mapping): readonly (readonly [string, string])[] {
  switch (mapping.kind) {
    case 'conversation': {
      const roles = Object.entries(mapping.roles).filter(([from, to]) => from !== to);
      return [
        ['messages', `${mapping.column} (${mapping.roleKey}, ${mapping.contentKey})`],
        ...(roles.length === 0 ? [] : [['roles', roles.map(([from, to]) => `${from}=${to}`).join(', ')] as const]),
        ...optional('system', mapping.system),
        ...optional('tools', mapping.tools),
      ];
    }
    case 'columns':
      return [
        ...optional('system', mapping.system),
        ...optional('history', mapping.history),
        ...(mapping.user === '' ? [] : [['user', mapping.user] as const]),
        ['assistant', mapping.assistant],
        ...optional('tools', mapping.tools),
      ];
    case 'transcript':
      return [
        ['text', mapping.column],
        ...Object.entries(mapping.markers).map(([role, marker]) => [role, marker.trim()] as const),
        ...optional('system', mapping.system),
      ];
  }
}

function optional(name: string, value: string | null): readonly (readonly [string, string])[] {
  return value === null ? [] : [[name, value]];
}

/** A row as the conversation that it would become. */
export function showRow({ row, line, messages, tools, problem }: PreviewRow, terminal: Terminal): void {
  terminal.line();
  terminal.line(
    terminal.dim(
      terminal.text(line === null ? message('Row {0}', row + 1) : message('Row {0}, line {1}', row + 1, line)),
    ),
  );
  if (problem !== null) terminal.line(`  ${terminal.yellow(printable(terminal.text(problem)))}`);
  for (const { role, content, tool_calls: calls } of messages ?? []) {
    const text = typeof content === 'string' ? content : JSON.stringify(content ?? calls);
    const [first = '', ...rest] = wrap(printable(text), terminal.columns - 13);
    terminal.line(`  ${terminal.bold(role.padEnd(9))}  ${first}`);
    for (const more of rest) terminal.line(`${' '.repeat(13)}${more}`);
  }
  if (tools !== null)
    terminal.line(`  ${terminal.bold('tools'.padEnd(9))}  ${cut(printable(tools), terminal.columns - 13)}`);
}

/** One line that is drawn over. */
export function drawProgress({ bytes: read, totalBytes, rows, skipped }: FormatProgress, terminal: Terminal): void {
  const drawn = bar(read / Math.max(1, totalBytes), BAR_CELLS);
  const done = terminal.text(message('{0} rows', count(rows)));
  const left = skipped === 0 ? '' : `, ${terminal.text(message('{0} skipped', count(skipped)))}`;
  const text = `  ${drawn} ${bytes(read)} / ${bytes(totalBytes)}  ${done}${left}`;
  terminal.draw(ERASE_LINE + cut(text, terminal.columns - 1));
}

export function eraseProgress(terminal: Terminal): void {
  terminal.draw(ERASE_LINE);
}

export function showReport(report: FormatReport, source: string, target: string, terminal: Terminal): void {
  for (const problem of report.problems.slice(0, LISTED_PROBLEMS))
    terminal.problem(problemLine(problem, source, terminal));
  const more = report.skipped - Math.min(report.problems.length, LISTED_PROBLEMS);
  if (more > 0) terminal.problem(terminal.text(message('… and {0} more', count(more))));
  if (report.problemsFile !== null)
    terminal.problem(terminal.text(message('All skipped rows, with reasons: {0}', report.problemsFile)));
  terminal.say(
    report.written === 0
      ? message('No row could be converted; nothing was written.')
      : message('Wrote {0} conversations to {1} ({2})', count(report.written), target, bytes(report.bytes)),
  );
}

/** `file:line:column: …`, the form that editors and CI make links of; a row's number where there are no lines. */
function problemLine({ line, column, row, reason }: RowProblem, source: string, terminal: Terminal): string {
  const place = line === null ? [`[${row}]`] : [`:${line}`, ...(column === undefined ? [] : [`:${column}`])];
  return `${source}${place.join('')}: ${terminal.yellow('warning')}: ${words(reason, terminal)}`;
}

function words(reason: Message, terminal: Terminal): string {
  return printable(terminal.text(reason));
}
