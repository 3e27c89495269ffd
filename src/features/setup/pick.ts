import * as vscode from 'vscode';

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value?: T;
}

/** One question of several; undefined when the person left it. */
export async function pick<T>(
  title: string,
  placeHolder: string,
  choices: readonly Choice<T>[],
): Promise<T | undefined> {
  const picked = await vscode.window.showQuickPick(choices, {
    title,
    placeHolder,
    ignoreFocusOut: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.value;
}

export function separator(label: string): Choice<never> {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

/** "owner/name" of the Hugging Face Hub; a few old models have a name alone. */
const HUB_ID = /^(?:[\w.-]+\/)?[\w.-]+$/;

export async function askHubId(title: string, prompt: string, placeHolder: string): Promise<string | undefined> {
  const id = await vscode.window.showInputBox({
    title,
    prompt,
    placeHolder,
    ignoreFocusOut: true,
    validateInput: (text) =>
      HUB_ID.test(text.trim()) ? null : vscode.l10n.t('A name of the Hugging Face Hub looks like owner/name.'),
  });
  return id?.trim();
}
