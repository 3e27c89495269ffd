import * as vscode from 'vscode';
import { DisposableStore } from '../../common/disposable';
import { amountsIn } from '../../core/model/amounts';
import { idOf, madeItem, madeOf } from './madeItem';
import { rowOf, type RunRow, type RunsRow } from './rows';
import { runItem } from './runItem';
import type { Run, Runs } from './runs';

const VIEW = 'tunebook.runs';
/** "5m ago" goes on by itself. */
const REDRAW_EVERY_MS = 60_000;

/** The native tree "Runs": those that live, then the newest, and below each what it left. */
export class RunsTree implements vscode.TreeDataProvider<RunsRow>, vscode.Disposable {
  readonly #runs: Runs;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<RunsRow[] | undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #amounts = amountsIn(vscode.env.language);
  readonly view: vscode.TreeView<RunsRow>;
  /** What each row showed when it was drawn. */
  #drawn = new Map<string, { readonly row: RunRow; readonly run: Run }>();
  #isEmpty: boolean | null = null;
  /** The same row for the same thing. */
  readonly #made = new Map<string, RunsRow>();

  constructor(runs: Runs) {
    this.#runs = runs;
    this.view = this.#store.add(
      vscode.window.createTreeView<RunsRow>(VIEW, { treeDataProvider: this, canSelectMany: true }),
    );
    this.#store.add(runs.onDidChange(() => this.#draw()));
    this.#store.add(this.view.onDidChangeVisibility(({ visible }) => this.#watch(visible)));
    const timer = setInterval(() => {
      if (this.view.visible) this.#changed.fire(undefined);
    }, REDRAW_EVERY_MS);
    this.#store.add({ dispose: () => clearInterval(timer) });
    this.#watch(this.view.visible);
    this.#draw();
  }

  getChildren(row?: RunsRow): Promise<RunsRow[]> | RunsRow[] {
    if (row === undefined) return [...this.#drawn.values()].map((drawn) => drawn.row);
    return row.kind === 'run' ? this.#madeOf(row) : [];
  }

  getTreeItem(row: RunsRow): vscode.TreeItem {
    if (row.kind !== 'run') return madeItem(row);
    const run = this.#drawn.get(row.directory)?.run;
    return run === undefined ? new vscode.TreeItem('') : runItem(row, run, this.#amounts);
  }

  getParent(row: RunsRow): RunsRow | undefined {
    return row.kind === 'run' ? undefined : this.#drawn.get(row.directory)?.row;
  }

  rowOf(directory: string): RunRow | null {
    return this.#drawn.get(directory)?.row ?? null;
  }

  /**
   * What a key in the tree is meant for: the row that has the focus, or all that are selected where it is one of them. Only the
   * editor knows the focus (arrow keys move it, not the selection); toggling its selection tells, and opens nothing.
   */
  async focused(): Promise<readonly RunsRow[]> {
    const before = this.view.selection;
    await vscode.commands.executeCommand('list.toggleSelection');
    const after = this.view.selection;
    const added = after.find((row) => !before.includes(row));
    await vscode.commands.executeCommand('list.toggleSelection');
    return added === undefined ? before : [added];
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** The first look at many runs takes a second. */
  #watch(visible: boolean): void {
    this.#runs.watched = visible;
    if (!visible || this.#runs.isWhole) return;
    void vscode.window.withProgress({ location: { viewId: VIEW } }, async () => {
      await this.#runs.look();
      this.#draw();
    });
  }

  /** Rows that changed are drawn anew; all of them only where some came, went or moved. */
  #draw(): void {
    const before = this.#drawn;
    this.#drawn = new Map(
      this.#runs.all.map((run) => {
        const row = before.get(run.directory)?.row ?? { kind: 'run', directory: run.directory };
        return [run.directory, { row, run }];
      }),
    );
    this.view.message = this.#runs.troubles.join('\n');
    // for what stands there instead of a list
    const isEmpty = this.#runs.isWhole && this.#runs.all.length === 0 && this.#runs.troubles.length === 0;
    if (isEmpty !== this.#isEmpty) {
      this.#isEmpty = isEmpty;
      void vscode.commands.executeCommand('setContext', 'tunebook.runs', isEmpty ? 'none' : 'some');
    }
    const ids = [...this.#drawn.keys()];
    const formerIds = [...before.keys()];
    const isSameList = ids.length === formerIds.length && ids.every((id, index) => id === formerIds[index]);
    if (!isSameList) return this.#changed.fire(undefined);
    const changed = [...this.#drawn.values()].filter(({ run }) => before.get(run.directory)?.run !== run);
    if (changed.length > 0) this.#changed.fire(changed.map(({ row }) => row));
  }

  async #madeOf(row: RunRow): Promise<RunsRow[]> {
    const run = this.#drawn.get(row.directory)?.run;
    if (run === undefined) return [];
    return (await madeOf(run)).map((made) => {
      const known = rowOf(this.#made.get(idOf(made)));
      if (known !== null && known.kind !== 'failure') return known;
      this.#made.set(idOf(made), made);
      return made;
    });
  }
}
