/**
 * Strict JSON (RFC 8259) with the place of everything in it, and the first fault where it is none. JSON.parse tells neither
 * the place nor, in most versions of V8, what is wrong; packages that read JSON with comments go on after a fault and name
 * what follows from it.
 */
import { err, ok, type Result } from '../../../common/result';

/** UTF-16 offsets, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface JsonProperty {
  readonly name: string;
  readonly key: Span;
  readonly value: JsonNode;
}

export type JsonNode =
  | (Span & { readonly kind: 'object'; readonly properties: readonly JsonProperty[] })
  | (Span & { readonly kind: 'array'; readonly items: readonly JsonNode[] })
  | (Span & { readonly kind: 'string' | 'other' });

export type JsonFaultKind =
  | 'singleQuotes'
  | 'notJsonWord' // NaN, True, undefined, an unquoted text
  | 'badNumber'
  | 'unclosedString'
  | 'controlCharacter'
  | 'badEscape'
  | 'comment'
  | 'trailingComma'
  | 'missingComma'
  | 'missingColon'
  | 'keyExpected'
  | 'valueExpected'
  | 'wrongBracket'
  | 'unclosed' // the text ends inside an object or a list
  | 'afterRow' // something follows the value
  | 'tooDeep';

export interface JsonFault extends Span {
  readonly kind: JsonFaultKind;
}

/** Python's json gives up at about a thousand levels; no row of a dataset has a hundred. */
export const MAX_DEPTH = 500;

export function readJson(text: string): Result<JsonNode, JsonFault> {
  try {
    return ok(new Reader(text).read());
  } catch (thrown) {
    if (thrown instanceof Fault) return err({ kind: thrown.kind, start: thrown.start, end: thrown.end });
    throw thrown;
  }
}

class Fault extends Error {
  readonly kind: JsonFaultKind;
  readonly start: number;
  readonly end: number;

  constructor(kind: JsonFaultKind, start: number, end: number) {
    super(kind);
    this.kind = kind;
    this.start = start;
    this.end = end;
  }
}

const SPACE = /[ \t\n\r]*/y;
/** All but quotes, backslashes and control characters. */
const PLAIN = /[ !#-[\]-\uffff]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** Whatever a person may have taken for a number or a word. */
const WORD = /[-+.\w$\u0080-\uffff]+/y;

class Reader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): JsonNode {
    const value = this.#value();
    this.#skipSpace();
    if (this.#at < this.#text.length) this.#refuse('afterRow', this.#at, this.#text.length);
    return value;
  }

  #value(): JsonNode {
    this.#skipSpace();
    const start = this.#at;
    switch (this.#text[start]) {
      case '{':
        return this.#deeper(() => this.#object(start));
      case '[':
        return this.#deeper(() => this.#array(start));
      case '"':
        this.#string();
        return { kind: 'string', start, end: this.#at };
      case undefined:
        return this.#refuse('valueExpected', start, start);
      default:
        return this.#word(start);
    }
  }

  #object(start: number): JsonNode {
    this.#at++;
    const properties: JsonProperty[] = [];
    for (let comma = -1; !this.#closes('}', start, comma); comma = this.#comma('}', start)) {
      const keyStart = this.#at;
      if (this.#text[keyStart] !== '"') this.#noKey();
      this.#string();
      const key = { start: keyStart, end: this.#at };
      this.#skipSpace();
      if (this.#text[this.#at] !== ':') this.#refuseHere('missingColon', start);
      this.#at++;
      properties.push({ name: String(JSON.parse(this.#text.slice(key.start, key.end))), key, value: this.#value() });
    }
    return { kind: 'object', start, end: this.#at, properties };
  }

  #array(start: number): JsonNode {
    this.#at++;
    const items: JsonNode[] = [];
    for (let comma = -1; !this.#closes(']', start, comma); comma = this.#comma(']', start)) items.push(this.#value());
    return { kind: 'array', start, end: this.#at, items };
  }

  /** Whether the bracket that was opened at `start` is closed here. `comma`: the one just read, -1 for none. */
  #closes(bracket: '}' | ']', start: number, comma: number): boolean {
    this.#skipSpace();
    const character = this.#text[this.#at];
    if (character === undefined) this.#refuse('unclosed', start, this.#at);
    if (character !== '}' && character !== ']') {
      // behind an item #comma has found a comma, or this bracket
      return false;
    }
    if (comma >= 0) this.#refuse('trailingComma', comma, comma + 1);
    if (character !== bracket) this.#refuse('wrongBracket', this.#at, this.#at + 1);
    this.#at++;
    return true;
  }

  /** Reads the comma between two items; -1 where the list ends. */
  #comma(bracket: '}' | ']', start: number): number {
    this.#skipSpace();
    const character = this.#text[this.#at];
    if (character === ',') return this.#at++;
    if (character === bracket) return -1;
    if (character === '}' || character === ']') this.#refuse('wrongBracket', this.#at, this.#at + 1);
    return this.#refuseHere('missingComma', start);
  }

  #string(): void {
    const start = this.#at++;
    for (;;) {
      this.#take(PLAIN);
      const character = this.#text[this.#at];
      if (character === '"') {
        this.#at++;
        return;
      }
      if (character === undefined) this.#refuse('unclosedString', start, this.#at);
      if (character !== '\\') this.#refuse('controlCharacter', this.#at, this.#at + 1);
      if (this.#take(ESCAPE) === '') {
        if (this.#at + 1 >= this.#text.length) this.#refuse('unclosedString', start, this.#text.length);
        this.#refuse('badEscape', this.#at, this.#at + 2);
      }
    }
  }

  #word(start: number): JsonNode {
    this.#refuseNotes(start);
    const word = this.#take(WORD);
    if (word === '') this.#refuse('valueExpected', start, start + 1);
    if (word === 'null' || word === 'true' || word === 'false') return { kind: 'other', start, end: this.#at };
    if (!/^[-+.]?\d/.test(word)) this.#refuse('notJsonWord', start, this.#at);
    const end = this.#at;
    this.#at = start;
    this.#take(NUMBER);
    if (this.#at !== end) this.#refuse('badNumber', start, end);
    return { kind: 'other', start, end };
  }

  #noKey(): never {
    this.#refuseNotes(this.#at);
    const start = this.#at;
    this.#refuse('keyExpected', start, start + Math.max(1, this.#take(WORD).length));
  }

  /** A fault here, unless it is one that says more: the end of the line, a comment. */
  #refuseHere(kind: JsonFaultKind, opened: number): never {
    if (this.#at >= this.#text.length) this.#refuse('unclosed', opened, this.#at);
    this.#refuseNotes(this.#at);
    this.#refuse(kind, this.#at, this.#at + 1);
  }

  #refuseNotes(start: number): void {
    const character = this.#text[start];
    if (character === '/' || character === '#') this.#refuse('comment', start, this.#text.length);
    if (character === "'") this.#refuse('singleQuotes', start, start + 1);
  }

  #deeper(read: () => JsonNode): JsonNode {
    if (++this.#depth > MAX_DEPTH) this.#refuse('tooDeep', this.#at, this.#at + 1);
    const node = read();
    this.#depth--;
    return node;
  }

  #skipSpace(): void {
    this.#take(SPACE);
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [found = ''] = pattern.exec(this.#text) ?? [];
    this.#at += found.length;
    return found;
  }

  #refuse(kind: JsonFaultKind, start: number, end: number): never {
    throw new Fault(kind, start, Math.min(end, Math.max(start, this.#text.length)));
  }
}
