import * as vscode from 'vscode';

/** How long something will still take, coarse as an estimate is. */
export function timeLeft(seconds: number): string {
  if (seconds < 60) return vscode.l10n.t('{0} s left', Math.max(1, Math.round(seconds)));
  if (seconds < 3600) return vscode.l10n.t('{0} min left', Math.round(seconds / 60));
  const minutes = Math.round(seconds / 60);
  return vscode.l10n.t('{0} h {1} min left', Math.floor(minutes / 60), minutes % 60);
}
