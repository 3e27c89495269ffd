import * as vscode from 'vscode';
import type { Message } from '../../common/message';
import { HubError } from '../../engine/hub/hubError';
import { words } from '../../platform/words';

/** Tells of a HubError and gives null for it. */
export async function withoutTrouble<T>(act: () => Promise<T>): Promise<T | null> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    void vscode.window.showErrorMessage(hubErrorText(error));
    return null;
  }
}

export function hubErrorText({ words: what, remedy }: HubError): string {
  return `${sentence(what)} ${words(remedy)}`;
}

/** Several of them may follow each other. */
export function sentence(message: Message): string {
  const text = words(message);
  return /[.!?。！？]$/.test(text) ? text : `${text}.`;
}
