import * as path from 'node:path';
import * as vscode from 'vscode';
import { parseRecipe } from '../../core/recipe/parse';
import { isLocalData } from '../../core/recipe/recipePaths';
import { resolveRecipe } from '../../core/recipe/resolve';
import type { ResolvedRecipe } from '../../protocol/trainer';
import { fileOf } from '../recipeFile';
import { openSource } from '../recipeSource';

const SUFFIX = '.tune.yaml';
/** A workspace with more recipes than this names its datasets in too many ways to look at. */
const MAX_RECIPES = 200;

interface Read {
  /** Of an open recipe its text, of another one the time of its last change. */
  readonly state: string;
  readonly recipe: ResolvedRecipe | null;
}

const known = new Map<string, Read>();

/**
 * The recipe that trains on this file: one that is open before others, then those beside it, then the workspace's others, by
 * name. Null: none, or only such as can't be read.
 */
export async function recipeOf(dataset: vscode.Uri): Promise<ResolvedRecipe | null> {
  if (dataset.scheme !== 'file') return null;
  for (const recipe of await recipesNear(dataset)) {
    const resolved = await readRecipe(recipe);
    if (resolved !== null && trainsOn(resolved, recipe, dataset)) return resolved;
  }
  return null;
}

function trainsOn({ sections }: ResolvedRecipe, recipe: vscode.Uri, dataset: vscode.Uri): boolean {
  const name = sections.data['path'];
  return (
    typeof name === 'string' && isLocalData(name) && path.relative(fileOf(recipe, name).fsPath, dataset.fsPath) === ''
  );
}

async function recipesNear(dataset: vscode.Uri): Promise<readonly vscode.Uri[]> {
  const { workspace } = vscode;
  const open = [...workspace.notebookDocuments, ...workspace.textDocuments]
    .map(({ uri }) => uri)
    .filter(({ scheme, path: name }) => scheme === 'file' && name.endsWith(SUFFIX));
  const folder = vscode.Uri.joinPath(dataset, '..');
  const beside = await workspace.fs.readDirectory(folder).then(
    (entries) => entries.map(([name]) => name).filter((name) => name.endsWith(SUFFIX)),
    () => [],
  );
  const found = await workspace.findFiles(`**/*${SUFFIX}`, undefined, MAX_RECIPES);
  const all = [
    ...open,
    ...beside.toSorted().map((name) => vscode.Uri.joinPath(folder, name)),
    ...found.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  ];
  return [...new Map(all.map((uri) => [uri.toString(), uri])).values()];
}

async function readRecipe(uri: vscode.Uri): Promise<ResolvedRecipe | null> {
  const key = uri.toString();
  const open = openSource(uri)?.text;
  const state = open ?? (await changedAt(uri));
  const before = known.get(key);
  if (before?.state === state) return before.recipe;
  const text = open ?? (await textOf(uri));
  const parsed = text === null ? null : parseRecipe(text, { file: uri.fsPath });
  const recipe = parsed?.ok ? resolveRecipe(parsed.value, uri.fsPath) : null;
  known.set(key, { state, recipe });
  return recipe;
}

async function changedAt(uri: vscode.Uri): Promise<string> {
  return vscode.workspace.fs.stat(uri).then(
    ({ mtime, size }) => `${mtime} ${size}`,
    () => '',
  );
}

async function textOf(uri: vscode.Uri): Promise<string | null> {
  return vscode.workspace.fs.readFile(uri).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => null,
  );
}
