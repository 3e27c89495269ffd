/** The end of what a process printed, for the words about how it ended. */
export class LastLines {
  readonly #lines: string[] = [];
  readonly #kept: number;

  constructor(kept: number) {
    this.#kept = kept;
  }

  add(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > this.#kept) this.#lines.shift();
  }

  get all(): readonly string[] {
    return this.#lines;
  }
}
