import * as vscode from 'vscode';
import { parseRecipe, type Recipe } from '../../core/recipe/parse';
import { setRecipeValues } from '../../core/recipe/setValues';
import { explainFailure } from '../../core/run/explainFailure';
import type { FailedRun } from '../../core/run/failures/context';
import type { RecipeFix } from '../../core/run/failures/entry';
import { words } from '../../platform/words';
import type { Failure } from '../../protocol/trainer';
import type { Place, RecipeSource } from '../recipeSource';

export interface FailureMark {
  readonly document: vscode.TextDocument;
  readonly diagnostic: vscode.Diagnostic;
  /** What one click repairs, the best first. */
  readonly fixes: readonly FailureFix[];
}

export interface FailureFix {
  readonly title: string;
  readonly edit: vscode.WorkspaceEdit;
}

/** A failed run as a mark at the key that it blames, or at the step that failed; null for a recipe that can't be read. */
export function markFailure(source: RecipeSource, failure: Failure, { step, context }: FailedRun): FailureMark | null {
  const parsed = parseRecipe(source.text, { file: source.uri.fsPath });
  if (!parsed.ok) return null;
  const blamed = failure.recipePath.length > 0 || step === null ? failure.recipePath : [step];
  const place = placeOfPath(source, parsed.value, blamed);
  if (place === null) return null;
  const { title, remedies, fixes } = explainFailure(failure, context);
  const diagnostic = new vscode.Diagnostic(place.range, [title, ...remedies].map(words).join('\n'));
  diagnostic.source = 'tunebook';
  diagnostic.code = failure.kind;
  return { document: place.document, diagnostic, fixes: fixes.flatMap((fix) => fixIn(source, fix)) };
}

function fixIn(source: RecipeSource, { label, note, changes }: RecipeFix): readonly FailureFix[] {
  const change = setRecipeValues(source.text, changes);
  const place = change === null ? null : source.placeOfEdit(change);
  // what the recipe says already is no fix
  if (change === null || place === null || (change.newText === '' && change.range.start === change.range.end))
    return [];
  const edit = new vscode.WorkspaceEdit();
  edit.replace(place.document.uri, place.range, change.newText);
  return [{ title: note === null ? words(label) : `${words(label)} (${words(note)})`, edit }];
}

/** Where a key stands; else the nearest thing around it that does: its group, its section, the beginning. */
function placeOfPath(source: RecipeSource, recipe: Recipe, recipePath: readonly string[]): Place | null {
  for (let length = recipePath.length; length > 0; length--) {
    const range = recipe.rangeOf(recipePath.slice(0, length));
    if (range !== null) return source.placeOfEdit({ range: firstLine(source.text, range), newText: '' });
  }
  if (recipePath.length === 0) return null;
  const start = Math.max(0, /^[a-z]+:/m.exec(source.text)?.index ?? 0);
  return source.placeOfEdit({ range: firstLine(source.text, { start, end: source.text.length }), newText: '' });
}

/** A whole section underlined says nothing: its first line does. */
function firstLine(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): { readonly start: number; readonly end: number } {
  const lineEnd = text.indexOf('\n', start);
  return { start, end: lineEnd < 0 ? end : Math.min(end, lineEnd) };
}
