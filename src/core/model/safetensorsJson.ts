/** JSON that ends or goes on in another way than it must; `at`: character, from 0. */
export class BrokenJson extends Error {
  constructor(
    readonly at: number,
    /** The character that belongs there, or what JSON calls it. */
    readonly expected: string,
  ) {
    super(`expected ${expected} at ${at}`);
    this.name = 'BrokenJson';
  }
}

/** Deeper than any published file; a recursion without an end would end the worker. */
const MOST_DEPTH = 100;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

/**
 * Reads JSON value by value, as its reader asks for them. JSON.parse would hide doubled keys, turn 18446744073709551615 into
 * another number, and make objects of a hostile file before anybody could refuse it.
 */
export class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get at(): number {
    return this.#at;
  }

  /** The next character that isn't white space; empty at the end. */
  peek(): string {
    while (isSpace(this.#text.charCodeAt(this.#at))) this.#at++;
    return this.#text.charAt(this.#at);
  }

  /** Takes this character if it is the next one. */
  take(character: string): boolean {
    if (this.peek() !== character) return false;
    this.#at++;
    return true;
  }

  expect(character: string): void {
    if (!this.take(character)) throw this.broken(character);
  }

  /** Nothing but white space follows. */
  end(): void {
    if (this.peek() !== '') throw this.broken('EOF');
  }

  /** Calls back at the value of each key. */
  object(member: (key: string, at: number) => void): void {
    this.expect('{');
    if (this.take('}')) return;
    do {
      this.peek();
      const at = this.#at;
      const key = this.string();
      this.expect(':');
      member(key, at);
    } while (this.take(','));
    this.expect('}');
  }

  array(element: () => void): void {
    this.expect('[');
    if (this.take(']')) return;
    do element();
    while (this.take(','));
    this.expect(']');
  }

  string(): string {
    this.expect('"');
    const text = this.#text;
    const start = this.#at;
    let escaped = false;
    let at = start;
    for (; ; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) break;
      if (code === BACKSLASH) {
        escaped = true;
        at++;
      } else if (!(code >= 0x20)) {
        this.#at = Math.min(at, text.length);
        throw this.broken('"');
      }
    }
    this.#at = at + 1;
    return escaped ? this.#unescaped(start - 1, at + 1) : text.slice(start, at);
  }

  /** As it is written: a number may be larger than JavaScript's. */
  number(): string {
    this.peek();
    return this.#match(NUMBER, '0');
  }

  skip(depth = 0): void {
    if (depth > MOST_DEPTH) throw this.broken(']');
    const next = this.peek();
    if (next === '{') this.object(() => this.skip(depth + 1));
    else if (next === '[') this.array(() => this.skip(depth + 1));
    else if (next === '"') this.string();
    else if (/[-\d]/.test(next)) this.number();
    else this.#match(WORD, '"');
  }

  /** Takes null if it is the next value. */
  takeNull(): boolean {
    if (this.peek() !== 'n' || !this.#text.startsWith('null', this.#at)) return false;
    this.#at += 'null'.length;
    return true;
  }

  broken(expected: string): BrokenJson {
    return new BrokenJson(this.#at, expected);
  }

  #unescaped(start: number, end: number): string {
    try {
      const value: unknown = JSON.parse(this.#text.slice(start, end));
      // Half a character has no UTF-8: serde_json refuses it too ("lone leading surrogate in hex escape").
      if (typeof value === 'string' && !/\p{Surrogate}/u.test(value)) return value;
    } catch {
      // no such escape
    }
    this.#at = start;
    throw this.broken('"');
  }

  #match(pattern: RegExp, expected: string): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) throw this.broken(expected);
    this.#at += found.length;
    return found;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
