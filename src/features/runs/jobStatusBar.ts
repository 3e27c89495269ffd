import * as vscode from 'vscode';
import { timeLeft } from '../../platform/duration';
import type { Job } from '../job';

/** One item for all running jobs; a click shows the notebook of the first. */
export function showJobsInStatusBar(onDidChangeJobs: vscode.Event<readonly Job[]>): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('tunebook.job', vscode.StatusBarAlignment.Left, 50);
  item.name = vscode.l10n.t('Fine-tuning');
  const subscription = onDidChangeJobs((jobs) => {
    const [first] = jobs;
    void vscode.commands.executeCommand('setContext', 'tunebook.running', first !== undefined);
    if (first === undefined) return item.hide();
    const more = jobs.length > 1 ? ` +${jobs.length - 1}` : '';
    item.text = `$(loading~spin) ${facts(first).join(' · ')}${more}`;
    item.tooltip = tooltip(jobs);
    item.command = {
      command: 'tunebook.revealNotebook',
      title: vscode.l10n.t('Show the notebook'),
      arguments: [first.recipe.toString()],
    };
    item.show();
  });
  return vscode.Disposable.from(item, subscription);
}

function facts(job: Job): string[] {
  if (job.step !== 'train' || job.totalSteps === null) return [`${job.name}: ${job.step}`];
  const parts = [`${job.name} ${job.trainStep ?? 0}/${job.totalSteps}`];
  if (job.loss !== null) parts.push(vscode.l10n.t('loss {0}', job.loss.toFixed(3)));
  if (job.etaSeconds !== null) parts.push(timeLeft(job.etaSeconds));
  return parts;
}

function tooltip(jobs: readonly Job[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString('', true);
  text.isTrusted = { enabledCommands: ['tunebook.stopTraining', 'tunebook.revealNotebook'] };
  for (const job of jobs) {
    const query = encodeURIComponent(JSON.stringify([job.recipe.toString()]));
    text
      .appendMarkdown('**')
      .appendText(job.name)
      .appendMarkdown(`** · ${facts(job).slice(1).join(' · ') || job.step}\n\n`);
    text.appendMarkdown(
      `[${vscode.l10n.t('Show the notebook')}](command:tunebook.revealNotebook?${query}) · [${vscode.l10n.t('Stop')}](command:tunebook.stopTraining?${query})\n\n`,
    );
  }
  return text;
}
