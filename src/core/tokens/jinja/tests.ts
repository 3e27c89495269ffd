import { bind } from './arguments';
import { contains, equals, order } from './compare';
import { refuse } from './failure';
import { FILTERS } from './filters';
import { isLower, isUpper } from './casing';
import { floorModulo } from './numbers';
import { operate } from './operators';
import type { Runtime } from './runtime';
import { str } from './text';
import { Callable, Dict, integerOf, Lazy, List, Loop, Markup, Range, textOf, Tuple, Undefined, View } from './values';
import type { Args, Value } from './values';

export type Test = (args: Args, runtime: Runtime) => boolean;

const about =
  (name: string, holds: (value: Value) => boolean): Test =>
  (args) =>
    holds(bind(name, args, [['value']])[0]);

const between =
  (name: string, holds: (value: Value, other: Value) => boolean): Test =>
  (args) => {
    const [value, other] = bind(name, args, [['value'], ['other']]);
    return holds(value, other);
  };

const ordered = (name: string, operator: string, accept: (sign: number) => boolean): Test =>
  between(name, (value, other) => order(value, other, operator, accept));

const parity =
  (name: string, rest: bigint): Test =>
  (args, { budget }) =>
    equals(operate('%', bind(name, args, [['value']])[0], 2n, budget), rest);

const divisibleby: Test = (args, { budget }) => {
  const [value, by] = bind('divisibleby', args, [['value'], ['num']]);
  const [a, b] = [integerOf(value), integerOf(by)];
  return a !== null && b !== null ? floorModulo(a, b) === 0n : equals(operate('%', value, by, budget), 0n);
};

/** len() and a __getitem__, which Undefined has as well (jinja2.tests.test_sequence). */
function isSequence(value: Value): boolean {
  if (textOf(value) !== null) return true;
  return [List, Tuple, Dict, Range, Undefined].some((type) => value instanceof type);
}

function isIterable(value: Value): boolean {
  return isSequence(value) || value instanceof View || value instanceof Lazy || value instanceof Loop;
}

/** `is`: what JavaScript holds by value, Python holds once for None, bools and (small) numbers. */
function same(a: Value, b: Value): boolean {
  return a === b;
}

const equal = between('eq', equals);
const unequal = between('ne', (a, b) => !equals(a, b));
const greater = ordered('gt', '>', (sign) => sign > 0);
const less = ordered('lt', '<', (sign) => sign < 0);
const greaterOrEqual = ordered('ge', '>=', (sign) => sign >= 0);
const lessOrEqual = ordered('le', '<=', (sign) => sign <= 0);

export const TESTS: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['odd', parity('odd', 1n)],
  ['even', parity('even', 0n)],
  ['divisibleby', divisibleby],
  ['defined', about('defined', (value) => !(value instanceof Undefined))],
  ['undefined', about('undefined', (value) => value instanceof Undefined)],
  ['none', about('none', (value) => value === null)],
  ['boolean', about('boolean', (value) => typeof value === 'boolean')],
  ['false', about('false', (value) => value === false)],
  ['true', about('true', (value) => value === true)],
  ['integer', about('integer', (value) => typeof value === 'bigint')],
  ['float', about('float', (value) => typeof value === 'number')],
  ['number', about('number', (value) => integerOf(value) !== null || typeof value === 'number')],
  ['string', about('string', (value) => textOf(value) !== null)],
  ['mapping', about('mapping', (value) => value instanceof Dict)],
  ['sequence', about('sequence', isSequence)],
  ['iterable', about('iterable', isIterable)],
  [
    'callable',
    about('callable', (value) => value instanceof Callable || value instanceof Loop || value instanceof Undefined),
  ],
  ['escaped', about('escaped', (value) => value instanceof Markup)],
  ['lower', about('lower', (value) => isLower(str(value)))],
  ['upper', about('upper', (value) => isUpper(str(value)))],
  ['in', between('in', (value, container) => contains(container, value))],
  ['sameas', between('sameas', same)],
  ['filter', about('filter', (value) => FILTERS.has(str(value)))],
  ['test', about('test', (value) => TESTS.has(str(value)))],
  ...named(equal, '==', 'eq', 'equalto'),
  ...named(unequal, '!=', 'ne'),
  ...named(greater, '>', 'gt', 'greaterthan'),
  ...named(less, '<', 'lt', 'lessthan'),
  ...named(greaterOrEqual, '>=', 'ge'),
  ...named(lessOrEqual, '<=', 'le'),
]);

function named(test: Test, ...names: readonly string[]): [string, Test][] {
  return names.map((name) => [name, test]);
}

export function testNamed(name: string): Test {
  return TESTS.get(name) ?? refuse(`No test named '${name}'.`);
}
