import { unescape } from './escapes';
import { refuse } from './failure';
import { ONLY_SPACE, rstrip, SPACES_HERE } from './whitespace';

export type Token =
  | { readonly type: 'data' | 'name' | 'string'; readonly value: string; readonly line: number }
  | { readonly type: 'number'; readonly value: bigint | number; readonly line: number }
  | { readonly type: 'operator'; readonly value: string; readonly line: number }
  | {
      readonly type: 'printBegin' | 'printEnd' | 'tagBegin' | 'tagEnd' | 'end';
      readonly value: '';
      readonly line: number;
    };

const STRING = /'([^'\\]*(?:\\[\s\S][^'\\]*)*)'|"([^"\\]*(?:\\[\s\S][^"\\]*)*)"/y;
const FLOAT = /(?<!\.)(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?e[+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+)/iy;
const INTEGER = /0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\da-f])+|[1-9](?:_?\d)*|0(?:_?0)*/iy;
const NAME = /[\p{L}\p{N}\p{M}\p{Pc}]+/uy;
const IDENTIFIER = /^[\p{ID_Start}_]\p{ID_Continue}*$/u;
const OPERATOR = /\/\/|\*\*|==|!=|>=|<=|[-+/*%~[\](){}><=.:|,;]/y;
const OPENER = /\{\{|\{%|\{#/g;
const RAW = /\{%[-+]?\s*raw\s*(?:-%\}\s*|%\})/y;
const END_RAW = /\{%([-+]?)\s*endraw\s*(?:\+%\}|-%\}\s*|%\}\n?)/g;
const CLOSES: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

function here(pattern: RegExp, source: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(source);
}

/**
 * jinja2/lexer.py, tokeniter and wrap, with trim_blocks and lstrip_blocks and without a trailing line end, as
 * transformers' environment has it. Lines stay those of the source whatever its line ends.
 */
export class Lexer {
  private readonly source: string;
  private readonly tokens: Token[] = [];
  private position = 0;
  private line = 1;
  /** lstrip_blocks looks at a tag's line only if what stands before it there is still known to be its beginning. */
  private lineStarting = true;

  constructor(source: string) {
    const text = source.replace(/\r\n?/g, '\n');
    this.source = text.endsWith('\n') ? text.slice(0, -1) : text;
  }

  tokenize(): readonly Token[] {
    while (this.position < this.source.length) this.root();
    this.tokens.push({ type: 'end', value: '', line: this.line });
    return this.tokens;
  }

  private root(): void {
    OPENER.lastIndex = this.position;
    const opener = OPENER.exec(this.source);
    if (opener === null) {
      this.data(this.source.slice(this.position));
      this.position = this.source.length;
      return;
    }
    const text = this.source.slice(this.position, opener.index);
    const sign = /[-+]/.exec(this.source.charAt(opener.index + 2))?.[0] ?? '';
    const stripped = this.stripBefore(text, sign, opener[0] === '{{');
    this.data(stripped);
    this.count(text.slice(stripped.length));
    const raw = opener[0] === '{%' ? here(RAW, this.source, opener.index) : null;
    if (raw !== null) return this.raw(opener.index, raw[0]);
    this.position = opener.index + 2 + sign.length;
    this.lineStarting = false;
    if (opener[0] === '{#') this.comment();
    else this.inside(opener[0] === '{{');
  }

  private stripBefore(text: string, sign: string, print: boolean): string {
    if (sign === '-') return rstrip(text);
    if (sign === '+' || print) return text;
    const lineStart = text.lastIndexOf('\n') + 1;
    if (lineStart === 0 && !this.lineStarting) return text;
    return ONLY_SPACE.test(text.slice(lineStart)) ? text.slice(0, lineStart) : text;
  }

  private data(text: string): void {
    if (text !== '') this.tokens.push({ type: 'data', value: text, line: this.line });
    this.count(text);
  }

  private count(text: string): void {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.line += 1;
  }

  private advance(text: string): void {
    this.count(text);
    this.position += text.length;
    this.lineStarting = text.endsWith('\n');
  }

  private comment(): void {
    const end = this.source.indexOf('#}', this.position);
    if (end < 0) this.fail('Missing end of comment tag');
    const sign = end > this.position ? this.source.charAt(end - 1) : '';
    const close = end + 2;
    let after = close;
    if (sign === '-') after += here(SPACES_HERE, this.source, close)?.[0].length ?? 0;
    else if (sign !== '+' && this.source.charAt(close) === '\n') after += 1;
    this.advance(this.source.slice(this.position, after));
  }

  private raw(start: number, opening: string): void {
    this.position = start;
    this.advance(opening);
    END_RAW.lastIndex = this.position;
    const end = END_RAW.exec(this.source);
    if (end === null) this.fail('Missing end of raw directive');
    const text = this.source.slice(this.position, end.index);
    const stripped = this.stripBefore(text, end[1] ?? '', false);
    this.data(stripped);
    this.count(text.slice(stripped.length));
    this.position = end.index;
    this.advance(end[0]);
  }

  private inside(print: boolean): void {
    this.tokens.push({ type: print ? 'printBegin' : 'tagBegin', value: '', line: this.line });
    const open: string[] = [];
    const end = print ? /-?\}\}/y : /[-+]?%\}/y;
    while (this.position < this.source.length) {
      const close = open.length === 0 ? here(end, this.source, this.position) : null;
      if (close !== null) {
        this.tokens.push({ type: print ? 'printEnd' : 'tagEnd', value: '', line: this.line });
        let after = this.position + close[0].length;
        if (close[0].startsWith('-')) after += here(SPACES_HERE, this.source, after)?.[0].length ?? 0;
        else if (!print && close[0] === '%}' && this.source.charAt(after) === '\n') after += 1;
        this.advance(this.source.slice(this.position, after));
        return;
      }
      this.token(open);
    }
  }

  private token(open: string[]): void {
    const { source, position, line } = this;
    const space = here(SPACES_HERE, source, position)?.[0] ?? '';
    if (space !== '') return this.advance(space);
    const float = here(FLOAT, source, position)?.[0];
    if (float !== undefined) {
      this.tokens.push({ type: 'number', value: Number(float.replaceAll('_', '')), line });
      return this.advance(float);
    }
    const integer = here(INTEGER, source, position)?.[0];
    if (integer !== undefined) {
      this.tokens.push({ type: 'number', value: BigInt(integer.replaceAll('_', '')), line });
      return this.advance(integer);
    }
    const name = here(NAME, source, position)?.[0];
    if (name !== undefined) {
      if (!IDENTIFIER.test(name)) this.fail('Invalid character in identifier');
      this.tokens.push({ type: 'name', value: name, line });
      return this.advance(name);
    }
    const string = here(STRING, source, position);
    if (string !== null) {
      this.tokens.push({ type: 'string', value: unescape(string[1] ?? string[2] ?? ''), line });
      return this.advance(string[0]);
    }
    const operator = here(OPERATOR, source, position)?.[0];
    if (operator === undefined) this.fail(`unexpected char '${source.charAt(position)}' at ${position}`);
    this.balance(open, operator);
    this.tokens.push({ type: 'operator', value: operator, line });
    return this.advance(operator);
  }

  private balance(open: string[], operator: string): void {
    const closing = CLOSES[operator];
    if (closing !== undefined) open.push(closing);
    else if (operator === ')' || operator === ']' || operator === '}') {
      const expected = open.pop();
      if (expected === undefined) this.fail(`unexpected '${operator}'`);
      if (expected !== operator) this.fail(`unexpected '${operator}', expected '${expected}'`);
    }
  }

  private fail(reason: string): never {
    return refuse(`line ${this.line}: ${reason}`);
  }
}
