import * as vscode from 'vscode';
import { DisposableStore } from '../../common/disposable';
import { amountsIn } from '../../core/model/amounts';
import { layerItem } from './layerItem';
import { noteItem, type NoteRow, notesOf } from './layerNotes';
import { layerTree, type LayerNode, type LayersView as View } from './layerTree';
import type { ModelLook } from './look';

export type LayerRow = LayerNode | NoteRow;

/** A row and whether it shall be ticked now. */
export interface Ticked {
  readonly node: LayerNode;
  readonly ticked: boolean;
}

/** The native tree "Layers": draws what it is given, and tells what a person ticks. */
export class LayersView implements vscode.TreeDataProvider<LayerRow>, vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly #ticked = this.#store.add(new vscode.EventEmitter<readonly Ticked[]>());
  readonly onDidChangeTreeData = this.#changed.event;
  readonly onDidTick = this.#ticked.event;
  readonly view: vscode.TreeView<LayerRow>;
  readonly #amounts = amountsIn(vscode.env.language);
  #roots: readonly LayerRow[] = [];

  constructor() {
    this.view = this.#store.add(
      vscode.window.createTreeView<LayerRow>('tunebook.layers', {
        treeDataProvider: this,
        showCollapseAll: true,
        manageCheckboxStateManually: true,
      }),
    );
    this.#store.add(
      this.view.onDidChangeCheckboxState(({ items }) =>
        this.#ticked.fire(
          items.flatMap(([row, state]) =>
            row.kind === 'note' ? [] : [{ node: row, ticked: state === vscode.TreeItemCheckboxState.Checked }],
          ),
        ),
      ),
    );
  }

  show(look: ModelLook | null, view: View): void {
    this.#roots = look === null ? [] : [...notesOf(look, this.#amounts), ...layerTree(look.layers, view)];
    this.#changed.fire();
  }

  get roots(): readonly LayerRow[] {
    return this.#roots;
  }

  /** The arrow keys move the focus, which only the editor knows; what it selects it tells before it answers. */
  async focused(): Promise<LayerNode | null> {
    await vscode.commands.executeCommand('list.selectAndPreserveFocus');
    return layerOf(this.view.selection[0]);
  }

  /** Draws the same rows again: a tick that could not be written goes back. */
  redraw(): void {
    this.#changed.fire();
  }

  getChildren(row?: LayerRow): LayerRow[] {
    return row === undefined ? [...this.#roots] : [...row.children];
  }

  getTreeItem(row: LayerRow): vscode.TreeItem {
    return row.kind === 'note' ? noteItem(row) : layerItem(row, this.#amounts);
  }

  dispose(): void {
    this.#store.dispose();
  }
}

/** What a command was called on, if that was one of the layers. */
export function layerOf(argument: unknown): LayerNode | null {
  return isRow(argument) && argument.kind !== 'note' ? argument : null;
}

function isRow(value: unknown): value is LayerRow {
  return typeof value === 'object' && value !== null && 'kind' in value && 'children' in value && 'id' in value;
}
