import type { Disposable } from '../common/disposable';
import { inParallel } from './model/inParallel';
import { Emitter } from './python/emitter';
import { runIds } from './runHistory';
import { RunEntry, type WatchedRun } from './watchedRun';

const LOOK_EVERY_MS = 1000;
/** What has ended changes only by other programs: a name, a deletion, a log that was restored. */
const ALL_EVERY_LOOKS = 10;
const AT_A_TIME = 16;

/**
 * The runs of a folder, changing. Looks by itself while somebody watches or a run is alive, and is cheap then: of what has
 * ended only the names in the folder are read, of a growing log what is new. Until somebody wants to see the list, it has the
 * runs that live: every window of the editor has a watch, and the logs of a year are some hundred megabytes.
 */
export class RunsWatch implements Disposable {
  readonly directory: string;
  readonly #everyMs: number;
  readonly #entries = new Map<string, RunEntry>();
  readonly #changed = new Emitter<void>();
  #runs: readonly WatchedRun[] = [];
  #trouble: string | null = null;
  #watched = false;
  #onlyLive = true;
  #isWhole = false;
  #disposed = false;
  #timer: NodeJS.Timeout | undefined;
  #looks = 0;
  #looking: Promise<void> = Promise.resolve();
  #asked: Promise<void> | null = null;

  constructor(directory: string, everyMs = LOOK_EVERY_MS) {
    this.directory = directory;
    this.#everyMs = everyMs;
  }

  /** Oldest first, as their names are. */
  get runs(): readonly WatchedRun[] {
    return this.#runs;
  }

  /** Why the folder itself can't be read, by the system. */
  get trouble(): string | null {
    return this.#trouble;
  }

  /** All runs were looked at once: where there are none now, nothing has run here. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  onDidChange(listener: () => void): Disposable {
    return this.#changed.on(listener);
  }

  /** Whether somebody looks at the list. */
  set watched(watched: boolean) {
    if (watched && !this.#watched) void this.look();
    this.#watched = watched;
  }

  /** Looks at everything now; never rejects. */
  look(): Promise<void> {
    this.#onlyLive = false;
    return this.lookAgain();
  }

  /** Looks at as much as before: at what lives, where nobody has asked for all. What is asked while a look waits is that look. */
  lookAgain(): Promise<void> {
    this.#asked ??= this.#looking.then(() => {
      this.#asked = null;
      return this.#look(true);
    });
    this.#looking = this.#asked;
    return this.#asked;
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#changed.clear();
  }

  async #look(all: boolean): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#disposed) return;
    const onlyLive = this.#onlyLive;
    const trouble = await this.#readFolder();
    const due = [...this.#entries.values()].filter(({ settled }) => all || !settled);
    await inParallel(due, AT_A_TIME, (entry) => entry.look(onlyLive));
    this.#isWhole ||= !onlyLive;
    const runs = [...this.#entries.values()].flatMap(({ run }) => run ?? []);
    const isSame = trouble === this.#trouble && sameItems(runs, this.#runs);
    this.#runs = runs;
    this.#trouble = trouble;
    if (this.#disposed) return;
    this.#plan();
    if (!isSame) this.#changed.fire();
  }

  /** One entry for each folder that is there; in the order of their names. */
  async #readFolder(): Promise<string | null> {
    try {
      const ids = await runIds(this.directory);
      const before = new Map(this.#entries);
      this.#entries.clear();
      for (const id of ids) this.#entries.set(id, before.get(id) ?? new RunEntry(this.directory, id));
      return null;
    } catch (error) {
      this.#entries.clear();
      return error instanceof Error ? error.message : String(error);
    }
  }

  #plan(): void {
    if (!this.#watched && !this.#runs.some(({ alive }) => alive)) return;
    this.#timer = setTimeout(() => {
      const all = ++this.#looks % ALL_EVERY_LOOKS === 0;
      this.#looking = this.#looking.then(() => this.#look(all));
    }, this.#everyMs);
    this.#timer.unref();
  }
}

function sameItems(some: readonly WatchedRun[], others: readonly WatchedRun[]): boolean {
  return some.length === others.length && some.every((run, index) => run === others[index]);
}
