import * as vscode from 'vscode';
import { detectColumns } from '../../core/data/detect';
import type { NewRecipeColumns } from '../../core/recipe/template';
import { pick } from './pick';
import type { Row } from '../../core/data/rows';

/** null: the rows already are conversations in `messages`. undefined: the person left. */
export type ColumnsAnswer = NewRecipeColumns | null | undefined;

/** Which column does the user say, which one shall the model answer? Asked only where the rows don't show it. */
export async function askColumns(title: string, rows: readonly Row[]): Promise<ColumnsAnswer> {
  const guess = detectColumns(rows);
  if (guess !== null) return 'messages' in guess && guess.messages === 'messages' ? null : guess;
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return names.length >= 2 ? pickColumns(title, names) : typeColumns(title);
}

async function pickColumns(title: string, names: readonly string[]): Promise<ColumnsAnswer> {
  const choose = (question: string, among: readonly string[]): Promise<string | undefined> =>
    pick(
      title,
      question,
      among.map((name) => ({ label: name, value: name })),
    );
  const prompt = await choose(vscode.l10n.t('Which column does the user say?'), names);
  if (prompt === undefined) return undefined;
  const others = names.filter((name) => name !== prompt);
  const completion = await choose(vscode.l10n.t('Which column shall the model answer?'), others);
  return completion === undefined ? undefined : { prompt, completion };
}

/** A dataset that can't be looked into from here. */
async function typeColumns(title: string): Promise<ColumnsAnswer> {
  const conversations = await pick(title, vscode.l10n.t('What does a row look like?'), [
    {
      label: vscode.l10n.t('Two columns: a prompt and its answer'),
      detail: vscode.l10n.t('You name the columns next'),
      value: false,
    },
    {
      label: vscode.l10n.t('A conversation in a column named messages'),
      detail: '[{"role": "user", "content": "…"}, {"role": "assistant", "content": "…"}]',
      value: true,
    },
  ]);
  if (conversations === undefined) return undefined;
  if (conversations) return null;
  const prompt = await typeColumn(title, vscode.l10n.t('Which column does the user say?'), 'prompt');
  if (prompt === undefined) return undefined;
  const completion = await typeColumn(title, vscode.l10n.t('Which column shall the model answer?'), 'completion');
  return completion === undefined ? undefined : { prompt, completion };
}

async function typeColumn(title: string, prompt: string, value: string): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title,
    prompt,
    value,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('Name a column.') : null),
  });
}
