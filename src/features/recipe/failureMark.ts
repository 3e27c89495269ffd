import * as vscode from 'vscode';
import { parseRecipe } from '../../core/recipe/parse';
import { explainFailure } from '../../core/run/explainFailure';
import { words } from '../../platform/words';
import type { Failure } from '../../protocol/trainer';
import type { Place, RecipeSource } from '../recipeSource';

export interface FailureMark {
  readonly document: vscode.TextDocument;
  readonly diagnostic: vscode.Diagnostic;
}

/** A failed run as a mark at the key that it blames; null where it blames none. */
export function markFailure(source: RecipeSource, failure: Failure): FailureMark | null {
  const place = placeOfPath(source, failure.recipePath);
  if (place === null) return null;
  const { title, remedies } = explainFailure(failure);
  const diagnostic = new vscode.Diagnostic(place.range, [title, ...remedies].map(words).join('\n'));
  diagnostic.source = 'tunebook';
  diagnostic.code = failure.kind;
  return { document: place.document, diagnostic };
}

/** Where a key stands; else the nearest thing around it that does. */
function placeOfPath(source: RecipeSource, recipePath: readonly string[]): Place | null {
  const parsed = parseRecipe(source.text, { file: source.uri.fsPath });
  if (!parsed.ok) return null;
  for (let length = recipePath.length; length > 0; length--) {
    const range = parsed.value.rangeOf(recipePath.slice(0, length));
    if (range !== null) return source.placeOfEdit({ range: firstLine(source.text, range), newText: '' });
  }
  return null;
}

/** A whole section underlined says nothing: its first line does. */
function firstLine(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): { readonly start: number; readonly end: number } {
  const lineEnd = text.indexOf('\n', start);
  return { start, end: lineEnd < 0 ? end : Math.min(end, lineEnd) };
}
