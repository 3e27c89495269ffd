/** Drawing news takes at most a fifth of the time: the rest is for the person. */
const REST = 4;

/** Draws when the page is painted next; what is asked meanwhile is drawn with it. News wait while drawing takes long. */
export class Pace {
  readonly #draw: () => void;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #asked = false;
  #restUntil = 0;

  constructor(draw: () => void) {
    this.#draw = draw;
  }

  /** For a person who waits for it. */
  now(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => {
      this.#asked = false;
      const begin = performance.now();
      this.#draw();
      const end = performance.now();
      this.#restUntil = end + (end - begin) * REST;
    });
  }

  /** For what came by itself. */
  soon(): void {
    if (this.#asked || this.#timer !== null) return;
    const wait = this.#restUntil - performance.now();
    if (wait > 0) this.#timer = setTimeout(() => this.now(), wait);
    else this.now();
  }
}
