import * as vscode from 'vscode';
import { assertNever } from '../../common/assertNever';
import { explainFailure } from '../../core/run/explainFailure';
import { lossText, outcomeOf, type RunOutcomeStatus } from '../../core/run/runWords';
import { words } from '../../platform/words';
import { showInRecipe } from '../showInRecipe';
import { showRunLog } from './reveal';
import { failureIn } from './runItem';
import { durationOf, nameOf } from './runLabel';
import type { Run, Runs } from './runs';

export interface EndNotice {
  readonly directory: string;
  readonly outcome: RunOutcomeStatus;
  readonly text: string;
}

/** Tells when a run ends that this window saw at work, where the person may not see it by themselves. */
export class EndNotices implements vscode.Disposable {
  readonly #runs: Runs;
  readonly #showCurves: (directories: readonly string[]) => Promise<void>;
  readonly #atWork = new Set<string>();
  readonly #told = new vscode.EventEmitter<EndNotice>();
  readonly onDidTell = this.#told.event;
  readonly #subscription: vscode.Disposable;
  readonly #isFocused: () => boolean;

  constructor(
    runs: Runs,
    showCurves: (directories: readonly string[]) => Promise<void>,
    isFocused = () => vscode.window.state.focused,
  ) {
    this.#runs = runs;
    this.#showCurves = showCurves;
    this.#isFocused = isFocused;
    this.#subscription = runs.onDidChange(() => this.#look());
    this.#look();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#told.dispose();
  }

  #look(): void {
    for (const run of this.#runs.all) {
      const { directory, state, alive, summary } = run;
      if (summary.status === 'running') {
        this.#atWork.add(directory);
        continue;
      }
      const outcome = outcomeOf(state, alive);
      if (outcome === null || !this.#atWork.delete(directory)) continue;
      // In front of the editor a person sees the end where they look at it; a failure that nothing shows they don't.
      if (!this.#isFocused() || (outcome === 'failed' && !isInFront(run))) void this.#tell(run, outcome);
    }
  }

  async #tell(run: Run, outcome: RunOutcomeStatus): Promise<void> {
    const text = sentenceOf(run, outcome);
    this.#told.fire({ directory: run.directory, outcome, text });
    const curves = vscode.l10n.t('Show the curves');
    const test = vscode.l10n.t('Try it out');
    const log = vscode.l10n.t('Show Log');
    const isGood = outcome === 'done';
    const show = isGood ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
    const { recipeFile } = run;
    const choices = [curves, ...(isGood && recipeFile !== null ? [test] : []), ...(isGood ? [] : [log])];
    const choice = await show(text, ...choices);
    if (choice === curves) await this.#showCurves([run.directory]);
    else if (choice === log) await showRunLog(run.directory);
    else if (choice === test && recipeFile !== null) await showInRecipe(vscode.Uri.file(recipeFile), ['generate']);
  }
}

function sentenceOf(run: Run, outcome: RunOutcomeStatus): string {
  const name = nameOf(run);
  const facts = factsOf(run);
  switch (outcome) {
    case 'done':
      return facts === '' ? vscode.l10n.t('{0} is done.', name) : vscode.l10n.t('{0} is done: {1}.', name, facts);
    case 'stopped':
      return facts === ''
        ? vscode.l10n.t('{0} was stopped.', name)
        : vscode.l10n.t('{0} was stopped: {1}.', name, facts);
    case 'lost':
      return vscode.l10n.t('{0} ended without a word. The log may tell why.', name);
    case 'failed': {
      const failure = failureIn(run.state);
      return failure === null
        ? vscode.l10n.t('{0} has failed.', name)
        : vscode.l10n.t('{0} has failed. {1}', name, words(explainFailure(failure).title));
    }
    default:
      return assertNever(outcome);
  }
}

/** "loss 0.251, step 220, 5:12" */
function factsOf({ summary, state, startedAt, lastEventAt }: Run): string {
  const { loss, trainStep } = summary;
  // of what was asked for last: the trainer may have waited for it for hours
  const duration = durationOf({ startedAt: state.command?.t ?? startedAt, lastEventAt });
  return [
    ...(loss === null ? [] : [vscode.l10n.t('loss {0}', lossText(loss))]),
    ...(trainStep === null ? [] : [vscode.l10n.t('step {0}', trainStep)]),
    ...(duration === null ? [] : [duration]),
  ].join(', ');
}

function isInFront({ recipeFile }: Run): boolean {
  if (recipeFile === null) return false;
  const recipe = vscode.Uri.file(recipeFile).toString();
  return (
    vscode.window.visibleNotebookEditors.some(({ notebook }) => notebook.uri.toString() === recipe) ||
    vscode.window.visibleTextEditors.some(({ document }) => document.uri.toString() === recipe)
  );
}
