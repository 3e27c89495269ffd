import type { Disposable } from './disposable';

/** Calls `act` at once, then at most every `intervalMs`; what is asked in between happens once, at the end of the interval. */
export class Throttle implements Disposable {
  readonly #act: () => void;
  readonly #intervalMs: number;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #asked = false;

  constructor(intervalMs: number, act: () => void) {
    this.#intervalMs = intervalMs;
    this.#act = act;
  }

  request(): void {
    if (this.#timer !== null) {
      this.#asked = true;
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (!this.#asked) return;
      this.#asked = false;
      this.request();
    }, this.#intervalMs);
    this.#act();
  }

  /** Forgets what was asked. */
  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#asked = false;
  }
}
