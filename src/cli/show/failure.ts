import { message } from '../../common/message';
import { explainFailure } from '../../core/run/explainFailure';
import { contextOf } from '../../core/run/failures/context';
import { lastLinesOf } from '../../core/run/failures/details';
import type { RecipeFix } from '../../core/run/failures/entry';
import { framesOf, shortFile } from '../../core/run/failures/frames';
import { foundBatchSize, warningFixes } from '../../core/run/failures/warningFixes';
import type { RunState } from '../../core/run/session';
import type { MemoryLever } from '../../protocol/model';
import type { Failure } from '../../protocol/trainer';
import type { Terminal } from '../terminal';
import { printable } from '../text/printable';
import { setArguments } from './setArguments';

/** The last steps of the way to an error, and the last lines of a log: what fits on a screen beside the rest. */
const FRAMES = 3;
const LINES = 8;

/** What went wrong and what to do, the likeliest first, with what to add to the command for each change that may help. */
export function printFailure(
  failure: Failure,
  terminal: Terminal,
  { run, levers }: { readonly run: RunState; readonly levers: readonly MemoryLever[] | null },
): void {
  const { title, remedies, fixes } = explainFailure(failure, contextOf(run, levers));
  terminal.problem(`${terminal.red('✗')} ${printable(terminal.text(title))}`);
  for (const remedy of remedies) terminal.problem(`  → ${printable(terminal.text(remedy))}`);
  for (const fix of fixes) printFix(fix, terminal);
  printEvidence(failure, terminal);
}

/** What the trainer found out on its own and the recipe could say from now on. */
export function printAdvice(run: RunState, terminal: Terminal): void {
  const { warnings = [], batchSizeReductions = [] } = run.steps.train ?? {};
  const context = contextOf(run);
  const found = foundBatchSize(batchSizeReductions, context);
  const fixes = [...warnings.flatMap((warning) => warningFixes(warning, context)), ...(found === null ? [] : [found])];
  for (const fix of fixes) printFix(fix, terminal);
}

function printFix({ label, note, changes }: RecipeFix, terminal: Terminal): void {
  const words = note === null ? terminal.text(label) : `${terminal.text(label)} (${terminal.text(note)})`;
  terminal.problem(`  • ${printable(words)}:`);
  terminal.problem(`      ${terminal.bold(printable(setArguments(changes)))}`);
}

/** Of a failure whose words don't tell enough. */
function printEvidence(failure: Failure, terminal: Terminal): void {
  const found = failure.kind === 'unknown' && failure.traceback !== null ? framesOf(failure.traceback) : null;
  if (found !== null) {
    terminal.problem(`  ${terminal.text(message('Where it happened'))}`);
    for (const { file, line, name, code } of found.frames.slice(-FRAMES)) {
      terminal.problem(terminal.dim(`    ${printable(`${shortFile(file)}:${line} ${name}`)}`));
      if (code !== '') terminal.problem(terminal.dim(`      ${printable(code)}`));
    }
  }
  const lines = lastLinesOf(failure).slice(-LINES);
  if (lines.length === 0) return;
  terminal.problem(`  ${terminal.text(message('Last lines of the log'))}`);
  for (const line of lines) terminal.problem(terminal.dim(`    ${printable(line)}`));
}
