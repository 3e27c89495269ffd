import type { Disposable } from '../../common/disposable';
import { Throttle } from '../../common/throttle';
import { compareRuns } from '../../core/run/compareRuns';
import type { Words } from '../../core/run/stepOutput';
import type { CurvesPicture, CurvesUpdate, RunComparison } from '../../protocol/curvesPanel';
import { FollowedRun, type FollowOptions } from './followedRun';

/** The panel is told of a run ten times a second at most. */
const TELL_EVERY_MS = 100;
/** Of what differs between runs, when one of them has come further. */
const COMPARE_EVERY_MS = 2000;

export interface FollowedRunsOptions extends Pick<FollowOptions, 'say'> {
  readonly words: Words;
  /** Resolves when the panel has taken it. */
  tell(update: CurvesUpdate): Promise<void>;
  compared(comparison: RunComparison): void;
  /** Whether somebody looks. What wasn't told is told with the next update, or with the next picture. */
  isWatched(): boolean;
}

interface Following {
  readonly run: FollowedRun;
  readonly news: Throttle;
  /** The panel hasn't taken the last update yet: a slow one is told less often, and more at once. */
  telling: boolean;
  /** It was in a picture: the panel knows what the news come behind. */
  pictured: boolean;
  asked: boolean;
}

/** The runs of a panel, in its order. */
export class FollowedRuns implements Disposable {
  readonly #options: FollowedRunsOptions;
  readonly #compare = new Throttle(COMPARE_EVERY_MS, () => void this.#tellComparison());
  #all: readonly Following[] = [];
  /** How far the runs were when they were compared. */
  #comparedAt = '';

  constructor(options: FollowedRunsOptions) {
    this.#options = options;
  }

  get runs(): readonly FollowedRun[] {
    return this.#all.map(({ run }) => run);
  }

  /** Follows these instead; those that it follows already it goes on with. */
  async follow(directories: readonly string[]): Promise<void> {
    const before = new Map(this.#all.map((following) => [following.run.directory, following]));
    this.#all = [...new Set(directories)].map((directory) => before.get(directory) ?? this.#begin(directory));
    for (const following of before.values()) if (!this.#all.includes(following)) end(following);
    await Promise.all(this.runs.map((run) => run.read()));
  }

  /** All of them as they are now. What is told afterwards goes on from here. */
  async picture(): Promise<CurvesPicture> {
    const comparison = await this.#comparison();
    // Whoever asks for a picture has begun anew: a page that went away answers no more.
    for (const following of this.#all) [following.pictured, following.telling, following.asked] = [true, false, false];
    return { runs: this.runs.map((run) => run.whole()), comparison };
  }

  dispose(): void {
    this.#compare.dispose();
    for (const following of this.#all) end(following);
    this.#all = [];
  }

  #begin(directory: string): Following {
    const { say, words } = this.#options;
    const news = new Throttle(TELL_EVERY_MS, () => void this.#tell(following));
    const onChange = (): void => news.request();
    const run = new FollowedRun(directory, { say, language: words.language, onChange });
    const following: Following = { run, news, telling: false, pictured: false, asked: false };
    return following;
  }

  async #tell(following: Following): Promise<void> {
    if (!following.pictured || !this.#options.isWatched()) return;
    if (following.telling) {
      following.asked = true;
      return;
    }
    following.telling = true;
    try {
      await this.#options.tell(following.run.news());
    } finally {
      following.telling = false;
    }
    if (this.#farness() !== this.#comparedAt) this.#compare.request();
    if (!following.asked) return;
    following.asked = false;
    following.news.request();
  }

  async #tellComparison(): Promise<void> {
    if (this.#farness() === this.#comparedAt) return;
    const comparison = await this.#comparison();
    if (comparison !== null) this.#options.compared(comparison);
  }

  async #comparison(): Promise<RunComparison | null> {
    this.#comparedAt = this.#farness();
    if (this.#all.length < 2) return null;
    return compareRuns(await Promise.all(this.runs.map((run) => run.comparable())), this.#options.words);
  }

  /** What changes when there is more to compare: not with each step of a training. */
  #farness(): string {
    return this.runs.map((run) => `${run.directory} ${run.facts.name} ${run.facts.status} ${run.stage}`).join('\n');
  }
}

function end({ run, news }: Following): void {
  news.dispose();
  run.dispose();
}
