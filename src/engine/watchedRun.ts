import * as path from 'node:path';
import type { RunState } from '../core/run/session';
import { type RunSummary, summarise } from '../core/run/summary';
import { readHello } from './liveRuns';
import { beginsNow } from './runBegins';
import { readRecipeFile } from './runConfig';
import { RUN_FILES } from './runDirectory';
import { RunLog } from './runLog';
import { readRunName } from './runName';
import { isTrainer } from './trainerAlive';

export interface WatchedRun {
  readonly id: string;
  readonly directory: string;
  /** As a person named it. */
  readonly name: string | null;
  /** Absolute path of the recipe's file; null where config.json can't be read. */
  readonly recipeFile: string | null;
  /** A digest (core/run/digest): without layers, tokens, answers and most points of the curve. */
  readonly state: RunState;
  readonly summary: RunSummary;
  /** Its process is there, or just begins. */
  readonly alive: boolean;
  /** Seconds since the epoch of the first and the last event. */
  readonly startedAt: number | null;
  readonly lastEventAt: number | null;
  /** Why it can't be read, by the system; null where it can. */
  readonly trouble: string | null;
}

/** One directory that may be a run, looked at again and again. */
export class RunEntry {
  readonly #id: string;
  readonly #directory: string;
  readonly #log: RunLog;
  #recipeFile: string | null = null;
  #run: WatchedRun | null = null;
  #settled = false;

  constructor(runsDirectory: string, id: string) {
    this.#id = id;
    this.#directory = path.join(runsDirectory, id);
    this.#log = new RunLog(path.join(this.#directory, RUN_FILES.events));
  }

  /** As of the last look, the same object as long as nothing changes; null for a directory that is no run. */
  get run(): WatchedRun | null {
    return this.#run;
  }

  /** Nothing will change by itself any more. */
  get settled(): boolean {
    return this.#settled;
  }

  /** Never rejects: what can't be read is told as the run's trouble. onlyLive: what has ended long ago is not read now. */
  async look(onlyLive: boolean): Promise<void> {
    try {
      this.#settled = true;
      if (onlyLive && !this.#log.isThere && !(await this.#mayLive())) return;
      const hasNews = await this.#log.look();
      this.#recipeFile ??= await readRecipeFile(this.#directory);
      const name = await readRunName(this.#directory);
      const isRun = this.#log.isThere || this.#recipeFile !== null;
      const alive = isRun && (await this.#isAlive());
      this.#settled = !alive;
      const before = this.#run;
      if (!isRun) this.#run = null;
      else if (hasNews || before === null || before.name !== name || before.alive !== alive || before.trouble !== null)
        this.#run = this.#told({ name, alive, trouble: null });
    } catch (error) {
      const trouble = error instanceof Error ? error.message : String(error);
      if (this.#run?.trouble !== trouble) this.#run = this.#told({ name: null, alive: false, trouble });
    }
  }

  #told(facts: Pick<WatchedRun, 'name' | 'alive' | 'trouble'>): WatchedRun {
    const { state, startedAt, lastEventAt } = this.#log.digest;
    return {
      id: this.#id,
      directory: this.#directory,
      recipeFile: this.#recipeFile,
      state,
      summary: summarise(state, facts.alive),
      startedAt,
      lastEventAt,
      ...facts,
    };
  }

  /** By its first line: a log may be long. */
  async #mayLive(): Promise<boolean> {
    const hello = await readHello(path.join(this.#directory, RUN_FILES.events)).catch(() => null);
    return hello === null ? beginsNow(this.#directory) : isTrainer(hello.pid, this.#directory);
  }

  async #isAlive(): Promise<boolean> {
    const { hello, bye } = this.#log.digest.state;
    if (hello === null) return beginsNow(this.#directory);
    return bye === null && isTrainer(hello.pid, this.#directory);
  }
}
