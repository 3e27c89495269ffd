// The tree "Layers" as the extension under test holds it.
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { LayerNode } from '../../src/features/model/layerTree';
import type { LayerRow } from '../../src/features/model/layersView';
import type { ModelFeature } from '../../src/features/model/register';
import { extension, until } from './support';

export async function modelFeature(): Promise<ModelFeature> {
  // SAFETY: activate() of the extension under test returns this.
  const { model } = (await extension().activate()) as { model: ModelFeature };
  return model;
}

/** Every row of the tree with this label, wherever it stands. */
export function rowsNamed(rows: readonly LayerRow[], name: string): readonly LayerRow[] {
  return rows.flatMap((row) => [...(labelOf(row) === name ? [row] : []), ...rowsNamed(row.children, name)]);
}

function labelOf(row: LayerRow): string {
  switch (row.kind) {
    case 'note':
      return row.label;
    case 'alike':
      return row.leaf;
    case 'layer':
      return row.module.name;
    case 'block':
      return `block ${row.block}`;
    case 'group':
      return row.group;
    default:
      return row.kind;
  }
}

export async function layerNamed(name: string): Promise<LayerNode> {
  const { layers } = await modelFeature();
  const [row] = await until(`a row ${name}`, () => {
    const rows = rowsNamed(layers.shown.rows, name);
    return rows.length > 0 ? rows : null;
  });
  assert.ok(row !== undefined && row.kind !== 'note');
  return row;
}

/** "12/24": how many of the layers below a row are ticked. */
export async function ticksOf(name: string): Promise<string> {
  const { modules } = await layerNamed(name);
  const tickable = modules.filter(({ ticked }) => ticked !== null);
  return `${tickable.filter(({ ticked }) => ticked === true).length}/${tickable.length}`;
}

export async function becomes(name: string, ticks: string): Promise<void> {
  await until(`${name}: ${ticks}`, async () => (await ticksOf(name)) === ticks);
}

export async function tick(name: string, ticked: boolean): Promise<void> {
  const { changes } = await modelFeature();
  await changes.tick([{ node: await layerNamed(name), ticked }]);
}

export async function shows(recipe: vscode.Uri, kind: ModelFeature['layers']['shown']['kind']): Promise<void> {
  const { layers } = await modelFeature();
  await until(
    `${kind} of ${recipe.fsPath}`,
    () => layers.recipe?.toString() === recipe.toString() && layers.shown.kind === kind,
  );
}
