import * as vscode from 'vscode';
import { joinRecipe, splitRecipe } from '../../core/recipe/cells';
import type { RecipeProblem } from '../../core/recipe/problem';
import { words } from '../../platform/words';
import { languageOf } from '../cellLanguages';
import { documentTrivia, toRecipeCell } from '../recipeCells';

/**
 * Recipe text ⇄ cells, without loss. A text that is no recipe is refused, never turned into an empty or a half notebook: the
 * next save would destroy the file. `onRefused` opens it as text in the place of the notebook; true when it could.
 */
export class RecipeSerializer implements vscode.NotebookSerializer {
  readonly #onRefused: () => Promise<boolean>;

  constructor(onRefused: () => Promise<boolean>) {
    this.#onRefused = onRefused;
  }

  async deserializeNotebook(content: Uint8Array): Promise<vscode.NotebookData> {
    const text = decode(content);
    if (text === null) {
      const utf8 = vscode.l10n.t('This file is not UTF-8 text. Save it again as UTF-8 to open it as a recipe.');
      return this.#refuse(utf8);
    }
    const split = splitRecipe(text, { file: '' });
    if (!split.ok) return this.#refuse(describe(split.error));
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
    if (data.metadata?.['refused'] === true) throw new Error(vscode.l10n.t('This file is not a recipe.'));
    const cells = data.cells.map(({ kind, value, metadata }) =>
      toRecipeCell({ kind, text: value.replaceAll('\r\n', '\n'), metadata }),
    );
    return new TextEncoder().encode(joinRecipe(cells, documentTrivia(data.metadata)));
  }

  /**
   * An error, unless the file is shown as text by now. Then the editor no longer waits for this notebook, but if the file was
   * opened by a double click it waits twice, and an error would come up in a dialog (EditorPanes.doSetInput awaits the
   * pending input of the first click outside its try). So it gets an empty notebook, which nobody sees or can save.
   */
  async #refuse(reason: string): Promise<vscode.NotebookData> {
    if (!(await this.#onRefused())) throw new Error(reason);
    const unseen = new vscode.NotebookData([]);
    unseen.metadata = { refused: true };
    return unseen;
  }
}

function describe([first]: readonly RecipeProblem[]): string {
  return first === undefined
    ? vscode.l10n.t('This file is not a recipe.')
    : vscode.l10n.t('Line {0}: {1} {2}', first.line, words(first.message), words(first.remedy));
}

/** `ignoreBOM` keeps the byte order mark in the text. null: bytes that aren't UTF-8, which the next save would change. */
function decode(content: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return null;
  }
}
