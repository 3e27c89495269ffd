/** Drawing takes at most a fifth of the time: the rest is for the person. */
const REST = 4;

/** Draws when the page is painted next; what is asked meanwhile is drawn with it. */
export class Pace {
  readonly #draw: () => void;
  #asked = false;
  #restUntil = 0;

  constructor(draw: () => void) {
    this.#draw = draw;
  }

  request(): void {
    if (this.#asked) return;
    this.#asked = true;
    const wait = this.#restUntil - performance.now();
    if (wait > 0) setTimeout(() => this.#next(), wait);
    else this.#next();
  }

  #next(): void {
    requestAnimationFrame(() => {
      this.#asked = false;
      const begin = performance.now();
      this.#draw();
      const end = performance.now();
      this.#restUntil = end + (end - begin) * REST;
    });
  }
}
