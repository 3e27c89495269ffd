import type { Arguments, BinaryOperator, CompareOperator, Expression } from './nodes';
import { describe, type TokenStream } from './tokenStream';

const COMPARE: readonly CompareOperator[] = ['==', '!=', '<', '<=', '>', '>='];
const NO_ARGUMENTS: Arguments = { positional: [], named: [], spread: null, namedSpread: null };

/** jinja2/parser.py, the half that reads expressions: one method a level of precedence, names as there. */
export class ExpressionParser {
  constructor(protected readonly stream: TokenStream) {}

  expression(conditional = true): Expression {
    let left = this.or();
    if (!conditional) return left;
    while (this.stream.skipName('if')) {
      const test = this.or();
      const otherwise = this.stream.skipName('else') ? this.expression() : null;
      left = { type: 'conditional', test, value: left, otherwise };
    }
    return left;
  }

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

  private or(): Expression {
    let left = this.and();
    while (this.stream.skipName('or')) left = { type: 'or', left, right: this.and() };
    return left;
  }

  private and(): Expression {
    let left = this.not();
    while (this.stream.skipName('and')) left = { type: 'and', left, right: this.not() };
    return left;
  }

  private not(): Expression {
    return this.stream.skipName('not') ? { type: 'not', operand: this.not() } : this.compare();
  }

  private compare(): Expression {
    const first = this.math1();
    const rest: [CompareOperator, Expression][] = [];
    for (let operator = this.compareOperator(); operator !== null; operator = this.compareOperator()) {
      rest.push([operator, this.math1()]);
    }
    return rest.length === 0 ? first : { type: 'compare', first, rest };
  }

  private compareOperator(): CompareOperator | null {
    const { current } = this.stream;
    const symbol = COMPARE.find((operator) => current.type === 'operator' && current.value === operator);
    if (symbol !== undefined) {
      this.stream.next();
      return symbol;
    }
    if (this.stream.skipName('in')) return 'in';
    const ahead = this.stream.look(1);
    if (!this.stream.isName('not') || ahead.type !== 'name' || ahead.value !== 'in') return null;
    this.stream.next();
    this.stream.next();
    return 'not in';
  }

  private binary(operators: readonly BinaryOperator[], operand: () => Expression): Expression {
    let left = operand();
    for (;;) {
      const operator = operators.find((each) => this.stream.skipOperator(each));
      if (operator === undefined) return left;
      left = { type: 'binary', operator, left, right: operand() };
    }
  }

  private math1(): Expression {
    return this.binary(['+', '-'], () => this.concat());
  }

  private concat(): Expression {
    const items = [this.math2()];
    while (this.stream.skipOperator('~')) items.push(this.math2());
    const [first] = items;
    return items.length === 1 && first !== undefined ? first : { type: 'concat', items };
  }

  private math2(): Expression {
    return this.binary(['*', '/', '//', '%'], () => this.binary(['**'], () => this.unary()));
  }

  private unary(withFilter = true): Expression {
    let node: Expression;
    if (this.stream.isOperator('-', '+')) {
      const negative = this.stream.next().value === '-';
      node = { type: 'sign', negative, operand: this.unary(false) };
    } else node = this.primary();
    node = this.postfix(node);
    return withFilter ? this.filterExpression(node) : node;
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

  private filterExpression(start: Expression): Expression {
    let node = start;
    for (;;) {
      if (this.stream.skipOperator('|')) node = this.filter(node);
      else if (this.stream.skipName('is')) node = this.test(node);
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

  /** After the |: a filter, whose name may be dotted. */
  protected filter(operand: Expression | null): Expression {
    const name = this.dottedName();
    const args = this.stream.isOperator('(') ? this.callArguments() : NO_ARGUMENTS;
    return { type: 'filter', operand, name, args };
  }

  private test(operand: Expression): Expression {
    const negated = this.stream.skipName('not');
    const name = this.dottedName();
    const node: Expression = { type: 'test', operand, name, args: this.testArguments() };
    return negated ? { type: 'not', operand: node } : node;
  }

  /** `is divisibleby(3)` and `is divisibleby 3` */
  private testArguments(): Arguments {
    if (this.stream.isOperator('(')) return this.callArguments();
    const { type } = this.stream.current;
    const starts = type === 'name' || type === 'string' || type === 'number' || this.stream.isOperator('[', '{');
    if (!starts || this.stream.isName('else', 'or', 'and')) return NO_ARGUMENTS;
    if (this.stream.isName('is')) this.stream.fail('You cannot chain multiple tests with is');
    return { ...NO_ARGUMENTS, positional: [this.postfix(this.primary())] };
  }

  private dottedName(): string {
    let name = this.stream.expectName();
    while (this.stream.skipOperator('.')) name += `.${this.stream.expectName()}`;
    return name;
  }
}
