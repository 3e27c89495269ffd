import * as vscode from 'vscode';
import { timeLeft } from '../../platform/duration';
import type { Job } from '../job';

/** One item for all that is at work; a click shows the first: its notebook, or its curves where another program runs it. */
export class JobStatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('tunebook.job', vscode.StatusBarAlignment.Left, 50);
  #text = '';

  constructor() {
    this.#item.name = vscode.l10n.t('Fine-tuning');
  }

  /** What it says; empty while nothing is at work. */
  get text(): string {
    return this.#text;
  }

  show(jobs: readonly Job[]): void {
    const [first] = jobs;
    const inNotebook = jobs.some((job) => job.inNotebook);
    void vscode.commands.executeCommand('setContext', 'tunebook.running', inNotebook);
    this.#text = first === undefined ? '' : textOf(first, jobs.length - 1);
    if (first === undefined) return this.#item.hide();
    this.#item.text = this.#text;
    this.#item.tooltip = tooltip(jobs);
    this.#item.command = showCommand(first);
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}

function textOf(job: Job, others: number): string {
  return `$(loading~spin) ${facts(job).join(' · ')}${others > 0 ? ` +${others}` : ''}`;
}

function facts(job: Job): string[] {
  if (job.step !== 'train' || job.totalSteps === null)
    return [job.step === null ? job.name : `${job.name}: ${job.step}`];
  const parts = [`${job.name} ${job.trainStep ?? 0}/${job.totalSteps}`];
  if (job.loss !== null) parts.push(vscode.l10n.t('loss {0}', job.loss.toFixed(3)));
  if (job.etaSeconds !== null) parts.push(timeLeft(job.etaSeconds));
  return parts;
}

function tooltip(jobs: readonly Job[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString('', true);
  text.isTrusted = {
    enabledCommands: ['tunebook.stopTraining', 'tunebook.revealNotebook', 'tunebook.openRun', 'tunebook.stopRun'],
  };
  for (const job of jobs) {
    text.appendMarkdown('**').appendText(job.name).appendMarkdown('** · ');
    text.appendText(facts(job).slice(1).join(' · ') || (job.step ?? '')).appendMarkdown('\n\n');
    if (!job.inNotebook) text.appendMarkdown(`${vscode.l10n.t('Started by another window or the command line.')}\n\n`);
    const links = [showCommand(job), stopCommand(job)];
    text.appendMarkdown(`${links.map(link).join(' · ')}\n\n`);
  }
  return text;
}

function showCommand({ inNotebook, recipe, runDirectory }: Job): vscode.Command {
  return inNotebook && recipe !== null
    ? {
        command: 'tunebook.revealNotebook',
        title: vscode.l10n.t('Show the notebook'),
        arguments: [recipe.toString()],
      }
    : { command: 'tunebook.openRun', title: vscode.l10n.t('Show the curves'), arguments: [runDirectory] };
}

function stopCommand({ inNotebook, recipe, runDirectory }: Job): vscode.Command {
  const title = vscode.l10n.t('Stop');
  return inNotebook && recipe !== null
    ? { command: 'tunebook.stopTraining', title, arguments: [recipe.toString()] }
    : { command: 'tunebook.stopRun', title, arguments: [runDirectory] };
}

function link({ command, title, arguments: args }: vscode.Command): string {
  return `[${title}](command:${command}?${encodeURIComponent(JSON.stringify(args))})`;
}
