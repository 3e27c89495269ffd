import { realpath } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { findInterpreters, type Interpreter, isSupported, probeInterpreter } from '../../engine/python/interpreters';
import { CORE_PACKAGES, mismatches } from '../../engine/python/lock';
import { editorInterpreters } from '../../platform/pythonExtension';
import { type Choice, pick, separator } from './pick';

export type PythonChoice =
  | { readonly kind: 'create'; readonly base: string | null }
  | { readonly kind: 'use'; readonly python: string };

/** Which Python shall train? Tunebook's own environment first, then what this machine has, with what each lacks. */
export async function pickPython(
  folder: vscode.Uri | null,
  inUse: string | null,
  lock: string,
  download: string,
  log: vscode.LogOutputChannel,
): Promise<PythonChoice | undefined> {
  const found = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Looking for Python') },
    () => allInterpreters(folder, inUse, log),
  );
  const choices: Choice<PythonChoice | 'browse'>[] = [
    {
      label: `$(sparkle) ${vscode.l10n.t('Create Tunebook environment')}`,
      description: vscode.l10n.t('recommended'),
      detail: vscode.l10n.t('Exact, tested versions in a folder of their own. Downloads about {0}.', download),
      value: { kind: 'create', base: null },
    },
    ...(found.length === 0 ? [] : [separator(vscode.l10n.t('On this machine'))]),
    ...found.map((interpreter) => toChoice(interpreter, lock, interpreter.path === inUse)),
    separator(vscode.l10n.t('Elsewhere')),
    { label: `$(folder-opened) ${vscode.l10n.t('Choose an interpreter…')}`, value: 'browse' },
  ];
  const choice = await pick(
    vscode.l10n.t('Fine-tune: Set Up Python Environment'),
    vscode.l10n.t('Which Python shall train?'),
    choices,
  );
  if (choice !== 'browse') return choice;
  const chosen = await vscode.window.showOpenDialog({ title: vscode.l10n.t('Choose an interpreter…') });
  return chosen?.[0] === undefined ? undefined : { kind: 'use', python: chosen[0].fsPath };
}

async function allInterpreters(
  folder: vscode.Uri | null,
  inUse: string | null,
  log: vscode.LogOutputChannel,
): Promise<readonly Interpreter[]> {
  const editor = await editorInterpreters(folder ?? undefined, (text) => log.warn(text));
  const named = [inUse, editor.active, ...editor.known].filter((file) => file !== null);
  const [probed, found] = await Promise.all([
    Promise.all(named.map((file) => probeInterpreter(file, CORE_PACKAGES))),
    findInterpreters(folder?.fsPath ?? null, CORE_PACKAGES),
  ]);
  const all = [...probed.filter((interpreter) => interpreter !== null).filter(isSupported), ...found];
  return onePerFolder(all);
}

/** python and python3 of one folder are the same, /bin is often /usr/bin; a venv's python is a link out of its folder. */
async function onePerFolder(all: readonly Interpreter[]): Promise<readonly Interpreter[]> {
  const seen = new Map<string, Interpreter>();
  for (const interpreter of all) {
    const folder = path.dirname(interpreter.path);
    const key = await realpath(folder).catch(() => folder);
    if (!seen.has(key)) seen.set(key, interpreter);
  }
  return [...seen.values()];
}

function toChoice(interpreter: Interpreter, lock: string, inUse: boolean): Choice<PythonChoice> {
  const differences = mismatches(lock, interpreter.packages);
  const missing = differences.filter(({ found }) => found === null).map((difference) => difference.package);
  const others = differences.filter(({ found }) => found !== null);
  const state =
    missing.length > 0
      ? vscode.l10n.t('lacks {0}', missing.join(', '))
      : others.length > 0
        ? vscode.l10n.t('other versions: {0}', others.map((other) => `${other.package} ${other.found}`).join(', '))
        : vscode.l10n.t('has everything');
  return {
    label: `${missing.length > 0 ? '$(circle-outline)' : '$(pass)'} Python ${interpreter.version}`,
    description: inUse ? `${interpreter.path} · ${vscode.l10n.t('in use')}` : interpreter.path,
    detail: state,
    value: { kind: 'use', python: interpreter.path },
  };
}
