import * as vscode from 'vscode';
import { words } from '../../platform/words';
import type { Amounts } from '../../core/model/amounts';
import { factsOf, type LayerFacts } from './layerFacts';
import { LINEAR_GROUPS } from './layerGroups';
import type { LayerModule } from './layerModules';
import type { LayerNode } from './layerTree';
import { fateWords, labelOf } from './layerWords';
import { layerCount } from './summary';

/** What a row looks like and what is read of it. */
export function layerItem(node: LayerNode, amounts: Amounts): vscode.TreeItem {
  const facts = factsOf(node.modules);
  const label = words(labelOf(node));
  const item = new vscode.TreeItem(label, collapsible(node));
  item.id = node.id;
  item.description = description(node, facts, amounts);
  const role = roleWords(facts);
  item.iconPath = roleIcon(facts);
  item.tooltip = tooltip(node, facts, amounts);
  item.contextValue = contextOf(node);
  item.accessibilityInformation = { label: `${label}, ${item.description}, ${role}` };
  if (facts.tickable > 0) item.checkboxState = checkbox(facts);
  return item;
}

function collapsible(node: LayerNode): vscode.TreeItemCollapsibleState {
  if (node.children.length === 0) return vscode.TreeItemCollapsibleState.None;
  return node.kind === 'allLinear' || (node.kind === 'group' && LINEAR_GROUPS.includes(node.group))
    ? vscode.TreeItemCollapsibleState.Expanded
    : vscode.TreeItemCollapsibleState.Collapsed;
}

function description(node: LayerNode, facts: LayerFacts, amounts: Amounts): string {
  const { layers, parameters, type, shape, ticked, tickable } = facts;
  const only = onlyLayer(node);
  if (only !== null) return parts(node.kind === 'layer' ? null : only.leaf, layerDescription(only, facts, amounts));
  const some = ticked > 0 && ticked < tickable ? vscode.l10n.t('{0} of {1} with LoRA', ticked, tickable) : null;
  const many = type === null ? layerCount(layers, amounts) : `${amounts.count(layers)} × ${type}`;
  return parts(some, node.kind === 'alike' ? shape : null, many, amounts.compact(parameters));
}

function layerDescription(
  module: LayerModule,
  { type, shape, dtype, parameters }: LayerFacts,
  amounts: Amounts,
): string {
  if (module.tiedTo !== null) return parts(shape, vscode.l10n.t('the weights of {0}', module.tiedTo));
  const kind = isPacked(module) ? type : [type, dtype].filter(Boolean).join(' ');
  return parts(shape, kind, amounts.compact(parameters));
}

/** A row of one layer, its own or that of a group which has no other. */
function onlyLayer({ modules, children }: LayerNode): LayerModule | null {
  return children.length === 0 ? (modules[0] ?? null) : null;
}

function parts(...texts: readonly (string | null)[]): string {
  return texts.filter(Boolean).join(' · ');
}

function isPacked({ fate }: LayerModule): boolean {
  return fate !== null && fate.kind !== 'kept';
}

function checkbox({ ticked, tickable }: LayerFacts): NonNullable<vscode.TreeItem['checkboxState']> {
  const all = ticked === tickable;
  const said =
    ticked > 0 && !all
      ? vscode.l10n.t('LoRA changes {0} of {1}: tick to take them all', ticked, tickable)
      : all
        ? vscode.l10n.t('LoRA changes this: untick to leave it frozen')
        : vscode.l10n.t('Tick to let LoRA change this');
  return {
    state: all ? vscode.TreeItemCheckboxState.Checked : vscode.TreeItemCheckboxState.Unchecked,
    tooltip: said,
    accessibilityInformation: { label: said },
  };
}

function tooltip(node: LayerNode, facts: LayerFacts, amounts: Amounts): string {
  const parameters = vscode.l10n.t('{0} parameters', amounts.count(facts.parameters));
  const module = onlyLayer(node);
  if (module === null) return [words(labelOf(node)), parameters, roleSentence(facts, amounts)].join('\n');
  const fate = fateWords(module.fate, module.dtype);
  return [
    module.name,
    [module.type, facts.shape, module.dtype].filter(Boolean).join(' '),
    parameters,
    ...(fate === null ? [] : [words(fate)]),
    ...(module.tiedTo === null ? [] : [vscode.l10n.t('Shares its weights with {0}', module.tiedTo)]),
    roleSentence(facts, amounts),
    ...adapterLines(module, amounts),
  ].join('\n');
}

function adapterLines({ adapter }: LayerModule, amounts: Amounts): readonly string[] {
  if (adapter === null) return [];
  const { r, alpha, inFeatures, outFeatures, matrices, parameters } = adapter;
  const a = `${r}×${inFeatures}`;
  const b = `${outFeatures}×${r}`;
  const count = amounts.count(parameters);
  return [
    matrices === 1
      ? vscode.l10n.t(
          'Two matrices beside it, {0} and {1}: {2} trainable parameters (r {3}, lora_alpha {4})',
          a,
          b,
          count,
          r,
          alpha,
        )
      : vscode.l10n.t(
          'Two matrices beside each of {5}, {0} and {1}: {2} trainable parameters (r {3}, lora_alpha {4})',
          a,
          b,
          count,
          r,
          alpha,
          matrices,
        ),
  ];
}

function roleSentence({ targeted, tickable, saved, layers, adapter }: LayerFacts, amounts: Amounts): string {
  if (targeted === 0 && saved === 0) return vscode.l10n.t('Frozen: it stays as it is');
  if (targeted === 0)
    return saved === layers
      ? vscode.l10n.t('Trained whole and saved with the adapter (modules_to_save)')
      : vscode.l10n.t('Trained whole: {0} of {1}', saved, layers);
  if (layers === 1) return vscode.l10n.t('LoRA changes this layer');
  return vscode.l10n.t(
    'LoRA changes {0} of {1}, with {2} trainable parameters',
    targeted,
    tickable,
    amounts.count(adapter),
  );
}

/** As short as it can be heard. */
function roleWords({ targeted, tickable, saved }: LayerFacts): string {
  if (targeted > 0)
    return targeted === tickable
      ? vscode.l10n.t('with LoRA')
      : vscode.l10n.t('{0} of {1} with LoRA', targeted, tickable);
  return saved > 0 ? vscode.l10n.t('trained whole') : vscode.l10n.t('frozen');
}

function roleIcon({ targeted, tickable, saved }: LayerFacts): vscode.ThemeIcon {
  if (targeted > 0)
    return new vscode.ThemeIcon(
      targeted === tickable ? 'pass-filled' : 'circle-large',
      new vscode.ThemeColor('charts.green'),
    );
  if (saved > 0) return new vscode.ThemeIcon('unlock', new vscode.ThemeColor('charts.orange'));
  return new vscode.ThemeIcon('lock', new vscode.ThemeColor('disabledForeground'));
}

/** For the menus: `named` can be copied, `inBlock` can be trained as the only block. */
function contextOf(node: LayerNode): string {
  const inBlock = node.modules.every(({ block }) => block !== null && block === node.modules[0]?.block);
  const canTick = node.modules.some(({ ticked }) => ticked !== null);
  return ['layer', inBlock && canTick && node.part === 'text' ? 'inBlock' : '', onlyLayer(node) === null ? '' : 'named']
    .filter(Boolean)
    .join('.');
}
