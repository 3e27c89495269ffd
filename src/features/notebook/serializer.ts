import * as vscode from 'vscode';
import { joinRecipe, splitRecipe } from '../../core/recipe/cells';
import { words } from '../../platform/words';
import { languageOf } from '../cellLanguages';
import { documentTrivia, toRecipeCell } from '../recipeCells';

/**
 * Recipe text ⇄ cells, without loss. A text that is no recipe is refused with an error, never turned into an empty or a
 * half notebook: the next save would destroy the file. `onRefused` then opens it as text.
 */
export class RecipeSerializer implements vscode.NotebookSerializer {
  readonly #onRefused: () => void;

  constructor(onRefused: () => void) {
    this.#onRefused = onRefused;
  }

  deserializeNotebook(content: Uint8Array): vscode.NotebookData {
    const split = splitRecipe(decode(content, this.#onRefused), { file: '' });
    if (!split.ok) {
      this.#onRefused();
      const [first] = split.error;
      throw new Error(
        first === undefined
          ? vscode.l10n.t('This file is not a recipe.')
          : vscode.l10n.t('Line {0}: {1} {2}', first.line, words(first.message), words(first.remedy)),
      );
    }
    const data = new vscode.NotebookData(
      split.value.cells.map((cell) => {
        const made =
          cell.kind === 'markdown'
            ? new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, cell.text, 'markdown')
            : new vscode.NotebookCellData(vscode.NotebookCellKind.Code, cell.text, languageOf(cell.section));
        made.metadata = { trivia: cell.trivia };
        return made;
      }),
    );
    data.metadata = { trivia: split.value.trivia };
    return data;
  }

  serializeNotebook(data: vscode.NotebookData): Uint8Array {
    const cells = data.cells.map(({ kind, value, metadata }) =>
      toRecipeCell({ kind, text: value.replaceAll('\r\n', '\n'), metadata }),
    );
    return new TextEncoder().encode(joinRecipe(cells, documentTrivia(data.metadata)));
  }
}

/** `ignoreBOM` keeps the byte order mark in the text; bytes that aren't UTF-8 would be lost at the next save. */
function decode(content: Uint8Array, onRefused: () => void): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    onRefused();
    throw new Error(vscode.l10n.t('This file is not UTF-8 text. Save it again as UTF-8 to open it as a recipe.'));
  }
}
