import * as vscode from 'vscode';
import { isRecipeText } from '../recipeSource';
import type { ModelLines } from './lines';

const SECTIONS = ['model', 'lora'] as const;

/** Above the model and the lora section of a recipe that is open as text. */
export class ModelLenses implements vscode.CodeLensProvider {
  readonly onDidChangeCodeLenses: vscode.Event<void>;
  readonly #lines: ModelLines;

  constructor(lines: ModelLines, onDidChange: vscode.Event<void>) {
    this.#lines = lines;
    this.onDidChangeCodeLenses = onDidChange;
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (!isRecipeText(document)) return [];
    const lenses = await Promise.all(SECTIONS.map((section) => this.#lens(document, section)));
    return lenses.filter((lens) => lens !== null);
  }

  async #lens(document: vscode.TextDocument, section: (typeof SECTIONS)[number]): Promise<vscode.CodeLens | null> {
    const at = sectionLine(document, section);
    const line = at === null ? null : await this.#lines.of(document.uri, section);
    if (at === null || line === null) return null;
    const { text: title, tooltip, command } = line;
    return new vscode.CodeLens(document.lineAt(at).range, { title, tooltip, command, arguments: [document.uri] });
  }
}

/** Sections begin at the first column. */
function sectionLine(document: vscode.TextDocument, section: string): number | null {
  const key = new RegExp(`^["']?${section}["']?[ \\t]*:`);
  for (let line = 0; line < document.lineCount; line++) if (key.test(document.lineAt(line).text)) return line;
  return null;
}
