/** A pattern's text, character by character (code points). */
export class PatternReader {
  readonly #source: readonly string[];
  at = 0;

  constructor(source: string) {
    this.#source = Array.from(source);
  }

  get atEnd(): boolean {
    return this.at >= this.#source.length;
  }

  /** The next character without taking it; empty at the end. */
  peek(ahead = 0): string {
    return this.#source[this.at + ahead] ?? '';
  }

  /** The next characters as text, fewer at the end. */
  rest(length: number): string {
    return this.#source.slice(this.at, this.at + length).join('');
  }

  from(start: number): string {
    return this.#source.slice(start, this.at).join('');
  }

  next(): string {
    const character = this.peek();
    this.at++;
    return character;
  }

  take(text: string): boolean {
    const taken = this.rest(text.length) === text;
    if (taken) this.at += text.length;
    return taken;
  }
}
