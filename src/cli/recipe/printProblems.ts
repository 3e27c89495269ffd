import type { RecipeProblem } from '../../core/recipe/problem';
import { printable } from '../text/printable';
import { severityLabel } from '../show/severityLabel';
import type { Terminal } from '../terminal';

/** `file:line:column: error: message (remedy)`, the form that editors and CI make links of. */
export function problemLine(problem: RecipeProblem, terminal: Terminal): string {
  const { file, line, column, severity, message, remedy } = problem;
  return `${file}:${line}:${column}: ${severityLabel(severity, terminal)}: ${printable(terminal.text(message))} (${printable(terminal.text(remedy))})`;
}

export function printProblems(problems: readonly RecipeProblem[], terminal: Terminal): void {
  for (const problem of problems) terminal.problem(problemLine(problem, terminal));
}
