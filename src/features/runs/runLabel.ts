import * as path from 'node:path';
import * as vscode from 'vscode';
import { lossText, runWords } from '../../core/run/runWords';
import { STATUS_WORDS } from '../../core/run/statusWords';
import { ago, clock, timeLeft } from '../../platform/duration';
import { words } from '../../platform/words';
import type { Run } from './runs';

/** As a person named it, or the recipe's name. */
export function nameOf({ name, recipeFile, id }: Pick<Run, 'name' | 'recipeFile' | 'id'>): string {
  if (name !== null) return name;
  if (recipeFile === null) return id;
  // The recipe's path is of the machine that ran it.
  const file = path.win32.isAbsolute(recipeFile) ? path.win32.basename(recipeFile) : path.basename(recipeFile);
  return file.replace(/\.tune\.ya?ml$/i, '') || file;
}

/** Runs of one recipe are told apart by their time, those with a name of their own by that. */
export function labelOf(run: Run): string {
  return run.name === null && run.startedAt !== null ? `${nameOf(run)} · ${ago(run.startedAt)}` : nameOf(run);
}

/** "120/270 · loss 1.230 · 2 min left" */
export function descriptionOf(run: Run): string {
  if (run.trouble !== null) return vscode.l10n.t('can’t be read');
  const { summary, state, name, startedAt, folder } = run;
  return [
    ...runWords(state, summary).map(words),
    ...(summary.etaSeconds === null ? [] : [timeLeft(summary.etaSeconds)]),
    ...(name !== null && startedAt !== null ? [ago(startedAt)] : []),
    ...(folder === null ? [] : [folder]),
  ].join(' · ');
}

export function statusWords({ trouble, summary, state, alive }: Run): string {
  if (trouble !== null) return vscode.l10n.t('can’t be read');
  return alive && state.hello === null ? vscode.l10n.t('begins') : words(STATUS_WORDS[summary.status]);
}

/** The figures, each with what it is. */
export function figuresOf({ summary }: Run): readonly string[] {
  const { loss, trainStep, totalSteps, etaSeconds } = summary;
  return [
    ...(trainStep === null ? [] : [vscode.l10n.t('Step: {0} of {1}', trainStep, totalSteps ?? '?')]),
    ...(loss === null ? [] : [vscode.l10n.t('Loss: {0}', lossText(loss))]),
    ...(etaSeconds === null ? [] : [timeLeft(etaSeconds)]),
  ];
}

/** From its first word to its last. */
export function durationOf({ startedAt, lastEventAt }: Pick<Run, 'startedAt' | 'lastEventAt'>): string | null {
  return startedAt === null || lastEventAt === null ? null : clock(lastEventAt - startedAt);
}

/** Each state has a shape of its own: the colour only helps. */
export function iconOf({ trouble, summary, state, alive }: Run): vscode.ThemeIcon {
  if (trouble !== null) return icon('circle-slash', 'disabledForeground');
  switch (summary.status) {
    case 'running':
      return icon('loading~spin', 'charts.blue');
    case 'idle':
      return state.hello === null && alive ? icon('loading~spin', 'charts.blue') : icon('clock', 'charts.blue');
    case 'done':
      return icon('pass', 'testing.iconPassed');
    case 'failed':
      return icon('error', 'testing.iconFailed');
    case 'stopped':
      return icon('stop-circle', 'disabledForeground');
    case 'lost':
      return icon('warning', 'list.warningForeground');
  }
}

function icon(id: string, color: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id, new vscode.ThemeColor(color));
}
