import type { Failure } from '../../protocol/trainer';
import { explainFailure } from '../../core/run/explainFailure';
import type { Terminal } from '../terminal';
import { printable } from '../text/printable';

/** What went wrong and what to do, the likeliest first. */
export function printFailure(failure: Failure, terminal: Terminal): void {
  const { title, remedies } = explainFailure(failure);
  terminal.problem(`${terminal.red('✗')} ${printable(terminal.text(title))}`);
  for (const remedy of remedies) terminal.problem(`  → ${printable(terminal.text(remedy))}`);
}
