import { escapeHtml } from './escapeHtml';
import type { Budget } from './budget';
import { refuse } from './failure';
import type { BinaryOperator } from './nodes';
import { floatFloorDivide, floatModulo, floorDivide, floorModulo } from './numbers';
import { percentFormat } from './percentFormat';
import { List, Markup, Tuple, Undefined, integerOf, textOf, typeName, type Value } from './values';

/** a <operator> b for everything but comparisons. */
export function operate(operator: BinaryOperator, a: Value, b: Value, budget: Budget): Value {
  // str % values asks the string first (str.__mod__), everything else Undefined
  if (operator === '%' && typeof a === 'string') return percentFormat(a, b);
  if (a instanceof Undefined) return refuse(a.message);
  if (b instanceof Undefined) return refuse(b.message);
  const [left, right] = [integerOf(a) ?? a, integerOf(b) ?? b];
  if (typeof left === 'bigint' && typeof right === 'bigint') return integers(operator, left, right);
  if (isNumber(left) && isNumber(right)) return floats(operator, Number(left), Number(right));
  if (operator === '+') {
    const sum = concatenated(a, b, budget);
    if (sum !== null) return sum;
  }
  if (operator === '*') {
    const product = repeated(a, right, budget) ?? repeated(b, left, budget);
    if (product !== null) return product;
  }
  return fail(operator, a, b);
}

function isNumber(value: Value): value is bigint | number {
  return typeof value === 'bigint' || typeof value === 'number';
}

function integers(operator: BinaryOperator, a: bigint, b: bigint): Value {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0n ? refuse('division by zero') : Number(a) / Number(b);
    case '//':
      return floorDivide(a, b);
    case '%':
      return floorModulo(a, b);
    case '**':
      if (b < 0n) return a === 0n ? refuse('0.0 cannot be raised to a negative power') : Number(a) ** Number(b);
      // larger ones would take longer than any template may
      return b > 10_000n ? refuse('integer exponent too large') : a ** b;
    default:
      return operator satisfies never;
  }
}

function floats(operator: BinaryOperator, a: number, b: number): Value {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? refuse('float division by zero') : a / b;
    case '//':
      return floatFloorDivide(a, b);
    case '%':
      return floatModulo(a, b);
    case '**':
      if (a === 0 && b < 0) return refuse('0.0 cannot be raised to a negative power');
      return a ** b;
    default:
      return operator satisfies never;
  }
}

function concatenated(a: Value, b: Value, budget: Budget): Value | null {
  const [x, y] = [textOf(a), textOf(b)];
  if (x !== null && y !== null) {
    budget.write(x.length + y.length);
    if (!(a instanceof Markup) && !(b instanceof Markup)) return x + y;
    return new Markup((a instanceof Markup ? x : escapeHtml(x)) + (b instanceof Markup ? y : escapeHtml(y)));
  }
  if (a instanceof List && b instanceof List) {
    budget.write(a.items.length + b.items.length);
    return new List([...a.items, ...b.items]);
  }
  if (a instanceof Tuple && b instanceof Tuple) return new Tuple([...a.items, ...b.items]);
  return null;
}

function repeated(value: Value, times: Value, budget: Budget): Value | null {
  if (typeof times !== 'bigint') return null;
  const count = times < 0n ? 0 : Number(times);
  const text = textOf(value);
  if (text !== null) {
    budget.write(text.length * count);
    return value instanceof Markup ? new Markup(text.repeat(count)) : text.repeat(count);
  }
  if (!(value instanceof List) && !(value instanceof Tuple)) return null;
  budget.write(value.items.length * count);
  const items = Array.from({ length: count }, () => value.items).flat();
  return value instanceof List ? new List(items) : new Tuple(items);
}

function fail(operator: BinaryOperator, a: Value, b: Value): never {
  if (operator === '+' && textOf(a) !== null) {
    return refuse(`can only concatenate str (not "${typeName(b)}") to str`);
  }
  const shown = operator === '**' ? '** or pow()' : operator;
  return refuse(`unsupported operand type(s) for ${shown}: '${typeName(a)}' and '${typeName(b)}'`);
}

export function negate(value: Value, negative: boolean): Value {
  if (value instanceof Undefined) return refuse(value.message);
  const number = integerOf(value) ?? value;
  if (typeof number === 'bigint' || typeof number === 'number') return negative ? -number : number;
  return refuse(`bad operand type for unary ${negative ? '-' : '+'}: '${typeName(value)}'`);
}
