import * as vscode from 'vscode';
import { err, ok, type Result } from '../../common/result';
import { hasErrors, type RecipeProblem } from '../../core/recipe/problem';
import { resolveRecipe } from '../../core/recipe/resolve';
import { type Ran, type SectionTexts, stepsToRun } from '../../core/run/stale';
import { words } from '../../platform/words';
import type { ResolvedRecipe, StepName } from '../../protocol/trainer';
import { examineRecipe, type RecipeFacts } from '../examineRecipe';
import { notebookText, sectionTexts } from '../recipeCells';

/** What a run will do, decided on the cells as they are now. */
export interface PlannedRun {
  readonly steps: readonly StepName[];
  readonly recipe: ResolvedRecipe;
  readonly text: string;
  readonly texts: SectionTexts;
}

/** The steps to do for `wanted`, or the problems that forbid it, in words. */
export async function planRun(
  notebook: vscode.NotebookDocument,
  wanted: readonly StepName[],
  ran: Ran,
  facts: RecipeFacts,
): Promise<Result<PlannedRun, string>> {
  const text = notebookText(notebook);
  const { recipe, problems } = await examineRecipe(notebook.uri, text, facts);
  if (recipe === null || hasErrors(problems)) return err(list(problems));
  const texts = sectionTexts(notebook);
  return ok({
    steps: stepsToRun(ran, texts, wanted),
    recipe: resolveRecipe(recipe, notebook.uri.fsPath),
    text,
    texts,
  });
}

function list(problems: readonly RecipeProblem[]): string {
  return problems
    .filter(({ severity }) => severity === 'error')
    .map(({ recipePath, line, message, remedy }) => {
      const place = recipePath.length > 0 ? recipePath.join('.') : vscode.l10n.t('line {0}', line);
      return `${place}: ${words(message)} ${words(remedy)}`;
    })
    .join('\n');
}
