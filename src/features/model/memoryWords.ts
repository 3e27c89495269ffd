import * as vscode from 'vscode';
import { fitOf } from '../../core/model/fit';
import { words } from '../../platform/words';
import type { EstimateMachine, MemoryEstimate } from '../../protocol/model';
import type { Amounts } from '../../core/model/amounts';

export interface LineWords {
  /** With a mark in front where it says something bad. */
  readonly text: string;
  readonly tooltip: string;
}

/** "2.21 GB loaded · 3.6 GB at the peak · fits: 22.1 GB free on RTX 4090" */
export function memoryWords(estimate: MemoryEstimate, machine: EstimateMachine, amounts: Amounts): LineWords {
  const { loadedBytes, preparedBytes, deviceBytes, length, lengthIsLimit, notes } = estimate;
  const text = [
    vscode.l10n.t('{0} loaded', amounts.bytes(loadedBytes)),
    vscode.l10n.t('{0} at the peak', amounts.bytes(deviceBytes)),
    ...verdict(estimate, machine, amounts),
  ].join(' · ');
  // A cell's bar may have no room for all of it.
  const tooltip = [
    text,
    vscode.l10n.t('Estimated from the recipe and the headers of the weights, before anything is loaded.'),
    vscode.l10n.t('Prepared for training: {0}', amounts.bytes(preparedBytes)),
    lengthIsLimit
      ? vscode.l10n.t('Rows of {0} tokens, the most that the recipe allows', amounts.count(length))
      : vscode.l10n.t('Rows of {0} tokens, the longest of the dataset', amounts.count(length)),
    ...notes.map(words),
    vscode.l10n.t('Click to see what takes how much.'),
  ].join('\n');
  const isBad = fitOf(estimate, machine) === 'no';
  return { text: isBad ? `$(warning) ${text}` : text, tooltip };
}

function verdict(estimate: MemoryEstimate, machine: EstimateMachine, amounts: Amounts): readonly string[] {
  const { gpu } = machine;
  const fit = fitOf(estimate, machine);
  if (gpu === null || fit === null) return [];
  const free = amounts.bytes(gpu.freeBytes);
  const total = amounts.bytes(gpu.totalBytes);
  switch (fit) {
    case 'yes':
      return [vscode.l10n.t('fits: {0} free on {1}', free, gpu.name)];
    case 'others':
      return [vscode.l10n.t('fits only if other programs end: {0} of {1} free on {2}', free, total, gpu.name)];
    case 'no':
      return [vscode.l10n.t('does not fit: {0} has {1}', gpu.name, total)];
  }
}
