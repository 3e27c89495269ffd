import { createScanner, type JSONScanner } from 'jsonc-parser';

import { message, type Message } from '../../common/message';
import { err, ok, type Result } from '../../common/result';

export interface ConfigJson {
  readonly value: unknown;
  /** The line of a value (from 1), by its path. */
  readonly lines: ReadonlyMap<string, number>;
}

/** SyntaxKind of jsonc-parser, a const enum that can't be imported with verbatimModuleSyntax. */
const TOKEN = {
  OpenBraceToken: 1,
  CloseBraceToken: 2,
  OpenBracketToken: 3,
  CloseBracketToken: 4,
  CommaToken: 5,
  ColonToken: 6,
  NullKeyword: 7,
  TrueKeyword: 8,
  FalseKeyword: 9,
  StringLiteral: 10,
  NumericLiteral: 11,
  LineBreakTrivia: 14,
  Trivia: 15,
  Unknown: 16,
  EOF: 17,
} as const;

/** Published files are a few kilobytes; Python's json ends with a RecursionError at about a thousand levels. */
const MOST_CHARACTERS = 8_000_000;
const MOST_DEPTH = 100;
/** Deeper values (text_config.rope_scaling.factor is 3) aren't spoken of. */
const MOST_DEPTH_OF_LINES = 4;

/** Within parsing: turned into a value at its only way out. */
class Broken extends Error {
  constructor(readonly problem: Message) {
    super(problem.text);
  }
}

/**
 * JSON as Python's json reads it (NaN and Infinity are numbers), but with each key once: of a doubled one Python takes the
 * last in silence. JSON.parse has neither lines nor NaN nor doubled keys.
 */
export function parseConfigJson(text: string, file: string): Result<ConfigJson, Message> {
  if (text.length > MOST_CHARACTERS) {
    return err(message('{0} is longer than {1} characters: that is no config.json.', file, MOST_CHARACTERS));
  }
  try {
    return ok(new Reader(text.startsWith('\u{feff}') ? text.slice(1) : text, file).read());
  } catch (error) {
    if (error instanceof Broken) return err(error.problem);
    throw error;
  }
}

class Reader {
  readonly #scanner: JSONScanner;
  readonly #lines = new Map<string, number>();
  #token: number = TOKEN.Unknown;

  constructor(
    private readonly text: string,
    private readonly file: string,
  ) {
    this.#scanner = createScanner(text);
  }

  read(): ConfigJson {
    this.#next();
    const value = this.#value('', 0);
    if (this.#token !== TOKEN.EOF) throw this.#unexpected();
    return { value, lines: this.#lines };
  }

  #next(): void {
    do this.#token = this.#scanner.scan();
    while (this.#token === TOKEN.Trivia || this.#token === TOKEN.LineBreakTrivia);
    if (this.#scanner.getTokenError() !== 0) throw this.#unexpected();
  }

  #value(path: string, depth: number): unknown {
    if (depth > MOST_DEPTH) {
      throw new Broken(message('{0}, line {1}: values are nested too deep.', this.file, this.#line()));
    }
    switch (this.#token) {
      case TOKEN.OpenBraceToken:
        return this.#object(path, depth);
      case TOKEN.OpenBracketToken:
        return this.#array(path, depth);
      case TOKEN.StringLiteral:
        return this.#taken(this.#scanner.getTokenValue());
      case TOKEN.NumericLiteral:
        return this.#taken(Number(this.#scanner.getTokenValue()));
      case TOKEN.TrueKeyword:
        return this.#taken(true);
      case TOKEN.FalseKeyword:
        return this.#taken(false);
      case TOKEN.NullKeyword:
        return this.#taken(null);
      default:
        return this.#pythonNumber();
    }
  }

  #pythonNumber(): number {
    const word = this.#scanner.getTokenValue();
    if (word === '-') {
      this.#next();
      if (this.#scanner.getTokenValue() === 'Infinity') return this.#taken(-Infinity);
    }
    if (word === 'NaN') return this.#taken(NaN);
    if (word === 'Infinity') return this.#taken(Infinity);
    throw this.#unexpected();
  }

  #object(path: string, depth: number): Record<string, unknown> {
    const members = new Map<string, unknown>();
    this.#next();
    while (this.#token !== TOKEN.CloseBraceToken) {
      if (this.#token !== TOKEN.StringLiteral) throw this.#unexpected();
      const key = this.#scanner.getTokenValue();
      if (members.has(key)) {
        throw new Broken(message('{0}, line {1}: "{2}" stands there twice.', this.file, this.#line(), shown(key)));
      }
      const child = path === '' ? key : `${path}.${key}`;
      if (depth < MOST_DEPTH_OF_LINES) this.#lines.set(child, this.#line());
      this.#next();
      this.#expect(TOKEN.ColonToken);
      members.set(key, this.#value(child, depth + 1));
      if (!this.#comma(TOKEN.CloseBraceToken)) break;
    }
    this.#expect(TOKEN.CloseBraceToken);
    return Object.fromEntries(members);
  }

  #array(path: string, depth: number): unknown[] {
    const elements: unknown[] = [];
    this.#next();
    while (this.#token !== TOKEN.CloseBracketToken) {
      elements.push(this.#value(path, depth + 1));
      if (!this.#comma(TOKEN.CloseBracketToken)) break;
    }
    this.#expect(TOKEN.CloseBracketToken);
    return elements;
  }

  /** Whether another element follows a comma. */
  #comma(close: number): boolean {
    if (this.#token !== TOKEN.CommaToken) return false;
    this.#next();
    if (this.#token === close) throw this.#unexpected();
    return true;
  }

  #expect(token: number): void {
    if (this.#token !== token) throw this.#unexpected();
    this.#next();
  }

  #taken<T>(value: T): T {
    this.#next();
    return value;
  }

  #line(): number {
    return this.#scanner.getTokenStartLine() + 1;
  }

  #unexpected(): Broken {
    if (this.#token === TOKEN.EOF) {
      return new Broken(message('{0} ends in the middle of its JSON, in line {1}.', this.file, this.#line()));
    }
    const start = this.#scanner.getTokenOffset();
    const found = shown(this.text.slice(start, start + this.#scanner.getTokenLength()).trim());
    return new Broken(message('{0}, line {1}: not JSON at {2}', this.file, this.#line(), found));
  }
}

function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
