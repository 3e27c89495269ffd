import * as vscode from 'vscode';
import { assertNever } from '../../common/assertNever';
import type { ModelSource } from '../../protocol/model';
import type { Amounts } from '../../core/model/amounts';
import type { ModelLook } from './look';

/** "12,582,912 trainable (0.33%) · adapter 50.3 MB · 128 layers" */
export function loraSummary({ plan }: ModelLook, amounts: Amounts): string {
  if (plan.targets.length === 0 && plan.saved.length === 0)
    return vscode.l10n.t('LoRA changes no layer of this model.');
  return [
    vscode.l10n.t('{0} trainable ({1})', amounts.count(plan.trainable), amounts.percent(plan.trainable / plan.total)),
    vscode.l10n.t('adapter {0}', amounts.bytes(plan.adapterBytes)),
    layerCount(plan.targets.length, amounts),
  ].join(' · ');
}

export function layerCount(count: number, amounts: Amounts): string {
  return count === 1 ? vscode.l10n.t('1 layer') : vscode.l10n.t('{0} layers', amounts.count(count));
}

/** Where a model's structure was read. */
export function sourceWords({ kind }: ModelSource): string {
  switch (kind) {
    case 'folder':
      return vscode.l10n.t('folder');
    case 'cache':
      return vscode.l10n.t('Hub cache');
    case 'hub':
      return vscode.l10n.t('Hugging Face Hub');
    default:
      return assertNever(kind);
  }
}
