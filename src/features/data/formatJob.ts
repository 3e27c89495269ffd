import { RequestError } from '../../protocol/channel';
import type { FormatProgress, FormatReport } from '../../protocol/dataset';
import type { FormatEnd, FormatSnapshot } from '../../protocol/formatPanel';

type Work = (signal: AbortSignal, told: (progress: FormatProgress) => void) => Promise<FormatReport>;

interface Running {
  readonly abort: AbortController;
  readonly ending: Promise<FormatEnd>;
}

/** The conversion of one file. It goes on while the panel is hidden; whoever comes back follows it. */
export class FormatJob {
  #state: FormatSnapshot['job'] = null;
  #running: Running | null = null;
  readonly #followers = new Set<(progress: FormatProgress) => void>();

  get state(): FormatSnapshot['job'] {
    return this.#state;
  }

  /** Starts the work, unless one is under way: then that one is followed. */
  run(work: Work, told: (progress: FormatProgress) => void): Promise<FormatEnd> {
    this.#running ??= this.#start(work);
    return this.follow(told) ?? this.#running.ending;
  }

  /** Null where nothing is under way. */
  follow(told: (progress: FormatProgress) => void): Promise<FormatEnd> | null {
    if (this.#running === null) return null;
    this.#followers.add(told);
    return this.#running.ending;
  }

  /** Settles when the work has ended. */
  async cancel(): Promise<void> {
    this.#running?.abort.abort();
    await this.#running?.ending;
  }

  #start(work: Work): Running {
    const abort = new AbortController();
    this.#state = { kind: 'running', progress: null };
    const ending = this.#endOf(work, abort.signal).then((end) => {
      this.#state = end;
      this.#running = null;
      this.#followers.clear();
      return end;
    });
    return { abort, ending };
  }

  async #endOf(work: Work, signal: AbortSignal): Promise<FormatEnd> {
    try {
      const report = await work(signal, (progress) => {
        this.#state = { kind: 'running', progress };
        for (const told of this.#followers) told(progress);
      });
      return { kind: 'done', report };
    } catch (error) {
      if (signal.aborted) return { kind: 'cancelled' };
      if (error instanceof RequestError) return { kind: 'failed', reason: error.words };
      // A fault of ours: its stack is what a report needs.
      const fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { kind: 'failed', reason: { text: '{0}', args: [fault] } };
    }
  }
}
