import * as vscode from 'vscode';
import { parseRecipe } from '../../core/recipe/parse';
import { resolveRecipe } from '../../core/recipe/resolve';
import { err, ok, type Result } from '../../common/result';
import { words } from '../../platform/words';
import type { RecipeTrouble } from '../../protocol/tokenPanel';
import type { ResolvedRecipe, StepName } from '../../protocol/trainer';
import { openSource } from '../recipeSource';

/** What tokens are made from; another learning rate or prompt changes none. */
const SECTIONS: readonly StepName[] = ['model', 'data', 'tokenizer', 'train'];

/** The recipe as it is in the editor now, unsaved changes included, or as it is on the disk. */
export async function readRecipe(uri: vscode.Uri): Promise<Result<ResolvedRecipe, readonly RecipeTrouble[]>> {
  const text = openSource(uri)?.text ?? new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  const parsed = parseRecipe(text, { file: uri.fsPath });
  if (parsed.ok) return ok(resolveRecipe(parsed.value, uri.fsPath));
  return err(
    parsed.error.map(({ line, message, remedy }) => ({ line, message: words(message), remedy: words(remedy) })),
  );
}

/** Equal for recipes of the same tokens. */
export function tokensKey({ sections }: ResolvedRecipe): string {
  return JSON.stringify(SECTIONS.map((section) => sections[section]));
}
