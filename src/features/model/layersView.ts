import * as vscode from 'vscode';
import type { ModuleInfo } from '../../protocol/trainer';
import { groupLayers, type LayerNode } from './layerTree';

/** The modules of a loaded model, as its `structure` event lists them. */
export interface LoadedModel {
  readonly architecture: string;
  readonly modules: readonly ModuleInfo[];
}

/** "Layers": what the model of the notebook in front is made of, and which of it LoRA wraps. */
export class LayersView implements vscode.TreeDataProvider<LayerNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: vscode.TreeView<LayerNode>;
  #model: LoadedModel | null = null;
  #roots: readonly LayerNode[] = [];

  constructor() {
    this.#view = vscode.window.createTreeView('tunebook.layers', { treeDataProvider: this, showCollapseAll: true });
  }

  show(model: LoadedModel | null): void {
    if (model === this.#model) return;
    this.#model = model;
    this.#roots = model === null ? [] : groupLayers(model.modules);
    this.#view.description = model?.architecture ?? '';
    this.#changed.fire();
  }

  getChildren(node?: LayerNode): LayerNode[] {
    if (node === undefined) return [...this.#roots];
    return node.kind === 'group' ? [...node.children] : [];
  }

  getTreeItem(node: LayerNode): vscode.TreeItem {
    return node.kind === 'group' ? groupItem(node) : moduleItem(node.module);
  }

  dispose(): void {
    this.#view.dispose();
    this.#changed.dispose();
  }
}

function groupItem({ name, type, shape, children, targets }: Extract<LayerNode, { kind: 'group' }>): vscode.TreeItem {
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${name} ${type} ${arrow(shape)}`;
  item.description = [`${children.length} × ${type}`, arrow(shape)].filter(Boolean).join(' ');
  item.iconPath = targetIcon(targets > 0);
  item.tooltip =
    targets > 0 ? vscode.l10n.t('LoRA changes {0} of {1}', targets, children.length) : vscode.l10n.t('Stays as it is');
  return item;
}

function moduleItem(module: ModuleInfo): vscode.TreeItem {
  const item = new vscode.TreeItem(module.name, vscode.TreeItemCollapsibleState.None);
  item.id = module.name;
  item.description = module.dtype ?? '';
  item.iconPath = targetIcon(module.target);
  const lines = [
    `${module.type} ${arrow(module.shape)}`.trim(),
    vscode.l10n.t('{0} parameters', module.parameters.toLocaleString(vscode.env.language)),
    module.target ? vscode.l10n.t('LoRA changes this layer') : vscode.l10n.t('Stays as it is'),
  ];
  item.tooltip = `${module.name}\n${lines.join('\n')}`;
  return item;
}

/** [out, in] as PyTorch keeps it → "in→out", as people read it. */
function arrow(shape: readonly number[] | null): string {
  if (shape === null) return '';
  return shape.length === 2 ? shape.toReversed().join('→') : shape.join('×');
}

function targetIcon(target: boolean): vscode.ThemeIcon {
  return target
    ? new vscode.ThemeIcon('pass-filled', new vscode.ThemeColor('testing.iconPassed'))
    : new vscode.ThemeIcon('circle-outline', new vscode.ThemeColor('disabledForeground'));
}
