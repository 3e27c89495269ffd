import * as vscode from 'vscode';
import type { Message } from '../common/message';

/** A sentence in the editor's display language. */
export function words({ text, args }: Message): string {
  return vscode.l10n.t(text, ...args);
}

/** The translations that the editor loaded, as pure code takes them: English text → text of the display language. */
export function translations(): Readonly<Record<string, string>> {
  const { bundle } = vscode.l10n;
  if (bundle === undefined) return {};
  return Object.fromEntries(
    Object.entries(bundle).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
