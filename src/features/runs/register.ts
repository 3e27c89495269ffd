import type * as vscode from 'vscode';
import { DisposableStore } from '../../common/disposable';
import { commands } from '../../platform/commands';
import { EndNotices } from './endNotices';
import { jobsOf } from './jobs';
import { JobStatusBar } from './jobStatusBar';
import { RunCommands } from './runCommands';
import { RunRecipes } from './runRecipe';
import { Runs } from './runs';
import { RunsTree } from './runsTree';
import { savedAdapters } from './savedAdapters';
import type { RunServices } from './services';
import type { SavedAdapter } from '../savedAdapter';

/** What the editor's API lets no other extension see, tests among them. */
export interface RunsFeature extends vscode.Disposable {
  readonly runs: Runs;
  readonly tree: RunsTree;
  readonly actions: RunCommands;
  readonly statusBar: JobStatusBar;
  readonly adapters: () => Promise<readonly SavedAdapter[]>;
}

/** Everything that has run here: the tree with what can be done about it, the status bar, and a word at the end of a run. */
export function registerRuns(services: RunServices): RunsFeature {
  const store = new DisposableStore();
  const runs = store.add(new Runs());
  const tree = store.add(new RunsTree(runs));
  const actions = new RunCommands(runs, tree, store.add(new RunRecipes()), services);
  const statusBar = store.add(new JobStatusBar());
  const showJobs = (): void => statusBar.show(jobsOf(runs, services));
  store.add(services.onDidChangeJobs(showJobs));
  store.add(services.onDidChangeTrainers(() => void runs.lookAgain()));
  store.add(runs.onDidChange(showJobs));
  store.add(new EndNotices(runs, (directories) => services.showCurves(directories)));
  for (const command of commands(actions.handlers)) store.add(command);
  return { runs, tree, actions, statusBar, adapters: () => savedAdapters(runs), dispose: () => store.dispose() };
}
