import { refuse } from './failure';
import type { Token } from './lexer';

/** jinja2.lexer.TokenStream: one token at hand, one ahead. */
export class TokenStream {
  private at = 0;
  constructor(private readonly tokens: readonly Token[]) {}

  get current(): Token {
    return this.look(0);
  }

  look(ahead: number): Token {
    const token = this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)];
    return token ?? { type: 'end', value: '', line: 1 };
  }

  next(): Token {
    const token = this.current;
    this.at += 1;
    return token;
  }

  isName(...names: readonly string[]): boolean {
    return this.current.type === 'name' && names.includes(this.current.value);
  }

  isOperator(...operators: readonly string[]): boolean {
    return this.current.type === 'operator' && operators.includes(this.current.value);
  }

  skipName(name: string): boolean {
    if (!this.isName(name)) return false;
    this.at += 1;
    return true;
  }

  skipOperator(operator: string): boolean {
    if (!this.isOperator(operator)) return false;
    this.at += 1;
    return true;
  }

  expectOperator(operator: string): void {
    if (!this.skipOperator(operator)) this.fail(`expected token '${operator}', got '${describe(this.current)}'`);
  }

  expectName(): string {
    const token = this.next();
    if (token.type !== 'name') this.fail(`expected token 'name', got '${describe(token)}'`, token.line);
    return token.value;
  }

  expect(type: Token['type']): void {
    const token = this.next();
    if (token.type !== type) this.fail(`expected token '${WORDS[type]}', got '${describe(token)}'`, token.line);
  }

  fail(reason: string, line: number = this.current.line): never {
    return refuse(`line ${line}: ${reason}`);
  }
}

const WORDS: Readonly<Record<Token['type'], string>> = {
  data: 'template data',
  name: 'name',
  string: 'string',
  number: 'number',
  operator: 'operator',
  printBegin: 'begin of print statement',
  printEnd: 'end of print statement',
  tagBegin: 'begin of statement block',
  tagEnd: 'end of statement block',
  end: 'end of template',
};

export function describe(token: Token): string {
  return token.type === 'name' || token.type === 'operator' ? token.value : WORDS[token.type];
}
