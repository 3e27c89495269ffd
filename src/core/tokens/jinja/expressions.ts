import type { Arguments, BinaryOperator, CompareOperator, Expression } from './nodes';
import { OperandParser } from './operands';

const COMPARE: readonly CompareOperator[] = ['==', '!=', '<', '<=', '>', '>='];
const NO_ARGUMENTS: Arguments = { positional: [], named: [], spread: null, namedSpread: null };

/** jinja2/parser.py, the half that reads expressions: one method a level of precedence, names as there. */
export class ExpressionParser extends OperandParser {
  override expression(conditional = true): Expression {
    let left = this.or();
    if (!conditional) return left;
    while (this.stream.skipName('if')) {
      const test = this.or();
      const otherwise = this.stream.skipName('else') ? this.expression() : null;
      left = { type: 'conditional', test, value: left, otherwise };
    }
    return left;
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

  private filterExpression(start: Expression): Expression {
    let node = start;
    for (;;) {
      if (this.stream.skipOperator('|')) node = this.filter(node);
      else if (this.stream.skipName('is')) node = this.test(node);
      else if (this.stream.isOperator('(')) node = { type: 'call', callee: node, args: this.callArguments() };
      else return node;
    }
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
