/** Longest line that is kept whole. A `structure` event of a large mixture-of-experts model is about 5 MB. */
export const MAX_LINE_LENGTH = 64 * 1024 * 1024;

/**
 * Cuts a stream of chunks into lines. Memory stays bounded: what exceeds `maxLength` of one line is handed on in pieces,
 * which then are no events and end up in the log.
 */
export class LineSplitter {
  readonly #onLine: (line: string) => void;
  readonly #maxLength: number;
  readonly #decoder = new TextDecoder();
  #parts: string[] = [];
  #length = 0;

  constructor(onLine: (line: string) => void, maxLength = MAX_LINE_LENGTH) {
    this.#onLine = onLine;
    this.#maxLength = maxLength;
  }

  push(chunk: Uint8Array): void {
    this.#take(this.#decoder.decode(chunk, { stream: true }));
  }

  /** What came after the last line end is a line too. */
  end(): void {
    this.#take(this.#decoder.decode());
    if (this.#length > 0) this.#emit();
  }

  #take(text: string): void {
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      this.#keep(text.slice(start, end));
      this.#emit();
      start = end + 1;
    }
    this.#keep(text.slice(start));
    if (this.#length > this.#maxLength) this.#emit();
  }

  #keep(part: string): void {
    if (part === '') return;
    // Parts are joined once a line is whole: adding strings for every chunk of a long line would copy it again and again.
    this.#parts.push(part);
    this.#length += part.length;
  }

  #emit(): void {
    const line = this.#parts.join('');
    this.#parts = [];
    this.#length = 0;
    this.#onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
  }
}
