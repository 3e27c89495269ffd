import * as vscode from 'vscode';
import { ensureTrusted } from '../../platform/trust';
import { RunControl } from './control';
import { type Confirm, confirmByDialog, deleteRuns } from './deleteRuns';
import { type ExportChoices, exportRun } from './exportRun';
import { pickRun, pickRuns } from './pickRuns';
import { askRunName, renameRun } from './rename';
import { resumeFrom, resumeRun } from './resume';
import { reveal, showRunLog } from './reveal';
import { directoriesOf, isFocused, rowOf } from './rows';
import { nameOf } from './runLabel';
import type { RunRecipes } from './runRecipe';
import type { Run, Runs } from './runs';
import type { RunsTree } from './runsTree';
import type { RunServices } from './services';

/** What a person does with runs: on rows of the tree, on a path from elsewhere, or asked which is meant. */
export class RunCommands {
  readonly #runs: Runs;
  readonly #tree: RunsTree;
  readonly #recipes: RunRecipes;
  readonly #services: RunServices;
  readonly #control: RunControl;

  constructor(runs: Runs, tree: RunsTree, recipes: RunRecipes, services: RunServices) {
    this.#runs = runs;
    this.#tree = tree;
    this.#recipes = recipes;
    this.#services = services;
    this.#control = new RunControl(runs, services);
  }

  /** By their names without `tunebook.`. */
  get handlers(): Readonly<Record<string, (argument?: unknown, selected?: unknown) => Promise<void>>> {
    return {
      openRun: (argument) => this.open(argument),
      openRunRecipe: (argument) =>
        this.#withOne(argument, vscode.l10n.t('Whose recipe?'), (run) => this.#recipes.show(run)),
      compareRuns: (argument, selected) => this.compare(argument, selected),
      renameRun: (argument) => this.rename(argument),
      deleteRun: (argument, selected) => this.delete(argument, selected),
      revealRun: (argument) => this.#reveal(argument),
      stopRun: (argument) =>
        this.#withOne(argument, vscode.l10n.t('Stop which run?'), (run) => this.#control.stop(run), isAtWork),
      killRun: (argument) =>
        this.#withOne(argument, vscode.l10n.t('End which run at once?'), (run) => this.#control.kill(run), isAlive),
      resumeRun: (argument) =>
        this.#withOne(argument, vscode.l10n.t('Go on from which run?'), resumeRun, hasCheckpoints),
      resumeFromCheckpoint: (argument) => this.#resumeFromCheckpoint(argument),
      exportAdapter: (argument) => this.export(argument),
      copyRunPath: (argument) => this.#copyPath(argument),
      refreshRuns: () => this.#runs.look(),
      showRunLog: (argument) =>
        this.#withOne(argument, vscode.l10n.t('Whose log?'), ({ directory }) => showRunLog(directory)),
    };
  }

  /** Shows the curves. A path of a run that no list has is shown all the same. */
  async open(argument?: unknown): Promise<void> {
    if (typeof argument === 'string') return this.#services.showCurves([argument]);
    await this.#withOne(argument, vscode.l10n.t('Show the curves of which run?'), ({ directory }) =>
      this.#services.showCurves([directory]),
    );
  }

  /** Two or more: those that are selected, else those that the person picks. */
  async compare(argument?: unknown, selected?: unknown): Promise<void> {
    const directories = directoriesOf(argument, selected);
    if (directories.length >= 2) return this.#services.showCurves(directories);
    const picked = await pickRuns(this.#runs, { title: vscode.l10n.t('Compare which runs?'), least: 2 });
    if (picked !== null) await this.#services.showCurves(picked.map(({ directory }) => directory));
  }

  /** Which runs to lay over each other, with these chosen already; null where the person declines. */
  async pick(chosen: readonly string[]): Promise<readonly string[] | null> {
    const picked = await pickRuns(this.#runs, { title: vscode.l10n.t('Show which runs?'), chosen });
    return picked?.map(({ directory }) => directory) ?? null;
  }

  async rename(argument?: unknown, ask: (run: Run) => Thenable<string | undefined> = askRunName): Promise<void> {
    await this.#withOne(argument, vscode.l10n.t('Rename which run?'), async (run) => {
      if (!(await ensureTrusted(changesNeedTrust()))) return;
      const name = await ask(run);
      if (name === undefined) return;
      await renameRun(run, name);
      await this.#runs.look();
    });
  }

  async export(argument?: unknown, choices?: ExportChoices): Promise<void> {
    await this.#withOne(argument, vscode.l10n.t('Export which run?'), (run) =>
      exportRun(run, rowOf(argument), this.#services, choices),
    );
  }

  async delete(argument?: unknown, selected?: unknown, confirm: Confirm = confirmByDialog): Promise<void> {
    const meant = await this.#meant(argument, selected);
    const runs = meant ?? (await pickRuns(this.#runs, { title: vscode.l10n.t('Delete which runs?') }));
    if (runs === null || runs.length === 0 || !(await ensureTrusted(changesNeedTrust()))) return;
    if (!(await this.#ended(runs, confirm))) return;
    await deleteRuns(runs, confirm);
    await this.#runs.look();
  }

  /** What lives is not deleted: its trainer would write on into nothing. It can be ended here first. */
  async #ended(runs: readonly Run[], confirm: Confirm): Promise<boolean> {
    for (const run of runs.filter(isAlive)) {
      const question =
        run.summary.status === 'running'
          ? vscode.l10n.t('“{0}” is at work, so it can’t be deleted. Stop it first?', nameOf(run))
          : vscode.l10n.t('The trainer of “{0}” still waits with its model loaded. End it first?', nameOf(run));
      const detail = vscode.l10n.t('What it has trained so far is saved as a checkpoint before it ends.');
      if (!(await confirm(question, detail, vscode.l10n.t('Stop and End')))) return false;
      await this.#control.end(run);
      if (this.#runs.get(run.directory)?.alive === true) return false;
    }
    return true;
  }

  async #reveal(argument: unknown): Promise<void> {
    const row = rowOf(argument);
    if (row?.kind === 'checkpoint' || row?.kind === 'adapter') return reveal(row.path);
    await this.#withOne(argument, vscode.l10n.t('Show the folder of which run?'), ({ directory }) => reveal(directory));
  }

  async #resumeFromCheckpoint(argument: unknown): Promise<void> {
    const row = rowOf(argument);
    const run = row === null ? null : this.#runs.get(row.directory);
    if (row?.kind === 'checkpoint' && run !== null) return resumeFrom(run, row.path);
    await this.#withOne(argument, vscode.l10n.t('Go on from which run?'), resumeRun, hasCheckpoints);
  }

  async #copyPath(argument: unknown): Promise<void> {
    const row = rowOf(argument);
    if (row?.kind === 'checkpoint' || row?.kind === 'adapter') return vscode.env.clipboard.writeText(row.path);
    await this.#withOne(argument, vscode.l10n.t('Copy the path of which run?'), async ({ directory }) =>
      vscode.env.clipboard.writeText(directory),
    );
  }

  async #withOne(
    argument: unknown,
    title: string,
    act: (run: Run) => Promise<void>,
    fits?: (run: Run) => boolean,
  ): Promise<void> {
    const meant = await this.#meant(argument, null);
    const run = meant === null ? await pickRun(this.#runs, { title, ...(fits && { fits }) }) : meant[0];
    if (run !== undefined && run !== null) await act(run);
  }

  /** The runs that a command was called on; null: it was called on none. Looked at anew where the list doesn't know one yet. */
  async #meant(argument: unknown, selected: unknown): Promise<readonly Run[] | null> {
    // F2 and Delete on what a run left don't mean the run.
    const rows = isFocused(argument) ? (await this.#tree.focused()).filter(({ kind }) => kind === 'run') : null;
    const directories = rows === null ? directoriesOf(argument, selected) : directoriesOf(rows[0], rows);
    if (directories.length === 0) return rows === null ? null : [];
    if (directories.some((directory) => this.#runs.get(directory) === null)) await this.#runs.look();
    const unknown = directories.find((directory) => this.#runs.get(directory) === null);
    if (unknown !== undefined)
      void vscode.window.showWarningMessage(
        vscode.l10n.t('{0} is none of the runs of the open folders; it may have been moved or deleted.', unknown),
      );
    return directories.flatMap((directory) => this.#runs.get(directory) ?? []);
  }
}

const isAlive = ({ alive }: Run): boolean => alive;
const isAtWork = ({ summary }: Run): boolean => summary.status === 'running';
const hasCheckpoints = ({ summary, recipeFile }: Run): boolean => summary.checkpoints.length > 0 && recipeFile !== null;

function changesNeedTrust(): string {
  return vscode.l10n.t('Changing what a folder holds of its runs needs a trusted workspace.');
}
