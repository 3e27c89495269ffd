import * as path from 'node:path';
import { message } from '../../common/message';
import { formatByName } from '../../engine/data/datasetFile';
import { sweepDataset } from '../../engine/data/sweepDataset';
import type { DatasetProblem } from '../../protocol/sweep';
import type { Context } from '../context';
import { recipeOfDataset } from '../recipe/recipeOfDataset';
import type { Terminal } from '../terminal';
import { severityLabel } from '../show/severityLabel';
import { printable } from '../text/printable';

/** Whether this is a file of rows and not a recipe. */
export function isDataset(name: string): boolean {
  return formatByName(name) !== null;
}

/**
 * tunebook check ROWS…: problems as file:line:column (file[row] in parquet, which has no lines). `recipes`: those named beside
 * it. Returns whether the trainer would refuse the file. Throws ReadError.
 */
export async function checkDataset(
  name: string,
  recipes: readonly string[],
  { json }: { readonly json: boolean },
  { cwd, terminal, stdout }: Context,
): Promise<boolean> {
  const file = path.resolve(cwd, name);
  const recipe = await recipeOfDataset(
    file,
    recipes.map((recipeName) => path.resolve(cwd, recipeName)),
  );
  let failed = false;
  const tell = (problem: DatasetProblem): void => {
    failed ||= problem.severity === 'error';
    if (json) stdout.write(`${JSON.stringify(problemJson(problem, name, terminal))}\n`);
    else terminal.problem(problemLine(problem, name, terminal));
  };
  const { rows, problems, judged } = await sweepDataset(
    { path: file, recipe, limit: Number.MAX_SAFE_INTEGER, asked: true },
    { signal: new AbortController().signal, progress: (told) => told.problems.forEach(tell) },
  );
  if (!judged && problems === 0) {
    failed = true;
    terminal.problem(
      terminal.text(
        message(
          'The trainer finds no conversations in {0}. Name its columns in a recipe that trains on it, or format it as chat.',
          name,
        ),
      ),
    );
  } else if (problems === 0 && !json) terminal.say(message('No problems in {0}. Rows: {1}.', name, rows));
  return failed;
}

function problemLine(
  { line, column, severity, message: reason }: DatasetProblem,
  name: string,
  terminal: Terminal,
): string {
  const place = formatByName(name) === 'parquet' ? `${name}[${line}]` : `${name}:${line + 1}:${column + 1}`;
  return `${place}: ${severityLabel(severity, terminal)}: ${printable(terminal.text(reason))}`;
}

/** Lines and columns from 1, as those of a recipe's problems; `row` from 0. */
function problemJson(problem: DatasetProblem, name: string, terminal: Terminal): object {
  const { kind, severity, line, column, endLine, endColumn } = problem;
  const words = { message: terminal.text(problem.message) };
  if (formatByName(name) === 'parquet') return { kind, severity, file: name, row: line, ...words };
  return {
    kind,
    severity,
    file: name,
    line: line + 1,
    column: column + 1,
    endLine: endLine + 1,
    endColumn: endColumn + 1,
    ...words,
  };
}
