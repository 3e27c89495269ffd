import type { Disposable } from '../common/disposable';
import type { TrainerEvent } from '../protocol/trainer';
import { EventReader } from './eventReader';

const LOOK_EVERY_MS = 100;

export interface EventTailOptions {
  readonly everyMs?: number;
  /** The log was replaced or cut short: its events come again from the first. */
  readonly onRestart?: () => void;
}

/**
 * Follows a run's log: all events so far, in batches, then what is added. Polls: fs.watch tells nothing on network file
 * systems. Keeps no process alive.
 */
export class EventTail implements Disposable {
  readonly #reader: EventReader;
  readonly #timer: NodeJS.Timeout;
  #looking = false;
  #disposed = false;

  constructor(file: string, onEvents: (events: readonly TrainerEvent[]) => void, options: EventTailOptions = {}) {
    this.#reader = new EventReader(file, {
      onEvents: (events) => {
        if (!this.#disposed) onEvents(events);
      },
      onRestart: () => options.onRestart?.(),
    });
    this.#timer = setInterval(() => void this.#lookUnlessBusy(), options.everyMs ?? LOOK_EVERY_MS);
    this.#timer.unref();
  }

  /** Resolves when all that is in the log now was told. Not readable at the moment: the next look tries again. */
  async look(): Promise<void> {
    if (!this.#disposed) await this.#reader.look().catch(() => {});
  }

  dispose(): void {
    this.#disposed = true;
    clearInterval(this.#timer);
    void this.#reader.close().catch(() => {});
  }

  /** A slow disk must not pile up looks. */
  async #lookUnlessBusy(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    await this.look();
    this.#looking = false;
  }
}
