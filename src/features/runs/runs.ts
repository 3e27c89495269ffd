import * as path from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore } from '../../common/disposable';
import { RunsWatch } from '../../engine/runsWatch';
import type { WatchedRun } from '../../engine/watchedRun';
import { readSettings } from '../../platform/settings';
import { isRecipeNotebook } from '../recipeCells';

export interface Run extends WatchedRun {
  /** The workspace folder that it belongs to; null where there is only one. */
  readonly folder: string | null;
}

interface Watched {
  readonly watch: RunsWatch;
  readonly folder: string | null;
  readonly end: vscode.Disposable;
}

/** The runs of all workspace folders, and of recipes that are open from elsewhere. */
export class Runs implements vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  readonly #watches = new Map<string, Watched>();
  #watched = false;
  #all: readonly Run[] = [];

  constructor() {
    const find = (): void => this.#findDirectories();
    this.#store.add(vscode.workspace.onDidChangeWorkspaceFolders(find));
    this.#store.add(vscode.workspace.onDidOpenNotebookDocument(find));
    this.#store.add(vscode.workspace.onDidCloseNotebookDocument(find));
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('tunebook.runsDirectory')) find();
      }),
    );
    find();
  }

  /** Those that live first, then the newest first. */
  get all(): readonly Run[] {
    return this.#all;
  }

  get(directory: string): Run | null {
    return this.#all.find((run) => run.directory === directory) ?? null;
  }

  /** All of them were looked at. */
  get isWhole(): boolean {
    return [...this.#watches.values()].every(({ watch }) => watch.isWhole);
  }

  /** Sentences of the system about runs directories that can't be read. */
  get troubles(): readonly string[] {
    return [...this.#watches.values()].flatMap(({ watch }) => watch.trouble ?? []);
  }

  /** Whether the list is looked at. */
  set watched(watched: boolean) {
    this.#watched = watched;
    for (const { watch } of this.#watches.values()) watch.watched = watched;
  }

  /** At all runs. */
  async look(): Promise<void> {
    await Promise.all([...this.#watches.values()].map(({ watch }) => watch.look()));
  }

  /** At what lives, and at what is known. */
  async lookAgain(): Promise<void> {
    await Promise.all([...this.#watches.values()].map(({ watch }) => watch.lookAgain()));
  }

  dispose(): void {
    for (const { end } of this.#watches.values()) end.dispose();
    this.#store.dispose();
  }

  #findDirectories(): void {
    const wanted = runsDirectories();
    for (const [directory, { folder, end }] of this.#watches) {
      if (wanted.get(directory) === folder) continue;
      end.dispose();
      this.#watches.delete(directory);
    }
    for (const [directory, folder] of wanted)
      if (!this.#watches.has(directory)) this.#watches.set(directory, this.#open(directory, folder));
    this.#take();
  }

  #open(directory: string, folder: string | null): Watched {
    const watch = new RunsWatch(directory);
    // A run that another program begins: without it, only a look of ours would find it.
    const files = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(directory), '*'));
    const look = (): void => void watch.lookAgain();
    const end = vscode.Disposable.from(
      watch,
      files,
      files.onDidCreate(look),
      files.onDidDelete(look),
      watch.onDidChange(() => this.#take()),
    );
    watch.watched = this.#watched;
    look();
    return { watch, folder, end };
  }

  #take(): void {
    const known = new Map(this.#all.map((run) => [run.directory, run]));
    this.#all = [...this.#watches.values()]
      .flatMap(({ watch, folder }) => watch.runs.map((run) => sameOr(known.get(run.directory), { ...run, folder })))
      .toSorted(liveThenNewest);
    this.#changed.fire();
  }
}

/** Each with the folder's name, where there are several folders. */
function runsDirectories(): ReadonlyMap<string, string | null> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const open = vscode.workspace.notebookDocuments.filter(isRecipeNotebook).map(({ uri }) => uri);
  const outside = open.filter((uri) => vscode.workspace.getWorkspaceFolder(uri) === undefined);
  return new Map([
    ...outside.map((uri) => [readSettings(uri).runsDirectory, path.basename(path.dirname(uri.fsPath))] as const),
    ...folders.map(({ uri, name }) => [readSettings(uri).runsDirectory, folders.length > 1 ? name : null] as const),
  ]);
}

/** The same object as long as nothing changed: the tree draws anew what is another one. */
function sameOr(before: Run | undefined, now: Run): Run {
  if (before === undefined) return now;
  const isSame =
    before.state === now.state &&
    before.name === now.name &&
    before.alive === now.alive &&
    before.trouble === now.trouble &&
    before.folder === now.folder;
  return isSame ? before : now;
}

function liveThenNewest(a: Run, b: Run): number {
  if (a.alive !== b.alive) return a.alive ? -1 : 1;
  return timeOf(b) - timeOf(a) || (a.id < b.id ? 1 : -1);
}

/** The folder's name begins with the time, for runs whose log tells none. */
function timeOf({ startedAt, id }: Run): number {
  if (startedAt !== null) return startedAt;
  const digits = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)/.exec(id)?.slice(1).map(Number);
  if (digits === undefined) return 0;
  const [year = 0, month = 1, day = 1, hours = 0, minutes = 0, seconds = 0] = digits;
  return new Date(year, month - 1, day, hours, minutes, seconds).getTime() / 1000;
}
