const KEPT_LINES = 40;
/** A progress bar writes one long line. */
const KEPT_LENGTH = 2000;

/** The end of a log, for the words about a crash. */
export class LastLines {
  readonly #lines: string[] = [];

  add(line: string): void {
    this.#lines.push(line.slice(0, KEPT_LENGTH));
    if (this.#lines.length > KEPT_LINES) this.#lines.shift();
  }

  get all(): readonly string[] {
    return this.#lines;
  }
}
