import type { Arguments, Expression } from './nodes';
import { describe, type TokenStream } from './tokenStream';

/** What operators stand between: names, literals, and the dots, brackets and calls behind them. */
export abstract class OperandParser {
  constructor(protected readonly stream: TokenStream) {}

  abstract expression(conditional?: boolean): Expression;

  /** One expression, or a tuple without parentheses. */
  tuple(options: { conditional?: boolean; parentheses?: boolean; end?: string } = {}): Expression {
    const items: Expression[] = [];
    let comma = false;
    for (;;) {
      if (items.length > 0) this.stream.expectOperator(',');
      if (this.isTupleEnd(options.end)) break;
      items.push(this.expression(options.conditional ?? true));
      if (!this.stream.isOperator(',')) break;
      comma = true;
    }
    const [first] = items;
    if (!comma && first !== undefined) return first;
    if (!comma && options.parentheses !== true) {
      this.stream.fail(`Expected an expression, got '${describe(this.stream.current)}'`);
    }
    return { type: 'tuple', items };
  }

  protected isTupleEnd(end: string | undefined): boolean {
    const { type } = this.stream.current;
    if (type === 'printEnd' || type === 'tagEnd' || this.stream.isOperator(')')) return true;
    return end !== undefined && this.stream.isName(end);
  }

  protected primary(): Expression {
    const token = this.stream.next();
    if (token.type === 'name') {
      if (/^[Tt]rue$|^[Ff]alse$/.test(token.value)) return { type: 'constant', value: token.value.endsWith('rue') };
      if (/^[Nn]one$/.test(token.value)) return { type: 'constant', value: null };
      return { type: 'name', name: token.value };
    }
    if (token.type === 'string') {
      let { value } = token;
      for (let { current } = this.stream; current.type === 'string'; { current } = this.stream) {
        value += current.value;
        this.stream.next();
      }
      return { type: 'constant', value };
    }
    if (token.type === 'number') return { type: 'constant', value: token.value };
    if (token.type === 'operator' && token.value === '(') {
      const inner = this.tuple({ parentheses: true });
      this.stream.expectOperator(')');
      return inner;
    }
    if (token.type === 'operator' && token.value === '[') {
      return { type: 'list', items: this.separated(']', () => this.expression()) };
    }
    if (token.type === 'operator' && token.value === '{') {
      return { type: 'dict', pairs: this.separated('}', () => this.pair()) };
    }
    return this.stream.fail(`unexpected '${describe(token)}'`, token.line);
  }

  private pair(): [Expression, Expression] {
    const key = this.expression();
    this.stream.expectOperator(':');
    return [key, this.expression()];
  }

  /** Items up to `end`; a comma may stand after the last. */
  private separated<T>(end: string, item: () => T): T[] {
    const items: T[] = [];
    while (!this.stream.isOperator(end)) {
      if (items.length > 0) this.stream.expectOperator(',');
      if (this.stream.isOperator(end)) break;
      items.push(item());
    }
    this.stream.expectOperator(end);
    return items;
  }

  protected postfix(start: Expression): Expression {
    let node = start;
    for (;;) {
      if (this.stream.skipOperator('.')) node = this.dotted(node);
      else if (this.stream.skipOperator('[')) node = this.subscript(node);
      else if (this.stream.isOperator('(')) node = { type: 'call', callee: node, args: this.callArguments() };
      else return node;
    }
  }

  private dotted(object: Expression): Expression {
    const token = this.stream.next();
    if (token.type === 'name') return { type: 'attribute', object, name: token.value };
    if (token.type !== 'number' || typeof token.value !== 'bigint') {
      return this.stream.fail('expected name or number', token.line);
    }
    return { type: 'item', object, index: { type: 'constant', value: token.value } };
  }

  private subscript(object: Expression): Expression {
    const parts: Expression[] = [];
    while (!this.stream.isOperator(']')) {
      if (parts.length > 0) this.stream.expectOperator(',');
      parts.push(this.subscribed());
    }
    this.stream.expectOperator(']');
    const [only] = parts;
    return {
      type: 'item',
      object,
      index: parts.length === 1 && only !== undefined ? only : { type: 'tuple', items: parts },
    };
  }

  private subscribed(): Expression {
    const start = this.stream.isOperator(':') ? null : this.expression();
    if (start !== null && !this.stream.isOperator(':')) return start;
    this.stream.expectOperator(':');
    const stop = this.stream.isOperator(':', ']', ',') ? null : this.expression();
    const step = this.stream.skipOperator(':') && !this.stream.isOperator(']', ',') ? this.expression() : null;
    return { type: 'slice', start, stop, step };
  }

  protected callArguments(): Arguments {
    const { line } = this.stream.current;
    this.stream.expectOperator('(');
    const positional: Expression[] = [];
    const named: [string, Expression][] = [];
    let spread: Expression | null = null;
    let namedSpread: Expression | null = null;
    const ensure = (fine: boolean): void => {
      if (!fine) this.stream.fail('invalid syntax for function call expression', line);
    };
    for (let first = true; !this.stream.isOperator(')'); first = false) {
      if (!first) {
        this.stream.expectOperator(',');
        if (this.stream.isOperator(')')) break;
      }
      const ahead = this.stream.look(1);
      if (this.stream.skipOperator('*')) {
        ensure(spread === null && namedSpread === null);
        spread = this.expression();
      } else if (this.stream.skipOperator('**')) {
        ensure(namedSpread === null);
        namedSpread = this.expression();
      } else if (this.stream.current.type === 'name' && ahead.type === 'operator' && ahead.value === '=') {
        ensure(namedSpread === null);
        const name = this.stream.expectName();
        this.stream.next();
        named.push([name, this.expression()]);
      } else {
        ensure(spread === null && namedSpread === null && named.length === 0);
        positional.push(this.expression());
      }
    }
    this.stream.expectOperator(')');
    return { positional, named, spread, namedSpread };
  }
}
