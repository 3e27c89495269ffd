import { message } from '../../common/message';
import { findingsOf } from '../../core/export/findings';
import type { Exported, ExportLine, ExportPlan } from '../../protocol/exporting';
import type { Terminal } from '../terminal';
import { bytes } from '../text/amounts';
import { printable } from '../text/printable';
import { cut, wrap } from '../text/width';

const ERASE_LINE = '\r\u001B[2K';

/** An export as it goes on: one line that changes, or a line a stage where nothing can be drawn over. */
export class ExportView {
  readonly #terminal: Terminal;
  #what = '';

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  take(line: ExportLine): void {
    if (line.type === 'plan') this.#plan(line);
    if (line.type !== 'progress') return;
    const { what, current, total } = line;
    const label = this.#terminal.text({ text: what, args: [] });
    if (this.#terminal.interactive) {
      const count = current === null || total === null ? '' : ` ${current + 1}/${total}`;
      this.#terminal.draw(ERASE_LINE + cut(`  ${label}${count} …`, this.#terminal.columns - 1));
    } else if (what !== this.#what) this.#terminal.line(`  ${label}`);
    this.#what = what;
  }

  end(): void {
    if (this.#terminal.interactive) this.#terminal.draw(ERASE_LINE);
  }

  #plan(plan: ExportPlan): void {
    this.end();
    const terminal = this.#terminal;
    const [weights, disk] = [bytes(plan.weightsBytes), bytes(plan.freeDiskBytes)];
    terminal.say(message('{0} will be written to {1} ({2} free)', weights, printable(plan.directory), disk));
    const [needed, free] = [bytes(plan.neededMemoryBytes), bytes(plan.freeMemoryBytes)];
    const words = message(
      'Merging takes about {0} of memory on {1} ({2} free)',
      needed,
      plan.device.toUpperCase(),
      free,
    );
    if (plan.neededMemoryBytes <= plan.freeMemoryBytes) terminal.say(words);
    else terminal.problem(terminal.yellow(`! ${terminal.text(words)}`));
  }
}

/** What was written, and how far it is from what was trained. */
export function printExported(made: Exported, terminal: Terminal): void {
  const size = made.files.reduce((sum, file) => sum + file.bytes, 0);
  const done = message('The merged model is in {0} ({1} files, {2})', made.directory, made.files.length, bytes(size));
  terminal.line(`${terminal.green('✓')} ${printable(terminal.text(done))}`);
  for (const finding of findingsOf(made)) terminal.line(`  ${terminal.text(finding)}`);
  for (const { prompt, trained, exported } of made.answers.filter((answer) => answer.trained !== answer.exported)) {
    terminal.line();
    terminal.line(terminal.bold(`› ${printable(prompt)}`));
    for (const [title, text] of [
      [message('As trained'), trained],
      [message('Exported'), exported],
    ] as const) {
      const shown = printable(text).trim() || terminal.text(message('(nothing)'));
      for (const line of wrap(`${terminal.text(title)}: ${shown}`, terminal.columns - 2)) terminal.line(`  ${line}`);
    }
  }
}
