import type { Disposable } from '../../common/disposable';

/** Listeners of one kind of news. A listener that leaves while news is told hears no more of it. */
export class Emitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  on(listener: (value: T) => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }

  clear(): void {
    this.#listeners.clear();
  }
}

/** Keeps what is told before anybody listens for the first listener: between starting and listening nothing is lost. */
export class HoldingEmitter<T> extends Emitter<T> {
  #held: T[] | null = [];

  override on(listener: (value: T) => void): Disposable {
    const listening = super.on(listener);
    // not before the listener has what `on` returns
    if (this.#held !== null) queueMicrotask(() => this.#release());
    return listening;
  }

  override fire(value: T): void {
    if (this.#held === null) super.fire(value);
    else this.#held.push(value);
  }

  override clear(): void {
    this.#held = null;
    super.clear();
  }

  #release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const value of held) super.fire(value);
  }
}
